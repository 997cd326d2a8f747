/** The populations of a scenario file as hosts of the model. What the file leaves out is an office of ordinary people. */
import { cast, type HostSpec, type Window } from '../../../simulator/contract/index.ts';
import { browserSessions, type Arrivals, type VisitDay } from '../../../services/clients/browser-session.ts';
import { desktopFleet } from '../../../services/clients/desktop-fleet.ts';
import { signInUsers } from '../../../services/clients/sign-in-users.ts';
import { spa } from '../../../services/clients/spa.ts';
import { steadyUsers } from '../../../services/clients/steady-users.ts';
import type { PopulationEntry } from '../schema/scenario.ts';
import { fleetClients } from './grants.ts';
import {
  ARRIVALS_BY_HOUR,
  DEFAULT_REPORTS,
  FIRST_HOUR,
  OFFICE_HOURS,
  OFFICE_WEIGHTS,
  PAGE,
  PERSISTENCE,
  SIGN_IN_WEIGHTS,
} from './people-defaults.ts';
import type { Stage } from './stage.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Everything has booted by then. */
const SETTLED_MS = 2 * MINUTE_MS;

type Of<K extends PopulationEntry['kind']> = Extract<PopulationEntry, { readonly kind: K }>;

/** @param windows when anything is watched, the first from the beginning */
export function crowds(stage: Stage, windows: readonly Window[]): readonly HostSpec[] {
  return Object.entries(stage.document.populations).map(([name, entry]) => {
    const place = { name: entry.host ?? name, pool: entry.pool ?? 'people', zone: entry.zone ?? 'wan' };
    switch (entry.kind) {
      case 'spa':
        return cast({ ...place, role: spa, options: spaOptions(stage, name, entry, windows) });
      case 'browser-sessions':
        return cast({ ...place, role: browserSessions, options: browserOptions(stage, name, entry, windows) });
      case 'sign-ins':
        return cast({ ...place, role: signInUsers, options: signInOptions(stage, name, entry, windows) });
      case 'steady':
        return cast({ ...place, role: steadyUsers, options: steadyOptions(stage, name, entry, windows) });
      case 'desktop-fleet':
        return cast({ ...place, role: desktopFleet, options: fleetOptions(stage, name, entry) });
    }
  });
}

function spaOptions(stage: Stage, population: string, entry: Of<'spa'>, windows: readonly Window[]) {
  const endMs = windows.at(-1)!.untilMs;
  return {
    population,
    userCount: entry.userCount,
    edge: stage.doors(entry.edge)[0]!,
    idp: entry.idp ?? stage.onlyIdp!,
    operator: 'operator',
    clientId: entry.clientId ?? 'web-app',
    arriveFromMs: entry.arriveFromMs ?? SETTLED_MS,
    arriveUntilMs: entry.arriveUntilMs ?? SETTLED_MS + 10 * MINUTE_MS,
    leaveMeanMs: Math.min(entry.leaveMeanMs ?? endMs, endMs),
    leaveSdMs: entry.leaveSdMs ?? 50 * MINUTE_MS,
    ...(entry.visitMeanMs === undefined ? {} : { visitMeanMs: entry.visitMeanMs }),
    actionMeanMs: entry.actionMeanMs ?? 2 * MINUTE_MS,
    patienceMs: entry.patienceMs ?? 15_000,
    signInEffortMs: entry.signInEffortMs ?? 12_000,
    giveUpAfterAttempts: entry.giveUpAfterAttempts ?? 5,
    reports: { ...DEFAULT_REPORTS, ...entry.reports },
  };
}

function browserOptions(stage: Stage, population: string, entry: Of<'browser-sessions'>, windows: readonly Window[]) {
  const edges = stage.doors(entry.through);
  return {
    population,
    userCount: entry.userCount,
    tenantCount: entry.tenantCount ?? edges.length,
    edges,
    operator: 'operator',
    days: windows.flatMap((window) => visitDays(stage, entry, window)),
    visitMeanMs: entry.visitMeanMs ?? 45 * MINUTE_MS,
    pageMeanMs: entry.pageMeanMs ?? 2 * MINUTE_MS,
    page: { ...PAGE, ...entry.page },
    patienceMs: entry.patienceMs ?? 15_000,
    signInEffortMs: entry.signInEffortMs ?? 15_000,
    persistence: { ...PERSISTENCE, ...entry.persistence },
    reports: { ...DEFAULT_REPORTS, ...entry.reports },
  };
}

