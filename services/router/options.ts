/** What a load balancer can be told. Defaults are those of a plain round-robin balancer with an active health check. */
import type { RateLimitOptions } from '../admission/index.ts';

export interface HealthCheckOptions {
  readonly path: string;
  readonly periodMs: number;
  readonly timeoutMs: number;
  /** Failed checks in a row until an instance is taken out. */
  readonly fallCount: number;
  /** Passed checks in a row until it is put back. */
  readonly riseCount: number;
}

export interface EjectionOptions {
  /** Answers in a row with a counted status until an instance is ejected. */
  readonly consecutiveCount: number;
  /** Whether a status counts as a failure of the instance. Envoy’s outlier detection counts 5xx only. */
  readonly counts: (status: number) => boolean;
  readonly ejectMs: number;
  /** Never more than this share of the pool at once. */
  readonly maxEjectedRatio: number;
}

export interface RetryOptions {
  /** Further attempts after the first, each on another instance. */
  readonly attemptCount: number;
  /** Whether a reply is worth another instance; status 0 is a failed connection. */
  readonly retries: (status: number) => boolean;
}

export interface RouterOptions {
  readonly pool: string;
  /** `connection`: a keep-alive connection stays with the instance that it reached first. */
  readonly stickiness: 'none' | 'connection';
  /**
   * How an instance is chosen. `hash`: by a hash of the connection's addresses and ports, each new connection from another
   * port (the default of Azure's Load Balancer); `in-turn`, round robin, when left out.
   */
  readonly distribution?: 'in-turn' | 'hash';
  /** A connection not used for this long is closed; its next use opens a new one. */
  readonly connectionIdleMs: number;
  readonly health?: HealthCheckOptions;
  readonly ejection?: EjectionOptions;
  readonly retry?: RetryOptions;
  /** In force from the start; an administrator may set one later by POST /admin/rate-limit. */
  readonly rateLimit?: RateLimitOptions;
  /** Patience with an instance. */
  readonly upstreamTimeoutMs: number;
}

export const defaultRouterOptions: Omit<RouterOptions, 'pool'> = {
  stickiness: 'none',
  connectionIdleMs: 240_000,
  health: { path: '/readyz', periodMs: 10_000, timeoutMs: 1_000, fallCount: 3, riseCount: 1 },
  retry: { attemptCount: 1, retries: (status) => status === 0 },
  upstreamTimeoutMs: 60_000,
};
