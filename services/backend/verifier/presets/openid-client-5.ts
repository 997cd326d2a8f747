/** openid-client 5: keys without an age, forgotten before each fetch for an unknown kid. */
import { MEASURED, OURS, presetOf, READ } from './preset.ts';

export const openidClient5 = presetOf(
  {
    id: 'openid-client-5',
    sentence:
      'Never fetches a known kid again, an unknown one once a minute; that fetch, when it fails, costs all known keys.',
    source: 'openid-client 5.7.1, its key store, with discovery at boot: measured on Node 20.20.2 on loopback.',
    differences: [
      'A key of the set that no token named in the minute after the fetch is fetched anew by the real one when a token names it; here it is known.',
      'A boot whose rejected discovery is caught and logged never works again; that is the preset boot-fetch-swallowed.',
    ],
  },
  {
    ttlMs: [Infinity, `${MEASURED}: served 25 hours into an outage`],
    cooldownAfterSuccessMs: [60_000, MEASURED],
    singleFlight: [true, `${MEASURED}: 50 requests at once are 1 fetch`],
    fetchTimeoutMs: [3_500, MEASURED],
    fetchesPerAttempt: [2, 'its documentation: the issuer is discovered'],
    discoveryTtlMs: [Infinity, `${READ}: the issuer’s metadata are kept`],
    unknownKid: ['refetch', `${MEASURED}, once in 60 s`],
    failedRefreshDropsKnownGood: [true, `${MEASURED}: cache.reset() comes before the fetch`],
    startup: [{ mode: 'eager-crash', fetches: 'discovery' }, 'its documentation: Issuer.discover() is awaited at boot'],
    statusOnKeysUnavailable: [401, OURS],
    statusOnUnknownKid: [401, OURS],
    clockToleranceMs: [0, `${READ}: CLOCK_TOLERANCE`],
  },
);
