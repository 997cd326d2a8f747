/** The remote key set of jose with its defaults. A test replays one fault script against this and the real library. */
import { MEASURED, OURS, presetOf } from './preset.ts';

export const jose = presetOf(
  {
    id: 'jose',
    sentence: 'Fetches on the first token, keeps the set 10 minutes, asks for an unknown kid at most every 30 s.',
    source:
      'jose 6.2.17, createRemoteJWKSet with default options and jwtVerify: measured on Node 20.20.2 on loopback; the parity test repeats the measurement.',
  },
  {
    ttlMs: [600_000, MEASURED],
    staleOnError: ['none', `${MEASURED}: the old set stays in memory and is not served`],
    cooldownAfterSuccessMs: [30_000, MEASURED],
    cooldownAfterFailureMs: [0, `${MEASURED}: 20 requests in an outage are 20 fetches`],
    singleFlight: [true, `${MEASURED}: 50 requests at once are 1 fetch`],
    fetchTimeoutMs: [5_000, MEASURED],
    innerRetries: [0, MEASURED],
    fetchesPerAttempt: [1, MEASURED],
    cacheScope: ['set', MEASURED],
    unknownKid: ['refetch', `${MEASURED}, outside the cooldown`],
    failedRefreshDropsKnownGood: [false, MEASURED],
    acceptEmptySet: [true, `${MEASURED}: an empty set rejects everybody for 30 s`],
    startup: [{ mode: 'lazy' }, MEASURED],
    statusOnKeysUnavailable: [401, OURS],
    statusOnUnknownKid: [401, OURS],
    clockToleranceMs: [0, `${MEASURED}: a skew of 1 s is rejected`],
  },
);
