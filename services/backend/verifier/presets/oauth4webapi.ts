/** oauth4webapi: five minutes of cache, cleared before each fetch. */
import { MEASURED, OURS, presetOf } from './preset.ts';

export const oauth4webapi = presetOf(
  {
    id: 'oauth4webapi',
    sentence:
      'Keeps the set 5 minutes, asks for an unknown kid when it is older than a minute; that, when it fails, costs all keys.',
    source: 'oauth4webapi 3.8.8, validateJwtAccessToken: measured on Node 20.20.2 on loopback.',
  },
  {
    ttlMs: [300_000, MEASURED],
    staleOnError: ['none', MEASURED],
    cooldownAfterSuccessMs: [60_000, MEASURED],
    singleFlight: [true, `${MEASURED}: 50 requests at once are 1 fetch`],
    fetchTimeoutMs: [305_000, `${MEASURED}, without a signal`],
    unknownKid: ['refetch', `${MEASURED}, when the set is older than 60 s`],
    failedRefreshDropsKnownGood: [true, `${MEASURED}: the cache is cleared before the fetch`],
    acceptEmptySet: [true, `${MEASURED}: an empty set rejects everybody for up to 60 s`],
    startup: [{ mode: 'lazy' }, MEASURED],
    statusOnKeysUnavailable: [401, OURS],
    statusOnUnknownKid: [401, OURS],
    clockToleranceMs: [30_000, `${MEASURED}: accepted at 29 s, rejected at 31 s`],
  },
);
