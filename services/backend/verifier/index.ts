/** The verifier of a resource server: its knobs, its presets, its verdicts. */
export type { IdpAddress } from './key-source.ts';
export { VERIFIER_PRESETS, verifierPreset, type VerifierPreset } from './presets/index.ts';
export {
  DEFAULT_PROFILE,
  verifierProfile,
  type RefusalStatus,
  type StaleOnError,
  type Startup,
  type UnknownKid,
  type VerifierProfile,
} from './profile.ts';
export type { VerifierActs } from './acts.ts';
export type { Fallbacks } from './fallback-keys.ts';
export type { RetrySchedule } from './retry-schedule.ts';
export type { Rejection, RejectionReason, Verdict } from './verdict.ts';
export { fetchesKeysAtBoot } from './startup.ts';
export { makeVerifier, type TokenBearer, type Verifier } from './verify.ts';
