/** jwks-rsa of Auth0: single keys, each with an age of its own; every unknown kid is a fetch. */
import { MEASURED, presetOf, READ } from './preset.ts';

export const jwksRsa = presetOf(
  {
    id: 'jwks-rsa',
    sentence:
      'Keeps each key 10 minutes, five keys at most, and fetches for every unknown kid; 500 when it cannot (express-jwt).',
    source:
      'jwks-rsa 4.1.0 with its defaults, in express-jwt through expressJwtSecret: measured on Node 20.20.2 on loopback.',
    differences: [
      'A key set that holds something that is no object fails the real fetch with another error; both reject.',
      'The real one takes the first key that bears the kid, whatever its type; the model passes over keys that cannot fit.',
    ],
  },
  {
    ttlMs: [600_000, `${MEASURED}, of each key`],
    staleOnError: ['none', MEASURED],
    cooldownAfterSuccessMs: [0, `${MEASURED}: a new key is accepted at once`],
    singleFlight: [true, `${MEASURED}: 50 requests at once are 1 fetch`],
    joinWithinMs: [1_000, `${READ} (lru-memoizer, queueTTL)`],
    fetchTimeoutMs: [30_000, `${MEASURED}: 30.2 s to the error`],
    cutBody: ['hangs', `${MEASURED}: never settles`],
    cacheScope: ['kid', MEASURED],
    keyCountLimit: [5, `${READ}: cacheMaxEntries`],
    severalKeys: ['first', READ],
    unknownKid: ['refetch', `${MEASURED}: 100 bogus kids are 100 fetches`],
    acceptEmptySet: [false, `${MEASURED}: an empty set is an error`],
    startup: [{ mode: 'lazy' }, MEASURED],
    statusOnKeysUnavailable: [500, `${MEASURED} in express-jwt`],
    statusOnUnknownKid: [401, `${MEASURED} in express-jwt`],
    clockToleranceMs: [0, `${MEASURED} of jsonwebtoken`],
  },
);
