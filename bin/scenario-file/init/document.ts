/** A published incident as the document of a scenario file. Checked against the incident before it is handed on. */
import { SimulatorError, type HostSpec, type Scenario } from '../../../simulator/contract/index.ts';
import { defaultValues, type Incident } from '../../../simulator/experiment/index.ts';
import { attacker, type AttackerOptions } from '../../../services/clients/attacker.ts';
import { defaultIdpOptions, idp, type IdpOptions } from '../../../services/idp/index.ts';
import {
  operator,
  orchestrator,
  type OperatorOptions,
  type OrchestratorOptions,
} from '../../../services/operator/index.ts';
import { incidentOf } from '../cast/incident.ts';
import { DEFAULT_NETWORK } from '../cast/play.ts';
import { Moments } from '../moments.ts';
import { FORMAT_VERSION, type CheckedScenario, type HostGroup } from '../schema/scenario.ts';
import { same } from './difference.ts';
import { goodDayOf } from './good-day.ts';
import { groupsOf } from './groups.ts';
import { machineGroup, type Providers } from './machines.ts';
import { faultsOf, operatorOf, stepOf } from './operations.ts';
import { crowdOf, type Crowd } from './people.ts';

const HOUR_MS = 3_600_000;

/** @throws SimulatorError when the format cannot say all that the incident's play is */
export function documentOf(incident: Incident): CheckedScenario {
  const values = defaultValues(incident);
  const scored = incident.scored(values, 'published');
  const historical = incident.historical(values);
  const moments = new Moments(incident.clock.startsAt, 'start');
  const machines = machinesOf(scored);
  const names = machines.map(({ spec }) => spec.name);
  const events = optionsOf<OrchestratorOptions>(scored, orchestrator);
  const people = optionsOf<OperatorOptions>(scored, operator);
  const attack = optionsOf<AttackerOptions>(scored, attacker);
  const timeline = incident.timeline(values).filter(({ kind }) => kind === 'annotation');
  const faults = faultsOf(scored.faults);
  const backends = machines.filter(({ group }) => group.role === 'backend');
  const backendPools = [...new Set(backends.map(({ spec }) => spec.pool))];
  const document: CheckedScenario = {
    authdrill: FORMAT_VERSION,
    id: `my-${incident.id}`,
    title: incident.title,
    sentence: incident.sentence,
    clock: clockOf(incident, historical, scored),
    ...(same(scored.links, DEFAULT_NETWORK)
      ? {}
      : { network: scored.links as NonNullable<CheckedScenario['network']> }),
    ...groupsOf(machines),
    populations: Object.fromEntries(
      crowdsOf(scored, moments, names).map(({ population, entry }) => [population, entry]),
    ),
    operator: operatorOf(people, names),
    ...(events.events.length === 0 ? {} : { events: events.events.map((event) => stepOf(event, names)) }),
    ...(same(events.supervised, backendPools) ? {} : { supervised: [...events.supervised] }),
    ...(faults === undefined ? {} : { faults }),
    attacker: attack as NonNullable<CheckedScenario['attacker']>,
    ...(timeline.length === 0 ? {} : { timeline: timeline.map(({ atMs, text }) => ({ atMs, text })) }),
    authLoad: {
      counts: incident.authLoad.counter === 'user.sign-ins' ? 'sign-ins' : 'idp-requests',
      capacityPerSecond: incident.authLoad.capacityPerSecond(values),
    },
    goodDay: goodDayOf(incident.fairWeather(values), scored, names),
    ...(incident.ownMitigations === undefined ? {} : { mitigations: [...incident.ownMitigations] }),
  };
  assertFaithful(document, { historical, scored });
  return withoutUsualLoad(document);
}

/** The load that a reader of the file gets without a word needs none. */
function withoutUsualLoad(document: CheckedScenario): CheckedScenario {
  const { authLoad, ...rest } = document;
  const usual = incidentOf(rest).authLoad;
  const said = incidentOf(document).authLoad;
  const isUsual = usual.counter === said.counter && usual.capacityPerSecond({}) === said.capacityPerSecond({});
  return isUsual || authLoad === undefined ? rest : document;
}

