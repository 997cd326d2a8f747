/**
 * How a client goes on after a failed request: pauses, budgets, a breaker, what it makes of Retry-After. All parts can be
 * combined and all are left out by default. What ends a series of retries is the next occasion: the app needs a token anyway.
 */

interface Acting {
  /** The mitigation under test that this is; left out for what belongs to the play. */
  readonly actedAs?: string;
}

/** n counts the retries of one occasion from 0; `expo` is min(capMs, baseMs · factor^n). */
export interface BackOff {
  /**
   * `fixed`: baseMs. `exponential`: expo. `full-jitter`: U(0, expo). `equal-jitter`: expo/2 + U(0, expo/2). `decorrelated`:
   * min(capMs, U(baseMs, 3 · the pause before)) (aws-samples/aws-arch-backoff-simulator). `proportional`: expo · U(1 ± jitterRatio).
   */
  readonly kind: 'fixed' | 'exponential' | 'full-jitter' | 'equal-jitter' | 'decorrelated' | 'proportional';
  readonly baseMs: number;
  readonly capMs: number;
  /** 2 by default. */
  readonly factor?: number;
  /** Only with `proportional`. */
  readonly jitterRatio?: number;
}

/** What a client may spend on retries; the first request of an occasion is free. */
export type RetryBudget =
  | {
      /** AWS SDK: a bucket; a retry takes its cost out, a success that needed none puts `refund` in, one that did its cost back. */
      readonly kind: 'quota';
      readonly capacity: number;
      readonly retryCost: number;
      /** After a time-out. */
      readonly timeoutCost: number;
      readonly refund: number;
    }
  | {
      /** gRPC: a failure takes one token, a success gives `tokenRatio`; no retries with half of the tokens or less. */
      readonly kind: 'token-ratio';
      readonly maxTokens: number;
      readonly tokenRatio: number;
    }
  | {
      /** Finagle: retries up to a share of the requests within `ttlMs`, and so many a second beside. */
      readonly kind: 'share';
      readonly ratio: number;
      readonly minPerSecond: number;
      readonly ttlMs: number;
    }
  | {
      /** Envoy: retries under way up to a share of the requests under way, and so many in any case. */
      readonly kind: 'active-share';
      readonly ratio: number;
      readonly minConcurrent: number;
    };

/** Opens after so many failures in a row; when `openMs` is over, one request goes through and decides. */
export interface CircuitBreaker {
  readonly failuresInRow: number;
  readonly openMs: number;
}

/** Rejects locally with probability max(0, (requests − k · accepts) / (requests + 1)) over a window. */
export interface AdaptiveThrottle {
  readonly k: number;
  readonly windowMs: number;
}

export interface RetryAfterRule {
  /** The longest pause that is obeyed; a longer one is cut to this. */
  readonly capMs: number;
}

export interface RetryOptions {
  readonly backOff?: BackOff & Acting;
  /** Requests of one occasion, the first included; no limit by default. */
  readonly maxAttempts?: number;
  readonly budget?: RetryBudget & Acting;
  readonly breaker?: CircuitBreaker & Acting;
  readonly throttle?: AdaptiveThrottle & Acting;
  /** Ignored by default. */
  readonly retryAfter?: RetryAfterRule & Acting;
  /** From giving up to the next occasion. One hour by default, a common lifetime of access tokens. */
  readonly occasionMs?: number;
}
