/** uniFLOW's monitoring: page somebody when sessions are rejected before their end. It fixes nothing by itself. */
import {
  cast,
  hostsOf,
  type Mitigation,
  type NotApplicable,
  type Scenario,
} from '../../../simulator/contract/index.ts';
import { growthAlert, operator, type GrowthAlertOptions } from '../../operator/index.ts';
import { EARLY_REVOCATION_RATE, sessionPools } from './session-instances.ts';
import { diff } from '../diff.ts';

const ID = 'early-revocation-alert';

/** Of all instances together, so that it does not have to know which of them belong together. */
export const earlyRevocationAlert: Mitigation = {
  id: ID,
  family: 'host-bound-cookie',
  place: 'monitoring',
  sentence: 'Five or more sessions rejected before their end within 5 minutes page the team.',
  source:
    'uniFLOW Online’s report (October 17 2024): “early detection of this specific failing condition”; numbers ours.',
  hurtsWhen: 'A planned change of the key looks the same and pages somebody at night.',
  change: diff(
    '+  - alert: SessionsRejectedBeforeTheirEnd',
    '+    expr: sum(increase(early_revocations_total[5m])) >= 5',
  ),
  apply: watched,
};

function watched(scenario: Scenario): Scenario | NotApplicable {
  const pools = sessionPools(scenario);
  if (pools.length === 0) return { notApplicable: 'no session cookie here' };
  const people = hostsOf(scenario, operator)[0];
  if (people === undefined) return { notApplicable: 'nobody to page here' };
  const options: GrowthAlertOptions = {
    ...EARLY_REVOCATION_RATE,
    alert: 'sessions rejected before their end',
    pools,
    badPeriodsInRow: 1,
    operator: people.name,
    actedAs: ID,
  };
  return { ...scenario, cast: [...scenario.cast, cast({ name: ID, pool: 'monitoring', role: growthAlert, options })] };
}
