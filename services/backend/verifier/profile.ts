/**
 * How a resource server gets and keeps verification keys, as a value. Libraries differ in nothing but these knobs; each
 * library is a preset, and a mitigation changes one knob of it.
 */
import { checkProfile } from './profile-bounds.ts';
import type { RetrySchedule } from './retry-schedule.ts';

/** What a request sees when the verifier could not judge its token. */
export type RefusalStatus = 401 | 500 | 503;

/**
 * Whether a set past its `ttlMs` is served when its refresh failed. `none`: it stays in memory, unused. `forMs`: until so
 * long after it went stale (as `stale-if-error` of RFC 5861). `whileTrafficGapUnderMs`: as long as no pause between two uses reached this.
 */
export type StaleOnError =
  'none' | 'forever' | { readonly forMs: number } | { readonly whileTrafficGapUnderMs: number };

/**
 * What a token with an unknown `kid` may cause. `refetch`: one fetch each. `limit`: so many fetches in `perMs` (a window
 * that opens with its first fetch). `penaltyMs`: no fetch for so long after one that did not bring the kid. `never`: none.
 */
export type UnknownKid =
  'refetch' | 'never' | { readonly limit: number; readonly perMs: number } | { readonly penaltyMs: number };

/**
 * What happens at boot. `lazy`: nothing, the first token fetches. The eager modes wait for one fetch; when that fails,
 * `eager-crash` ends the process, `eager-swallow` logs and goes on, `eager-background-retry` goes on and tries again.
 * An eager verifier that holds no set treats every kid as unknown, so `unknownKid` says whether tokens can still heal it.
 */
export type Startup =
  | { readonly mode: 'lazy' | 'eager-crash' | 'eager-swallow' }
  | { readonly mode: 'eager-background-retry'; readonly retry: RetrySchedule };

export interface VerifierProfile {
  /** How long what was fetched counts as fresh, in ms: above 0, Infinity for ever. Default 600 000. */
  readonly ttlMs: number;
  /** Default `none`. Durations in ms, above 0. */
  readonly staleOnError: StaleOnError;
  /** No fetch for an unknown kid so soon after the last successful one, in ms: 0 or more. Default 30 000. */
  readonly cooldownAfterSuccessMs: number;
  /** No fetch of any kind so soon after a failed one, in ms: 0 or more. Default 0: nearly all libraries have none. */
  readonly cooldownAfterFailureMs: number;
  /** Whether requests that need a fetch share the one under way. Default true. */
  readonly singleFlight: boolean;
  /** Patience for one HTTP request, to its last byte, in ms: above 0, Infinity for none. Default 5000. */
  readonly fetchTimeoutMs: number;
  /** Further tries inside one fetch when it failed: a whole number, 0 or more. Default 0. */
  readonly innerRetries: number;
  /** Pause before each of them, in ms: 0 or more. Default 0. */
  readonly innerRetryDelayMs: number;
  /** HTTP requests in a fetch: 1 the key set alone, 2 the discovery document first. Default 1. */
  readonly fetchesPerAttempt: 1 | 2;
  /**
   * `set`: the whole set, replaced at each fetch. `kid`: single keys, each with an age of its own; every fetch is then
   * made for a kid that is lacking, so that `unknownKid` rules every fetch. Default `set`.
   */
  readonly cacheScope: 'set' | 'kid';
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
  /** Default lazy. */
  readonly startup: Startup;
  /** Status when no usable keys could be had. Default 401: what three of six measured Node stacks answer. */
  readonly statusOnKeysUnavailable: RefusalStatus;
  /** Status for a kid that the usable keys lack. Default 401. */
  readonly statusOnUnknownKid: RefusalStatus;
  /** Leeway on `exp` and `nbf`, in ms: 0 or more. Default 0. */
  readonly clockToleranceMs: number;
  /** How long a rejected token stays rejected without a further look, in ms: 0 (off) or more. Default 0. */
  readonly tokenErrorCacheTtlMs: number;
  /** Independent caches in one instance, one a worker thread: a whole number, 1 or more. Default 1. */
  readonly copiesPerInstance: number;
}

/** The defaults of `jose`, the commonest verifier on Node. */
export const DEFAULT_PROFILE: VerifierProfile = Object.freeze({
  ttlMs: 600_000,
  staleOnError: 'none',
  cooldownAfterSuccessMs: 30_000,
  cooldownAfterFailureMs: 0,
  singleFlight: true,
  fetchTimeoutMs: 5_000,
  innerRetries: 0,
  innerRetryDelayMs: 0,
  fetchesPerAttempt: 1,
  cacheScope: 'set',
  unknownKid: 'refetch',
  unknownKidWaits: true,
  failedRefreshDropsKnownGood: false,
  acceptEmptySet: true,
  refreshAheadMs: 0,
  backgroundIntervalMs: Infinity,
  backgroundJitterRatio: 0,
  startup: Object.freeze({ mode: 'lazy' }),
  statusOnKeysUnavailable: 401,
  statusOnUnknownKid: 401,
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
