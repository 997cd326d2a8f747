/**
 * Budgets of clients that serve many: Finagle (twitter/finagle, RetryBudget.scala: 20 % of requests and 10 a second, remembered
 * for 10 s) and Envoy (data-plane-api: 20 % of the active requests, at least 3). A single desktop never spends either.
 */
import type { RetryOptions } from '../retry/index.ts';

export const finagle: RetryOptions = { budget: { kind: 'share', ratio: 0.2, minPerSecond: 10, ttlMs: 10_000 } };

/** Retry-After is obeyed up to 300 s where it is switched on; base and cap of the default back-off are 25 ms and ten times that. */
export const envoyRetryBudget: RetryOptions = {
  backOff: { kind: 'full-jitter', baseMs: 25, capMs: 250 },
  budget: { kind: 'active-share', ratio: 0.2, minConcurrent: 3 },
  retryAfter: { capMs: 300_000 },
};
