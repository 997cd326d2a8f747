/** Envoy as a Kubernetes ingress or sidecar with outlier detection switched on and nothing in it set. */
import type { RouterPreset } from './preset.ts';

/**
 * Outlier detection: 5 consecutive 5xx (a failed connection counts as one), ejected for 30 s times the number of ejections,
 * 300 s at most; each sweep of 10 s in the rotation takes one off that number; never more than 10 % of the hosts. Not
 * modelled: the success-rate detector, which needs 100 requests a host in a sweep and looks at 5xx alone as well.
 */
export const envoy: RouterPreset = {
  id: 'envoy',
  sentence: 'Ejects an instance after five 5xx in a row, at most a tenth of the pool; a 401 is a success to it.',
  source:
    'Envoy’s outlier_detection.proto and route defaults (15 s timeout, no retry policy), data-plane-api of January 29 2026; readiness as Kubernetes tells it.',
  options: {
    stickiness: 'none',
    connectionIdleMs: 3_600_000,
    health: { path: '/readyz', periodMs: 10_000, timeoutMs: 1_000, fallCount: 3, riseCount: 1 },
    ejection: {
      consecutiveCount: 5,
      counts: ['5xx', 'no-answer'],
      ejectMs: 30_000,
      maxEjectMs: 300_000,
      forgiveMs: 10_000,
      maxEjectedRatio: 0.1,
    },
    upstreamTimeoutMs: 15_000,
  },
};
