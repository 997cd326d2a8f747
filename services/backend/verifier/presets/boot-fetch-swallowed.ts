/** The hand-written cache behind many an outage: one fetch at boot, its error logged and swallowed. */
import { verifierProfile } from '../profile.ts';
import type { VerifierPreset } from './preset.ts';

export const bootFetchSwallowed: VerifierPreset = {
  id: 'boot-fetch-swallowed',
  sentence: 'Fetches once, at boot; when that fails it logs the error and answers 401 until it is restarted.',
  source:
    'No mainstream Node library: the shape that the Napta report of 19 December 2025 describes, reported alike of Gloo ext-auth (kgateway-dev/kgateway#7803) and of kthena router (volcano-sh/kthena#1614).',
  profile: verifierProfile({
    ttlMs: Infinity,
    cooldownAfterSuccessMs: 0,
    unknownKid: 'never',
    startup: { mode: 'eager-swallow' },
    statusOnKeysUnavailable: 401,
    statusOnUnknownKid: 401,
  }),
};
