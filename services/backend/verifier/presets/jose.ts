/** The remote key set of jose with its defaults. A test replays one fault script against this and the real library. */
import { verifierProfile } from '../profile.ts';
import type { VerifierPreset } from './preset.ts';

export const jose: VerifierPreset = {
  id: 'jose',
  sentence: 'Fetches on the first token, keeps the set 10 minutes, asks for an unknown kid at most every 30 s.',
  source:
    'jose 6.2.17, createRemoteJWKSet with default options and jwtVerify: measured on Node 20.20.2 on loopback; the parity test repeats the measurement.',
  profile: verifierProfile({
    ttlMs: 600_000,
    staleOnError: 'none',
    cooldownAfterSuccessMs: 30_000,
    cooldownAfterFailureMs: 0,
    singleFlight: true,
    fetchTimeoutMs: 5_000,
    innerRetries: 0,
    fetchesPerAttempt: 1,
    cacheScope: 'set',
    unknownKid: 'refetch',
    failedRefreshDropsKnownGood: false,
    acceptEmptySet: true,
    startup: { mode: 'lazy' },
    statusOnKeysUnavailable: 401,
    statusOnUnknownKid: 401,
    clockToleranceMs: 0,
  }),
};
