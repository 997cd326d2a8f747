/**
 * Two filters of Envoy with their defaults (envoyproxy/data-plane-api: admission_control.proto, adaptive_concurrency.proto).
 * Admission control counts any status below 500 as a success: less traffic would not cure a 401. The time between two
 * measurements of the latency without load has no default there; a minute is that of its documentation's example.
 */
import type { SuccessRate } from '../guards/options.ts';
import type { EnvoyGradientOptions } from '../limits/limit.ts';

export const envoyAdmissionControl: SuccessRate = {
  kind: 'success-rate',
  windowMs: 30_000,
  thresholdRatio: 0.95,
  aggression: 1,
  maxRejectionRatio: 0.8,
};

export const envoyAdaptiveConcurrency: EnvoyGradientOptions = {
  kind: 'envoy-gradient',
  max: 1_000,
  minConcurrency: 3,
  minRttRequestCount: 50,
  minRttEveryMs: 60_000,
  bufferRatio: 0.25,
  updateEveryMs: 100,
};
