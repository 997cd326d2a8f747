/** One population of a published play in the words of a scenario file. */
import type { HostSpec, Window } from '../../../simulator/contract/index.ts';
import { browserSessions, type BrowserSessionOptions } from '../../../services/clients/browser-session.ts';
import { desktopFleet, type FleetClient, type FleetOptions } from '../../../services/clients/desktop-fleet.ts';
import { signInUsers, type SignInUsersOptions } from '../../../services/clients/sign-in-users.ts';
import { spa } from '../../../services/clients/spa.ts';
import type { SpaOptions } from '../../../services/clients/spa-options.ts';
import { steadyUsers, type SteadyUsersOptions } from '../../../services/clients/steady-users.ts';
import type { Moments } from '../moments.ts';
import type { PopulationEntry } from '../schema/scenario.ts';
import { OFFICE_WEIGHTS, SIGN_IN_WEIGHTS } from '../cast/people-defaults.ts';
import { same } from './difference.ts';
import { hostsText } from './names.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface Crowd {
  readonly population: string;
  readonly entry: PopulationEntry;
}

export interface Surroundings {
  readonly moments: Moments;
  readonly machines: readonly string[];
}

/** Undefined for a host that stands for no people. */
export function crowdOf(spec: HostSpec, around: Surroundings): Crowd | undefined {
  const role: unknown = spec.role;
  if (role === spa) return placed(spec, { kind: 'spa', ...spaWords(spec.options as SpaOptions) });
  if (role === browserSessions) {
    return placed(spec, { kind: 'browser-sessions', ...browserWords(spec.options as BrowserSessionOptions, around) });
  }
  if (role === signInUsers) {
    return placed(spec, { kind: 'sign-ins', ...signInWords(spec.options as SignInUsersOptions) });
  }
  if (role === steadyUsers) return placed(spec, { kind: 'steady', ...steadyWords(spec.options as SteadyUsersOptions) });
  if (role === desktopFleet)
    return placed(spec, { kind: 'desktop-fleet', ...fleetWords(spec.options as FleetOptions) });
  return undefined;
}

function placed(spec: HostSpec, words: object): Crowd {
  const { population } = spec.options as { readonly population: string };
  const { kind, ...rest } = words as { readonly kind: string };
  const place = {
    ...(spec.name === population ? {} : { host: spec.name }),
    ...(spec.zone === 'wan' ? {} : { zone: spec.zone ?? 'lan' }),
  };
  return { population, entry: { kind, ...place, ...rest } as unknown as PopulationEntry };
}

function spaWords(options: SpaOptions): object {
  const { population: _population, operator: _operator, ...rest } = options;
  return rest;
}

function browserWords(options: BrowserSessionOptions, { moments, machines }: Surroundings): object {
  const { population: _population, operator: _operator, edges, days, userCount, ...rest } = options;
  return { userCount, through: hostsText(edges, machines), ...arrivalWords(days, moments), ...rest };
}

/** Who comes in which hour, read off every day that is watched: each shows a part of it. */
function arrivalWords(days: BrowserSessionOptions['days'], moments: Moments): object {
  const lastMs = days.at(-1)!.untilMs;
  const byHour = new Map<number, number>();
  for (const { fromMs, untilMs, ratio } of days.flatMap(({ arrivals }) => arrivals)) {
    const midnightMs = moments.midnightsMs(lastMs).findLast((atMs) => atMs <= fromMs)!;
    const hour = Math.floor((fromMs - midnightMs) / HOUR_MS);
    byHour.set(hour, Math.round(((ratio * HOUR_MS) / (untilMs - fromMs)) * 1e9) / 1e9);
  }
  const firstHour = Math.min(...byHour.keys());
  const lastHour = Math.max(...byHour.keys());
  const arrivalsByHour = Array.from(
    { length: lastHour - firstHour + 1 },
    (_, index) => byHour.get(firstHour + index) ?? 0,
  );
  return { firstHour, arrivalsByHour };
}

function signInWords(options: SignInUsersOptions): object {
  const { population: _population, operator: _operator, midnightsMs: _days, endMs: _endMs, weights, ...rest } = options;
  return { ...rest, ...(same(weights, SIGN_IN_WEIGHTS) ? {} : { weights }) };
}

function steadyWords(options: SteadyUsersOptions): object {
  const { population: _population, midnightsMs: _days, endMs: _endMs, weights, withSession, ...rest } = options;
  return { ...rest, ...(withSession ? { withSession } : {}), ...(same(weights, OFFICE_WEIGHTS) ? {} : { weights }) };
}

function fleetWords(options: FleetOptions): object {
  const { population: _population, clients, officeHours, ...rest } = options;
  const { midnightMs: _midnight, ...hours } = officeHours;
  const countOf = (version: FleetClient['version']): number =>
    clients.filter((each) => each.version === version).length;
  return {
    oldCount: countOf('old'),
    fixedCount: countOf('fixed'),
    tokensExpire: spansOf(clients.filter(({ version }) => version === (countOf('old') > 0 ? 'old' : 'fixed'))),
    officeHours: hours,
    ...rest,
  };
}

/** Clients take turns between spans, and go through each of them evenly. */
function spansOf(clients: readonly FleetClient[]): readonly Window[] {
  const size = clients.length;
  for (let count = 1; count <= Math.min(7, Math.floor(size / 2)); count++) {
    const spans = Array.from({ length: count }, (_, turn): Window => {
      const stepMs = (clients[turn + count]!.expiresAtMs - clients[turn]!.expiresAtMs) / count;
      const fromMs = clients[turn]!.expiresAtMs - stepMs * turn;
      return { fromMs: rounded(fromMs), untilMs: rounded(fromMs + stepMs * size) };
    });
    const fits = clients.every(({ expiresAtMs }, index) => {
      const { fromMs, untilMs } = spans[index % count]!;
      return Math.abs(fromMs + ((untilMs - fromMs) * index) / size - expiresAtMs) < 0.001;
    });
    if (fits) return spans;
  }
  return clients.map(({ expiresAtMs }) => ({ fromMs: expiresAtMs, untilMs: expiresAtMs }));
}

function rounded(atMs: number): number {
  return Math.round(atMs) % DAY_MS === 0 ? Math.round(atMs) : Math.round(atMs * 1_000) / 1_000;
}
