/**
 * How a resource server gets and keeps verification keys, as a value. Libraries differ in nothing but these knobs; each
 * library is a preset, and a mitigation changes one knob of it.
 */
import type { VerifierActs } from './acts.ts';
import type { Fallbacks } from './fallback-keys.ts';
import { checkProfile } from './profile-bounds.ts';
import type { RetrySchedule } from './retry-schedule.ts';

/** What a request sees when the verifier could not judge its token. */
export type RefusalStatus = 401 | 500 | 503;

/**
 * Whether a set past its `ttlMs` is served when its refresh failed. `none`: it stays in memory, unused. `forMs`: until so
 * long after it went stale (as `stale-if-error` of RFC 5861). `whileTrafficGapUnderMs`: at the first failed refresh, however
 * old it is, then as long as one failed refresh follows the other within this; a longer gap and it is gone (get-jwks 11.0.3).
 */
export type StaleOnError =
  'none' | 'forever' | { readonly forMs: number } | { readonly whileTrafficGapUnderMs: number };

/**
 * What a token with an unknown `kid` may cause. `refetch`: one fetch each. `limit`: so many fetches in `perMs` (a window
 * that opens with its first fetch); with `waitAtMostMs`, whoever finds it spent so shortly before its end takes a place in
 * the next one and waits for that. `penaltyMs`: no fetch for so long after one that did not bring the kid. `never`: none.
 */
export type UnknownKid =
  | 'refetch'
  | 'never'
  | { readonly limit: number; readonly perMs: number; readonly waitAtMostMs?: number }
  | { readonly penaltyMs: number };

/**
 * Whether requests that need a fetch share the one under way. `true`: they do, success or failure. `in-turn`: they queue
 * for a lock; a success serves all, after a failure the next one fetches for itself. `false`: each fetches for itself.
 */
export type SingleFlight = boolean | 'in-turn';

/** Which failures of a fetch are worth its inner retries. `no-answer`: of the connection, no status. Else these statuses. */
export type InnerRetriesOn = 'any' | 'no-answer' | readonly number[];

/**
 * What happens at boot. `lazy`: nothing, the first token fetches. The eager modes wait for one fetch; when that fails,
 * `eager-crash` ends the process, `eager-swallow` logs and goes on, `eager-background-retry` goes on and tries again.
 * An eager verifier that holds no set treats every kid as unknown, so `unknownKid` says whether tokens can still heal it.
 * What is fetched is the keys, or the discovery document alone: then the keys stay lazy.
 */
export type Startup =
  | { readonly mode: 'lazy' }
  | { readonly mode: 'eager-crash' | 'eager-swallow'; readonly fetches?: 'keys' | 'discovery' }
  | { readonly mode: 'eager-background-retry'; readonly retry: RetrySchedule };

