/** Which pools a change of the sessions is about, and when the good day's dependencies fail. */
import { withRole, type FaultSpec, type NotApplicable, type Scenario } from '../../../simulator/contract/index.ts';
import { backend, type SessionOptions } from '../../backend/index.ts';
import { bindFault, refuse } from '../../faults/index.ts';
import { sessionInstances } from './session-instances.ts';

/** Why a mitigation against disagreement about sessions has no object; undefined where several instances share a door. */
export function objection(scenario: Scenario): NotApplicable | undefined {
  const instances = sessionInstances(scenario);
  if (instances.length === 0) return { notApplicable: 'no session cookie here' };
  if (sharedPools(scenario).length > 0) return undefined;
  return { notApplicable: 'no two instances share their sessions here' };
}

/** Pools with sessions and two instances or more, each once, in order of the cast. */
export function sharedPools(scenario: Scenario): readonly string[] {
  const pools = sessionInstances(scenario).map(({ pool }) => pool);
  return [...new Set(pools)].filter((pool) => pools.indexOf(pool) !== pools.lastIndexOf(pool));
}

/** The same play with other sessions in these pools. */
export function withSessions(scenario: Scenario, change: (session: SessionOptions) => SessionOptions): Scenario {
  const pools = sharedPools(scenario);
  return withRole(scenario, backend, (options, { pool }) => {
    if (options.session === undefined || !pools.includes(pool)) return options;
    return { ...options, session: change(options.session) };
  });
}

/** By this prefix a good day names the failure of what a mitigation depends on. */
const DEPENDENCY = 'fair-weather-dependency';

/** The same day, with what the mitigation brought along failing when dependencies fail on it; not at all where none do. */
export function withFailureOf(scenario: Scenario, host: string): Scenario {
  const known = scenario.faults.find(({ id }) => id.startsWith(DEPENDENCY));
  if (known === undefined) return scenario;
  const { fromMs, untilMs } = known;
  const fault: FaultSpec = bindFault(refuse(), { id: `${DEPENDENCY}-${host}`, target: host, fromMs, untilMs });
  return { ...scenario, faults: [...scenario.faults, fault] };
}
