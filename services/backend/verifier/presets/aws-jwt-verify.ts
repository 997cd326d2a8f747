/** aws-jwt-verify: keys without an age, and a penalty box for the whole address after a kid that was not there. */
import { MEASURED, OURS, presetOf, READ } from './preset.ts';

export const awsJwtVerify = presetOf(
  {
    id: 'aws-jwt-verify',
    sentence: 'Never fetches a kid again that it knows; after a kid that was not there it fetches nothing for 10 s.',
    source: 'aws-jwt-verify 5.2.1: measured on Node 20.20.2 on loopback.',
    differences: [
      'A token without kid is rejected by the real one; here the only key that fits accepts it.',
      'The real one takes the first key that bears the kid and then refuses it when its type, use or algorithm does not fit; the model passes over keys that cannot fit, and puts such a kid into the penalty box.',
    ],
  },
  {
    ttlMs: [Infinity, `${MEASURED}: served 25 hours into an outage`],
    cooldownAfterSuccessMs: [0, MEASURED],
    singleFlight: [true, `${MEASURED}: 50 requests at once are 1 fetch`],
    fetchTimeoutMs: [3_000, `${MEASURED}: 6.0 s to the error, with the retry`],
    innerRetries: [1, MEASURED],
    innerRetriesOn: ['no-answer', `${READ}: a status other than 200 is not retried`],
    severalKeys: ['first', READ],
    unknownKid: [{ penaltyMs: 10_000 }, `${MEASURED}: 10.1 s under a flood of bogus kids`],
    failedRefreshDropsKnownGood: [false, MEASURED],
    startup: [{ mode: 'lazy' }, MEASURED],
    statusOnKeysUnavailable: [401, OURS],
    statusOnUnknownKid: [401, OURS],
    clockToleranceMs: [0, `${READ}: graceSeconds`],
  },
);
