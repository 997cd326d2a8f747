/** What alerts on token instances have in common: where they read, how often, whom they tell. */
import { cast, type NotApplicable, type Role, type Scenario } from '../../../simulator/contract/index.ts';
import { BEARER_REQUESTS, METRICS_PATH, UNAUTHORIZED } from '../../backend/index.ts';
import { DEFAULT_TEST } from '../../sequential-test.ts';
import { NO_TOKENS, NOBODY_TO_PAGE, onCall, tokenInstances, tokenPools } from './token-instances.ts';

/** Prometheus reads once a minute by default (scrape_interval 1m). */
export const READING = { path: METRICS_PATH, periodMs: 60_000 } as const;

/** 401s of one instance against what any may have, silent when more than half of the pool has too many. */
export const SKEW_READING = {
  ...READING,
  ...DEFAULT_TEST,
  badMember: UNAUTHORIZED,
  totalMember: BEARER_REQUESTS,
  maxSkewedRatio: 0.5,
} as const;

/** What an alert is told by all of these mitigations. */
export interface AlertAddress {
  readonly pools: readonly string[];
  readonly operator: string;
  readonly actedAs: string;
}

/**
 * One more machine in the pool `monitoring`, called like its mitigation.
 * @param optionsFor its options, or why it has no object
 */
export function withTokenAlert<O extends object>(
  scenario: Scenario,
  id: string,
  role: Role<O>,
  optionsFor: (address: AlertAddress) => O | NotApplicable,
): Scenario | NotApplicable {
  const pools = tokenPools(scenario);
  if (pools.length === 0) return NO_TOKENS;
  const operator = onCall(scenario);
  if (operator === undefined) return NOBODY_TO_PAGE;
  const options = optionsFor({ pools, operator, actedAs: id });
  if ('notApplicable' in options) return options;
  return { ...scenario, cast: [...scenario.cast, cast({ name: id, pool: 'monitoring', role, options })] };
}

/** Those of the pools in which one instance can differ from others. */
export function poolsOfSeveral(scenario: Scenario): readonly string[] {
  const instances = tokenInstances(scenario);
  return tokenPools(scenario).filter((pool) => instances.filter((host) => host.pool === pool).length > 1);
}

export const NO_POOL_OF_SEVERAL: NotApplicable = { notApplicable: 'no pool of several instances here' };
