/** What a load balancer can be told. Defaults are those of a plain round-robin balancer with an active health check. */
import type { RateLimitOptions } from '../admission/index.ts';
import type { SequentialTestOptions } from '../sequential-test.ts';
import type { StatusWord } from '../status-words.ts';

export interface HealthCheckOptions {
  readonly path: string;
  readonly periodMs: number;
  readonly timeoutMs: number;
  /** Failed checks in a row until an instance is taken out. */
  readonly fallCount: number;
  /** Passed checks in a row until it is put back. */
  readonly riseCount: number;
}

/** For how long an instance is taken out. */
export interface EjectionTime {
  readonly ejectMs: number;
  /** Each further ejection of an instance lasts `ejectMs` longer, up to this. Alike each time when left out. */
  readonly maxEjectMs?: number;
  /** Each so many ms in the rotation take one ejection off that count. Never when left out. */
  readonly forgiveMs?: number;
}

export interface EjectionOptions extends EjectionTime {
  /** Answers in a row with a counted status until an instance is ejected. */
  readonly consecutiveCount: number;
  /** What counts as a failure of the instance, for instance `['5xx', '401', 'no-answer']`. Envoy’s outlier detection counts 5xx only. */
  readonly counts: readonly StatusWord[];
  /** Never more than this share of the pool at once. */
  readonly maxEjectedRatio: number;
}

/** Ejection of an instance that refuses clearly more than an instance may: see `SequentialTest`. */
export interface SkewOptions extends EjectionTime, SequentialTestOptions {
  /** What counts, commonly `['401']`. */
  readonly counts: readonly StatusWord[];
  /** With more than this share of the pool in doubt it is not the instances: nobody is ejected, whoever was comes back. */
  readonly maxSkewedRatio: number;
  /** The mitigation that this is, for its record of actions. */
  readonly actedAs?: string;
}

export interface RetryOptions {
  /** Further attempts after the first, each on another instance. */
  readonly attemptCount: number;
  /** Which replies are worth another instance, for instance `['no-answer', '401']`. */
  readonly retries: readonly StatusWord[];
  /** A mitigation that added some of these words: further attempts because of them are its actions. */
  readonly added?: { readonly words: readonly StatusWord[]; readonly actedAs: string };
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
  readonly skew?: SkewOptions;
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
  retry: { attemptCount: 1, retries: ['no-answer'] },
  upstreamTimeoutMs: 60_000,
};
