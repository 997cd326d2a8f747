/** A router that fetched once and looked again in a week: ready, without restarts, and 401 to everybody. */
import { presetOf } from './preset.ts';

const KTHENA = 'volcano-sh/kthena#1614';

export const fetchedOnce = presetOf(
  {
    id: 'fetched-once',
    sentence:
      'One fetch at construction, the next in 7 days; every request 401 meanwhile, and a hang keeps the door shut.',
    source: 'kthena router as reported in volcano-sh/kthena#1614, August 2026: read, not run.',
  },
  {
    ttlMs: [Infinity, KTHENA],
    cooldownAfterSuccessMs: [0, KTHENA],
    fetchTimeoutMs: [Infinity, `${KTHENA}: a hang blocks the listener for ever`],
    unknownKid: ['never', KTHENA],
    backgroundIntervalMs: [604_800_000, KTHENA],
    startup: [{ mode: 'eager-swallow' }, KTHENA],
    statusOnKeysUnavailable: [401, KTHENA],
    statusOnUnknownKid: [401, KTHENA],
    clockToleranceMs: [0, 'ours: not read'],
  },
);