function clockOf(incident: Incident, historical: Scenario, scored: Scenario): CheckedScenario['clock'] {
  const { zone, utcOffsetMinutes, startsAt, t0Ms } = incident.clock;
  const lastsMs = incident.publishedDurationMs;
  const endMs = historical.windows[0]!.untilMs;
  const horizonMs = scored.windows[0]!.untilMs;
  const again = scored.windows.slice(1).map((window) => ({ ...window }));
  return {
    zone,
    utcOffsetMinutes,
    startsAt,
    t0Ms,
    lastsMs,
    ...(endMs === t0Ms + lastsMs + HOUR_MS ? {} : { endMs }),
    ...(horizonMs === t0Ms + 1.5 * lastsMs ? {} : { horizonMs }),
    ...(again.length === 0 ? {} : { again }),
  };
}

function machinesOf(scenario: Scenario): readonly { readonly spec: HostSpec; readonly group: HostGroup }[] {
  const idps = scenario.cast.filter(({ role }) => (role as unknown) === idp);
  const providers: Providers = {
    names: idps.map(({ name }) => name),
    audienceOf: (name) => {
      const found = idps.find((host) => host.name === name)?.options as IdpOptions | undefined;
      return found?.audience ?? defaultIdpOptions.audience;
    },
  };
  return scenario.cast.flatMap((spec) => {
    const group = machineGroup(spec, providers);
    return group === undefined ? [] : [{ spec, group }];
  });
}

function crowdsOf(scenario: Scenario, moments: Moments, machines: readonly string[]): readonly Crowd[] {
  return scenario.cast.flatMap((spec) => crowdOf(spec, { moments, machines }) ?? []);
}

function optionsOf<O>(scenario: Scenario, role: unknown): O {
  const host = scenario.cast.find((each) => (each.role as unknown) === role);
  if (host !== undefined) return host.options as O;
  throw new SimulatorError('bad-argument', `${scenario.id} has no host that this format wants.`, 'Begin with --blank.');
}

/** Everything but functions, and the pools of hosts that nobody addresses. */
function essence({ cast, links, windows, endMs, faults }: Scenario) {
  return {
    cast: cast.map(({ name, role, options, zone = 'lan', platform, startAtMs = 0, clockErrorMs }) => {
      return { name, role: role.name, options, zone, platform, startAtMs, clockErrorMs };
    }),
    faults: faults.map(({ id, mechanism, target, fromMs, untilMs, sentence }) => ({
      id,
      mechanism,
      target,
      fromMs,
      untilMs,
      sentence,
    })),
    links,
    windows,
    endMs,
  };
}

function assertFaithful(
  document: CheckedScenario,
  plays: { readonly historical: Scenario; readonly scored: Scenario },
): void {
  const again = incidentOf(document);
  const differing = [
    ...differences(plays.historical, again.historical({})),
    ...differences(plays.scored, again.scored({}, 'published')),
  ];
  if (differing.length === 0) return;
  const message = `This incident cannot be written as a scenario file: ${[...new Set(differing)].join(', ')} would differ.`;
  throw new SimulatorError('bad-argument', message, 'Begin with: authdrill init --blank.');
}

function differences(one: Scenario, other: Scenario): readonly string[] {
  const [a, b] = [essence(one), essence(other)];
  const hosts = a.cast.flatMap((host, index) => (alike(host, b.cast[index]) ? [] : [host.name]));
  return [...hosts, ...(alike({ ...a, cast: [] }, { ...b, cast: [] }) ? [] : ['faults, links or windows'])];
}

/** Moments are whole microseconds to the model. */
function alike(one: unknown, other: unknown): boolean {
  return same(micro(one), micro(other));
}

function micro(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.round(value * 1e6) / 1e6 : value;
  if (Array.isArray(value)) return value.map(micro);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries.map(([key, member]) => [key, micro(member)]));
}
