/** Pages when one instance refuses what the others accept: what would have told Napta in minutes. */
import type { Mitigation } from '../../../simulator/contract/index.ts';
import { skewAlert } from '../../operator/index.ts';
import { diff } from '../diff.ts';
import { NO_POOL_OF_SEVERAL, poolsOfSeveral, SKEW_READING, withTokenAlert } from './token-alerts.ts';

const ID = 'skew-alert-401';

export const skewAlert401: Mitigation = {
  id: ID,
  family: 'keys-missing-at-start',
  place: 'monitoring',
  sentence:
    'An instance that answers 401 far more than 5 % of the time pages the team, unless more than half of the pool does.',
  source:
    'Ours: a sequential test on each instance’s 401s (5 % against 50 %, one false alarm in a million), read once a minute.',
  hurtsWhen: 'All instances refuse alike: then it is silent by design, and something else has to tell.',
  change: diff(
    '+  - alert: OneInstanceRefusesTokens',
    '+    expr: |',
    '+      sum by (instance) (increase(unauthorized_total[2m])) / sum by (instance) (increase(bearer_requests_total[2m]))',
    '+        > 0.5 and on () count(instance:unauthorized:ratio > 0.5) <= count(up{job="api"}) / 2',
  ),
  apply: (scenario) =>
    withTokenAlert(scenario, ID, skewAlert, (address) => {
      const pools = poolsOfSeveral(scenario);
      if (pools.length === 0) return NO_POOL_OF_SEVERAL;
      return { ...SKEW_READING, ...address, pools, alert: 'one instance refuses tokens' };
    }),
};
