/** The balancer sees which instance refuses what the others accept, and takes it out. No common balancer does by default. */
import type { Mitigation, NotApplicable, Scenario } from '../../../simulator/contract/index.ts';
import type { SkewOptions } from '../../router/index.ts';
import { DEFAULT_TEST } from '../../sequential-test.ts';
import { diff } from '../diff.ts';
import { NO_BALANCER, NO_TOKENS, tokenPools, tokenRouters, withTokenRouters } from './token-instances.ts';

const ID = 'router-eject-skew';

/** Times of Envoy’s outlier detection (30 s more each time, 300 s at most); forgiven after 10 minutes as a crash is by kubelet. */
const SKEW: SkewOptions = {
  ...DEFAULT_TEST,
  counts: ['401'],
  ejectMs: 30_000,
  maxEjectMs: 300_000,
  forgiveMs: 600_000,
  maxSkewedRatio: 0.5,
  actedAs: ID,
};

export const routerEjectSkew: Mitigation = {
  id: ID,
  family: 'keys-missing-at-start',
  place: 'router',
  sentence:
    'The balancer ejects an instance that answers 401 far more than 5 % of the time, unless more than half of the pool does.',
  source:
    'Ours: Envoy’s outlier detection with a sequential test on 401s (5 % against 50 %, one false alarm in a million).',
  hurtsWhen:
    'One user’s client with a dead token keeps asking the same instance (sticky sessions), or a scanner does: it is ejected for that.',
  change: diff(
    '   outlier_detection:',
    '-    consecutive_5xx: 5',
    '+    consecutive_auth_failures: 6          # a filter of your own: Envoy counts 5xx only',
    '+    max_ejection_percent: 50',
  ),
  apply: watching,
};

function watching(scenario: Scenario): Scenario | NotApplicable {
  if (tokenPools(scenario).length === 0) return NO_TOKENS;
  if (tokenRouters(scenario).length === 0) return NO_BALANCER;
  return withTokenRouters(scenario, (options) => ({ ...options, skew: SKEW }));
}
