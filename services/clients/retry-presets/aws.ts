/**
 * AWS SDK, standard retry mode: 3 attempts, full jitter, a bucket of retries. Classic values: aws-sdk-ruby, retry_quota.rb;
 * Retry-After is obeyed up to the computed delay and 5 s, here up to the cap and 5 s. Current values: npm @smithy/core 3.41.0,
 * `retries-2026-config`.
 */
import type { RetryOptions } from '../retry/index.ts';

export const awsSdkStandard: RetryOptions = {
  backOff: { kind: 'full-jitter', baseMs: 100, capMs: 20_000 },
  maxAttempts: 3,
  budget: { kind: 'quota', capacity: 500, retryCost: 5, timeoutCost: 10, refund: 1 },
  retryAfter: { capMs: 25_000 },
};

export const awsSdk2026: RetryOptions = {
  backOff: { kind: 'full-jitter', baseMs: 50, capMs: 20_000 },
  maxAttempts: 3,
  budget: { kind: 'quota', capacity: 500, retryCost: 14, timeoutCost: 14, refund: 1 },
  retryAfter: { capMs: 25_000 },
};
