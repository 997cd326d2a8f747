/** The hand-written cache behind many an outage: one fetch at boot, its error logged and swallowed. */
import { presetOf } from './preset.ts';

const SHAPE = 'the shape that the reports describe';

export const bootFetchSwallowed = presetOf(
  {
    id: 'boot-fetch-swallowed',
    sentence: 'Fetches once, at boot; when that fails it logs the error and answers 401 until it is restarted.',
    source:
      'No mainstream Node library: the shape that the Napta report of 19 December 2025 describes, reported alike of Gloo ext-auth (kgateway-dev/kgateway#7803) and of kthena router (volcano-sh/kthena#1614).',
  },
  {
    ttlMs: [Infinity, SHAPE],
    cooldownAfterSuccessMs: [0, SHAPE],
    fetchTimeoutMs: [5_000, 'ours'],
    unknownKid: ['never', SHAPE],
    startup: [{ mode: 'eager-swallow' }, SHAPE],
    statusOnKeysUnavailable: [401, SHAPE],
    statusOnUnknownKid: [401, SHAPE],
    clockToleranceMs: [0, 'ours'],
  },
);
