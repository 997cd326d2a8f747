/** A 401 for a credential that ought to be good is an error of ours, and spends the error budget like one. */
import type { Mitigation } from '../../../simulator/contract/index.ts';
import { BEARER_REQUESTS, VALID_REFUSED } from '../../backend/index.ts';
import { burnRateAlert, type BurnRateRule } from '../../operator/index.ts';
import { diff } from '../diff.ts';
import { READING, withTokenAlert } from './token-alerts.ts';

const ID = 'valid-401-alert';

/** The two rules of table 5-8 that page; its third (1 times over three days) opens a ticket and wakes nobody. */
const RULES: readonly BurnRateRule[] = [
  { burnRate: 14.4, longMs: 3_600_000, shortMs: 300_000 },
  { burnRate: 6, longMs: 21_600_000, shortMs: 1_800_000 },
];

export const valid401Alert: Mitigation = {
  id: ID,
  family: 'keys-missing-at-start',
  place: 'monitoring',
  sentence:
    'Refusals of tokens that are not at fault count against an objective of 99.9 %; burning its budget too fast pages the team.',
  source:
    'The Site Reliability Workbook, chapter 5, table 5-8: 14.4 times over 1 h and 5 min, 6 times over 6 h and 30 min; objective 99.9 %.',
  hurtsWhen:
    'The objective is low: at 99 % one ill instance of eight never pages by the first rule. Without counting 401s it is blind.',
  change: diff(
    '   errors:',
    '-    expr: http_requests_total{code=~"5.."}',
    '+    expr: http_requests_total{code=~"5.."} or auth_refusals_total{reason=~"keys_unavailable|unknown_kid"}',
  ),
  apply: (scenario) =>
    withTokenAlert(scenario, ID, burnRateAlert, (address) => ({
      ...READING,
      ...address,
      alert: 'valid tokens are refused',
      badMember: VALID_REFUSED,
      totalMember: BEARER_REQUESTS,
      objectiveRatio: 0.999,
      rules: RULES,
    })),
};
