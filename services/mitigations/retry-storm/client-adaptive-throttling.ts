/** A client that rejects by itself what its server would not accept anyway. */
import type { Mitigation } from '../../../simulator/contract/index.ts';
import { googleAdaptiveThrottling } from '../../clients/retry-presets/index.ts';
import { diff } from '../diff.ts';
import { withRetry } from './desktop-clients.ts';

const ID = 'client-adaptive-throttling';

export const clientAdaptiveThrottling: Mitigation = {
  id: ID,
  family: 'retry-storm',
  place: 'client',
  sentence: 'Each client rejects requests itself, with a chance that grows as fewer than half of them are accepted.',
  source:
    'Beyer et al., Site Reliability Engineering (2016), chapter 21: max(0, (requests − 2 · accepts) / (requests + 1)) over 2 minutes.',
  hurtsWhen:
    'A refusal that is an answer counts as accepted, so a loop on a dead token is not throttled; a client with few requests learns late.',
  change: diff(
    '+  const p = Math.max(0, (requests - 2 * accepts) / (requests + 1));',
    '+  if (Math.random() < p) return rejectLocally();',
  ),
  apply: (scenario) =>
    withRetry(scenario, () => ({ throttle: { ...googleAdaptiveThrottling.throttle!, actedAs: ID } })),
};
