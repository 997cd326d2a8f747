/** mod_auth_openidc of Apache: an hour of cache, and one forced refresh a minute for kids that it lacks. */
import { presetOf } from './preset.ts';

const MODULE = 'read in mod_auth_openidc';

export const modAuthOpenidc = presetOf(
  {
    id: 'mod-auth-openidc',
    sentence:
      'Keeps the set an hour; an unknown kid forces a refresh, once a minute, and keeps the old set when that fails.',
    source: 'mod_auth_openidc, snapshot of 21 August 2026: read, not run.',
    differences: ['Only the time-out of 30 s is modelled, not the one of 10 s for the connection.'],
  },
  {
    ttlMs: [3_600_000, MODULE],
    staleOnError: ['none', `${MODULE}: expired and the fetch failed fails the request`],
    cooldownAfterSuccessMs: [0, MODULE],
    fetchTimeoutMs: [30_000, MODULE],
    innerRetries: [1, MODULE],
    innerRetryDelayMs: [500, MODULE],
    unknownKid: [{ limit: 1, perMs: 60_000 }, MODULE],
    failedRefreshDropsKnownGood: [false, `${MODULE}: a failed forced refresh falls back to the cache`],
    startup: [{ mode: 'lazy' }, MODULE],
    statusOnKeysUnavailable: [401, 'ours: not read'],
    statusOnUnknownKid: [401, 'ours: not read'],
    clockToleranceMs: [0, 'ours: not read'],
  },
);