/** The calendar days of a watched stretch, each with who comes in its hours. */
function visitDays(stage: Stage, entry: Of<'browser-sessions'>, window: Window): readonly VisitDay[] {
  const settled = { ...window, fromMs: window.fromMs + SETTLED_MS };
  const days = stage.moments.midnightsMs(window.untilMs).map((midnightMs): VisitDay => {
    const fromMs = Math.max(window.fromMs, midnightMs);
    const untilMs = Math.min(window.untilMs, midnightMs + DAY_MS);
    return { fromMs, untilMs, arrivals: arrivalsIn(entry, midnightMs, settled) };
  });
  return days.filter(({ fromMs, untilMs }) => untilMs > fromMs);
}

function arrivalsIn(entry: Of<'browser-sessions'>, midnightMs: number, window: Window): readonly Arrivals[] {
  const firstHour = entry.firstHour ?? (entry.arrivalsByHour === undefined ? FIRST_HOUR : 0);
  return (entry.arrivalsByHour ?? ARRIVALS_BY_HOUR).flatMap((ratio, index) => {
    const hourMs = midnightMs + (firstHour + index) * HOUR_MS;
    const fromMs = Math.max(hourMs, window.fromMs);
    const untilMs = Math.min(hourMs + HOUR_MS, window.untilMs);
    return untilMs > fromMs ? [{ fromMs, untilMs, ratio: (ratio * (untilMs - fromMs)) / HOUR_MS }] : [];
  });
}

function signInOptions(stage: Stage, population: string, entry: Of<'sign-ins'>, windows: readonly Window[]) {
  const endMs = windows.at(-1)!.untilMs;
  return {
    population,
    auth: entry.auth ?? stage.onlyIdp!,
    operator: 'operator',
    signInsPerDay: entry.signInsPerDay,
    midnightsMs: stage.moments.midnightsMs(endMs),
    weights: entry.weights ?? SIGN_IN_WEIGHTS,
    patienceMedianMs: entry.patienceMedianMs ?? 45_000,
    patienceSigma: entry.patienceSigma ?? 0.4,
    requestTimeoutMs: entry.requestTimeoutMs ?? 30_000,
    retryAfterMeanMs: entry.retryAfterMeanMs ?? 10 * MINUTE_MS,
    triesBeforeGivingUp: entry.triesBeforeGivingUp ?? 3,
    visitMeanMs: entry.visitMeanMs ?? HOUR_MS,
    endMs,
    reports: { ...DEFAULT_REPORTS, afterTroubles: 1, ...entry.reports },
  };
}

function steadyOptions(stage: Stage, population: string, entry: Of<'steady'>, windows: readonly Window[]) {
  const endMs = windows.at(-1)!.untilMs;
  return {
    population,
    request: entry.request ?? 'request',
    target: entry.target,
    path: entry.path,
    withSession: entry.withSession ?? false,
    perDay: entry.perDay,
    midnightsMs: stage.moments.midnightsMs(endMs),
    weights: entry.weights ?? OFFICE_WEIGHTS,
    patienceMs: entry.patienceMs ?? 30_000,
    endMs,
  };
}

function fleetOptions(stage: Stage, population: string, entry: Of<'desktop-fleet'>) {
  const [midnightMs = 0] = stage.moments.midnightsMs(1);
  return {
    population,
    auth: entry.auth ?? stage.onlyIdp!,
    clients: fleetClients(population, entry),
    officeHours: { ...OFFICE_HOURS, ...entry.officeHours, midnightMs },
    retryMs: entry.retryMs ?? 10_000,
    timeoutMs: entry.timeoutMs ?? 30_000,
  };
}
