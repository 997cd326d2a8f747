/** What uniFLOW's Operations did by hand, done at once and only where it is needed, by a machine. */
import {
  cast,
  hostsOf,
  type Mitigation,
  type NotApplicable,
  type Scenario,
} from '../../../simulator/contract/index.ts';
import { autoCycle, orchestrator, type AutoCycleOptions } from '../../operator/index.ts';
import { EARLY_REVOCATION_RATE, sessionPools } from './session-instances.ts';
import { diff } from '../diff.ts';

const ID = 'cycle-instances';

/**
 * One instance a minute: a boot of 20 s and a probe of 30 s fit in. A pool that has been cycled is left alone for an hour:
 * its old cookies are rejected once more each, which is no reason to begin again. Both numbers are ours.
 */
export const cycleInstances: Mitigation = {
  id: ID,
  family: 'host-bound-cookie',
  place: 'platform',
  sentence:
    'A pool whose instances reject five or more sessions before their end within 5 minutes is restarted instance by instance, without a human.',
  source: 'uniFLOW Online’s report (October 17 2024): “able to cycle the web services”; by a machine: ours.',
  hurtsWhen: 'The cause is not what a restart changes: then it restarts a healthy pool every hour.',
  change: diff(
    '+  - if: sum by (pool) (increase(early_revocations_total[5m])) >= 5',
    '+    do: kubectl rollout restart deployment/$pool   # at most once an hour',
  ),
  apply: automated,
};

function automated(scenario: Scenario): Scenario | NotApplicable {
  const pools = sessionPools(scenario);
  if (pools.length === 0) return { notApplicable: 'no session cookie here' };
  const hands = hostsOf(scenario, orchestrator)[0];
  if (hands === undefined) return { notApplicable: 'nothing restarts instances here' };
  const options: AutoCycleOptions = {
    ...EARLY_REVOCATION_RATE,
    pools,
    orchestrator: hands.name,
    everyMs: 60_000,
    graceMs: 10_000,
    quietMs: 3_600_000,
    actedAs: ID,
  };
  return { ...scenario, cast: [...scenario.cast, cast({ name: ID, pool: 'monitoring', role: autoCycle, options })] };
}
