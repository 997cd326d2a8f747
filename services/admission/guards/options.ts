/** Door-keepers that refuse at the edge, before a worker or a place in the line is taken. Judged in the order given. */

interface Acting {
  /** The mitigation under test that this is; left out for what belongs to the play. */
  readonly actedAs?: string;
}

/** Refuses clients by the beginning of their `User-Agent`. Requests without one pass. */
export interface AgentBlock extends Acting {
  readonly kind: 'agent-block';
  readonly prefixes: readonly string[];
}

/** Refuses versions of a product below a minimum with 426 (RFC 9110 15.5.22); the version is the number after `product/`. */
export interface MinimumVersion extends Acting {
  readonly kind: 'minimum-version';
  readonly product: string;
  readonly version: number;
}

/** Refuses refresh tokens whose expiry, read from the token itself, has passed, as the service would. */
export interface ExpiredTokens extends Acting {
  readonly kind: 'expired-tokens';
}

/** Refuses refresh tokens that the service has refused lately, with the same answer. */
export interface DeadTokenCache extends Acting {
  readonly kind: 'dead-token-cache';
  /** How long a refusal is remembered. */
  readonly lifetimeMs: number;
  /** The oldest is forgotten beyond it. */
  readonly entryLimit: number;
}

/** Admission control by success rate; see presets/envoy.ts. */
export interface SuccessRate extends Acting {
  readonly kind: 'success-rate';
  readonly windowMs: number;
  /** Share of requests that must succeed. Any status below 500 is a success. */
  readonly thresholdRatio: number;
  /** 1 is linear; higher refuses more at the same share. */
  readonly aggression: number;
  readonly maxRejectionRatio: number;
}

/** Counts requests of each client beyond a fair share, for whoever asks GET /admin/talkers; refuses nobody. */
export interface TalkerCount {
  readonly kind: 'talker-count';
  readonly windowMs: number;
  /** Requests in a window that nobody finds too many. */
  readonly fairCount: number;
}

export type GuardOptions = AgentBlock | MinimumVersion | ExpiredTokens | DeadTokenCache | SuccessRate | TalkerCount;
