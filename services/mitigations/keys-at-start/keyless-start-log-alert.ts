/** The line was in the logs from the first minute on: it only has to wake somebody. */
import type { Mitigation } from '../../../simulator/contract/index.ts';
import { KEYLESS_STARTS } from '../../backend/index.ts';
import { growthAlert } from '../../operator/index.ts';
import { diff } from '../diff.ts';
import { READING, withTokenAlert } from './token-alerts.ts';

const ID = 'keyless-start-log-alert';

export const keylessStartLogAlert: Mitigation = {
  id: ID,
  family: 'keys-missing-at-start',
  place: 'monitoring',
  sentence: 'The log line “started without keys” pages the team within a minute.',
  source:
    'Ours; Napta found its 401s “retrospectively from logs” (December 23 2025). Logs are looked at once a minute.',
  hurtsWhen: 'Whoever is paged restarts at once, into the outage that caused it: nobody is told when that is over.',
  change: diff(
    '+  - alert: StartedWithoutKeys',
    '+    expr: count_over_time({app="api"} |= "started without keys" [1m]) > 0',
  ),
  apply: (scenario) =>
    withTokenAlert(scenario, ID, growthAlert, (address) => ({
      ...READING,
      ...address,
      alert: 'an instance started without keys',
      member: KEYLESS_STARTS,
      thresholdPerPeriod: 1,
      badPeriodsInRow: 1,
    })),
};