export interface VerifierProfile {
  /** How long what was fetched counts as fresh, in ms: above 0, Infinity for ever. Default 600 000. */
  readonly ttlMs: number;
  /** Default `none`. Durations in ms, above 0. */
  readonly staleOnError: StaleOnError;
  /**
   * Whether a refresh that brings a set without the kid it was made for counts as failed, so that `staleOnError` goes for a
   * removed key as well. Only with `cacheScope` `kid`. Default false.
   */
  readonly missingKeyIsFailure: boolean;
  /** No fetch for an unknown kid so soon after the last successful one, in ms: 0 or more. Default 30 000. */
  readonly cooldownAfterSuccessMs: number;
  /** No fetch of any kind so soon after a failed one, in ms: 0 or more. Default 0: nearly all libraries have none. */
  readonly cooldownAfterFailureMs: number;
  /** Default true. */
  readonly singleFlight: SingleFlight;
  /** How long after its beginning a fetch can still be shared, in ms: above 0. Default Infinity. */
  readonly joinWithinMs: number;
  /** Patience of those who wait in turn, in ms: above 0. Default Infinity. */
  readonly turnPatienceMs: number;
  /** Patience for one HTTP request, to its last byte, in ms: above 0, Infinity for none. Default 5000. */
  readonly fetchTimeoutMs: number;
  /** What an answer that breaks off comes to: a failure, or no end at all, patience or not. Default `fails`. */
  readonly cutBody: 'fails' | 'hangs';
  /** Further tries inside one fetch when it failed: a whole number, 0 or more. Default 0. */
  readonly innerRetries: number;
  /** Pause before each of them, in ms: 0 or more. Default 0. */
  readonly innerRetryDelayMs: number;
  /** Default `any`. */
  readonly innerRetriesOn: InnerRetriesOn;
  /** HTTP requests in a fetch: 1 the key set alone, 2 the discovery document first. Default 1. */
  readonly fetchesPerAttempt: 1 | 2;
  /** For how long the discovery document is not fetched again, in ms: 0 (each time) or more, Infinity for ever. Default 0. */
  readonly discoveryTtlMs: number;
  /** 2: when the discovery document cannot be had, the one of RFC 8414 is asked for as well. Default 1. */
  readonly discoveryUrlCount: 1 | 2;
  /**
   * `set`: the whole set, replaced at each fetch. `kid`: single keys, each with an age of its own; every fetch is then
   * made for a kid that is lacking, so that `unknownKid` rules every fetch. Default `set`.
   */
  readonly cacheScope: 'set' | 'kid';
  /** How many single keys are kept; the one least recently used makes room. A whole number, 1 or more. Default Infinity. */
  readonly keyCountLimit: number;
  /** Several keys that fit a token: refused as ambiguous, or the first one taken. Default `refuse`. */
  readonly severalKeys: 'refuse' | 'first';
  /** Default `refetch`. */
  readonly unknownKid: UnknownKid;
  /** Whether the token with the unknown kid waits for its fetch, or is rejected while that goes on. Default true. */
  readonly unknownKidWaits: boolean;
  /** Whether known keys are forgotten before a fetch, and so lost when it fails. Default false. */
  readonly failedRefreshDropsKnownGood: boolean;
  /** Whether `{"keys":[]}` counts as a successful fetch. Default true. */
  readonly acceptEmptySet: boolean;
  /** A request this long before the end of `ttlMs` starts a refresh it does not wait for, in ms: 0 (off) or more, below `ttlMs`. Default 0. */
  readonly refreshAheadMs: number;
  /** Refreshes by the clock, with or without requests, in ms: above 0, Infinity for none. Default Infinity. */
  readonly backgroundIntervalMs: number;
  /** Each of these waits is longer by a uniform share of at most this: 0 to 1. Default 0. */
  readonly backgroundJitterRatio: number;
  /** When a failed refresh by the clock is tried again; `none`: at the next interval. Default `none`. */
  readonly backgroundRetry: 'none' | RetrySchedule;
  /** Default lazy. */
  readonly startup: Startup;
  /** Status when no usable keys could be had. Default 401: what three of six measured Node stacks answer. */
  readonly statusOnKeysUnavailable: RefusalStatus;
  /** Status for a kid that the usable keys lack. Default 401. */
  readonly statusOnUnknownKid: RefusalStatus;
  /** Status for a token whose `nbf` is in the future. Default 401. */
  readonly statusOnNotYetValid: RefusalStatus;
  /** Leeway on `exp` and `nbf`, in ms: 0 or more. Default 0. */
  readonly clockToleranceMs: number;
  /** Leeway on `nbf` where it is not the same, in ms: 0 or more. */
  readonly nbfToleranceMs?: number;
  /** How long a rejected token stays rejected without a further look, in ms: 0 (off) or more. Default 0. */
  readonly tokenErrorCacheTtlMs: number;
  /** Independent caches in one instance, one a worker thread: a whole number, 1 or more. Default 1. */
  readonly copiesPerInstance: number;
  /** Keys to judge by while none could be fetched since the start. None by default. */
  readonly fallbacks?: Fallbacks;
  /** Ids of mitigations that set single knobs. None by default. */
  readonly acts?: VerifierActs;
}

/** The defaults of `jose`, the commonest verifier on Node. */
export const DEFAULT_PROFILE: VerifierProfile = Object.freeze({
  ttlMs: 600_000,
  staleOnError: 'none',
  missingKeyIsFailure: false,
  cooldownAfterSuccessMs: 30_000,
  cooldownAfterFailureMs: 0,
  singleFlight: true,
  joinWithinMs: Infinity,
  turnPatienceMs: Infinity,
  fetchTimeoutMs: 5_000,
  cutBody: 'fails',
  innerRetries: 0,
  innerRetryDelayMs: 0,
  innerRetriesOn: 'any',
  fetchesPerAttempt: 1,
  discoveryTtlMs: 0,
  discoveryUrlCount: 1,
  cacheScope: 'set',
  keyCountLimit: Infinity,
  severalKeys: 'refuse',
  unknownKid: 'refetch',
  unknownKidWaits: true,
  failedRefreshDropsKnownGood: false,
  acceptEmptySet: true,
  refreshAheadMs: 0,
  backgroundIntervalMs: Infinity,
  backgroundJitterRatio: 0,
  backgroundRetry: 'none',
  startup: Object.freeze({ mode: 'lazy' }),
  statusOnKeysUnavailable: 401,
  statusOnUnknownKid: 401,
  statusOnNotYetValid: 401,
  clockToleranceMs: 0,
  tokenErrorCacheTtlMs: 0,
  copiesPerInstance: 1,
});

/**
 * A whole profile from the knobs that differ from the defaults.
 *
 * @throws SimulatorError `bad-argument` naming the knob that is out of bounds, or two that contradict each other
 */
export function verifierProfile(knobs: Partial<VerifierProfile> = {}): VerifierProfile {
  const profile = { ...DEFAULT_PROFILE, ...knobs };
  checkProfile(profile);
  return Object.freeze(profile);
}
