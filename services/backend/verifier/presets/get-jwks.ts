/** get-jwks in @fastify/jwt: a minute of cache, then any failure serves the stale key as long as traffic is steady. */
import { MEASURED, presetOf, READ } from './preset.ts';

export const getJwks = presetOf(
  {
    id: 'get-jwks',
    sentence:
      'Keeps each key a minute; a refresh that fails or lacks the key serves the old one while traffic is steady.',
    source: 'get-jwks 11.0.3 in @fastify/jwt 10.2.8, recipe of its README: measured on Node 20.20.2 on loopback.',
    differences: [
      'The real one takes the first key of that kid and algorithm, whatever its type and use; the model passes over keys that cannot fit.',
    ],
  },
  {
    ttlMs: [60_000, MEASURED],
    staleOnError: [
      { whileTrafficGapUnderMs: 60_000 },
      `${MEASURED}: 240 of 240 at one in 30 s over 2 h, none after a gap of 90 s`,
    ],
    missingKeyIsFailure: [true, `${MEASURED}: a removed key was accepted 240 of 240 times`],
    cooldownAfterSuccessMs: [0, `${MEASURED}: a new key is accepted at once`],
    singleFlight: [true, `${MEASURED}: 50 requests at once are 1 fetch`],
    fetchTimeoutMs: [305_600, `${MEASURED}: its timeout option is ignored by the native fetch`],
    cacheScope: ['kid', MEASURED],
    keyCountLimit: [100, READ],
    severalKeys: ['first', READ],
    unknownKid: ['refetch', `${MEASURED}: 100 bogus kids are 100 fetches`],
    acceptEmptySet: [false, `${MEASURED}: the stale key is served`],
    startup: [{ mode: 'lazy' }, MEASURED],
    statusOnKeysUnavailable: [500, MEASURED],
    statusOnUnknownKid: [500, MEASURED],
    statusOnNotYetValid: [500, MEASURED],
    clockToleranceMs: [0, `${MEASURED} of @fastify/jwt`],
  },
);
