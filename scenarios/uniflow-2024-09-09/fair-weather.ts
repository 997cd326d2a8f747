/**
 * A good morning of the same system, four hours and a half of it: one stamp is deployed, another gets one instance more, the
 * sessions of a third of all users end within five minutes, and metrics cannot be read for five minutes. The hardware stays.
 * There is no key to rotate: the sessions' secret is configured and nobody changes it on such a day.
 */
import { cast, withRole, type FaultSpec, type HostSpec, type Scenario } from '../../simulator/contract/index.ts';
import type { AssumptionValues } from '../../simulator/experiment/index.ts';
import { backend, METRICS_PATH } from '../../services/backend/index.ts';
import { browserSessions, type Arrivals } from '../../services/clients/browser-session.ts';
import { bindFault, refuse } from '../../services/faults/index.ts';
import { operator, orchestrator, type DatedActions, type OperatorOptions } from '../../services/operator/index.ts';
import { at, HOUR_MS, MINUTE_MS } from './clock.ts';
import { people } from './people.ts';
import { cycle, GRACE_MS, occurrences } from './scaling.ts';
import { attackers, LINKS, peopleInCharge } from './scenario.ts';
import { stampsOf, system, webRole } from './system.ts';

const END_MS = at(0, 9, 12);
/** A third of everybody signs in within five minutes; with this lifetime their sessions end together, too. */
const RUSH: Arrivals = { fromMs: at(0, 6), untilMs: at(0, 6, 5), ratio: 1 / 3 };
const SESSION_LIFETIME_MS = HOUR_MS;
const DEPLOYED = 1;
const SCALED_OUT = 3;

export function fairWeather(values: AssumptionValues): Scenario {
  const day = { midnightMs: at(0, 0), window: { fromMs: 0, untilMs: END_MS } };
  const calm: Scenario = {
    id: 'uniflow-2024-09-09/fair-weather',
    cast: [...system(values), furtherRole(values), ...organisation(values), ...people(values, [day]), attackers],
    faults: metricsUnreadable(values),
    links: LINKS,
    windows: [day.window],
    endMs: END_MS,
  };
  return withShortSessions(withRush(calm));
}

function organisation(values: AssumptionValues): readonly HostSpec[] {
  const events = [deploy(values), scaleOut(values)];
  // Nothing is published about a good day: whoever is paged or hears reports responds as in the incident.
  const response = [cycle(values, occurrences(values)[0], 'the web roles are cycled')];
  const options: OperatorOptions = { ...peopleInCharge(values), response, respondsTo: 'reports' };
  return [
    cast({ name: 'orchestrator', pool: 'platform', role: orchestrator, options: { events, supervised: [] } }),
    cast({ name: 'operator', pool: 'operations', role: operator, options }),
  ];
}

function deploy(values: AssumptionValues): DatedActions {
  const { name } = stampsOf(values, 'eu')[DEPLOYED]!;
  const everyMs = 2 * MINUTE_MS;
  return {
    atMs: at(0, 6, 30),
    label: 'deploy',
    actions: [{ kind: 'restart', pool: name, everyMs, graceMs: GRACE_MS }],
  };
}

function scaleOut(values: AssumptionValues): DatedActions {
  return { atMs: at(0, 7, 30), label: 'scale-out', actions: [{ kind: 'start', instance: furtherRole(values).name }] };
}

function furtherRole(values: AssumptionValues): HostSpec {
  const stamp = stampsOf(values, 'eu')[SCALED_OUT]!;
  return webRole(`${stamp.name}-role-${stamp.instances.length + 1}`, stamp, values, 'never');
}

/** Felt only by a mitigation that reads them. */
function metricsUnreadable(values: AssumptionValues): readonly FaultSpec[] {
  return stampsOf(values, 'eu').map(({ name }) =>
    bindFault(refuse(), {
      id: `fair-weather-dependency-${name}`,
      target: name,
      endpoints: [METRICS_PATH],
      fromMs: at(0, 8, 13),
      untilMs: at(0, 8, 18),
    }),
  );
}

function withRush(scenario: Scenario): Scenario {
  return withRole(scenario, browserSessions, (options) => ({
    ...options,
    days: options.days.map((day) => ({ ...day, arrivals: [RUSH, ...day.arrivals.map(thinned)] })),
  }));
}

function thinned(arrivals: Arrivals): Arrivals {
  return { ...arrivals, ratio: arrivals.ratio * (1 - RUSH.ratio) };
}

function withShortSessions(scenario: Scenario): Scenario {
  return withRole(scenario, backend, (options) =>
    options.session === undefined
      ? options
      : { ...options, session: { ...options.session, lifetimeMs: SESSION_LIFETIME_MS } },
  );
}
