/** Where session cookies are issued and judged, and when too many are rejected before their end. */
import { hostsOf, type HostSpec, type Scenario } from '../../../simulator/contract/index.ts';
import { backend, EARLY_REVOCATIONS, METRICS_PATH, type BackendOptions } from '../../backend/index.ts';

/** Instances that issue session cookies, in order of the cast. */
export function sessionInstances(scenario: Scenario): readonly HostSpec<BackendOptions>[] {
  return hostsOf(scenario, backend).filter(({ options }) => options.session !== undefined);
}

/** Their pools, each once. */
export function sessionPools(scenario: Scenario): readonly string[] {
  return [...new Set(sessionInstances(scenario).map(({ pool }) => pool))];
}

/**
 * Five minutes is the shortest window of Azure's classic metric alerts (ThresholdRuleCondition.WindowSize). On a good day
 * nobody presents a cookie that no key opens, forgers and users of removed secrets apart: against a base of 5 % five
 * rejections are chance once in a million (sequential test: ln 10⁶ over the Kullback–Leibler divergence).
 */
export const EARLY_REVOCATION_RATE = {
  path: METRICS_PATH,
  member: EARLY_REVOCATIONS,
  periodMs: 300_000,
  thresholdPerPeriod: 5,
} as const;
