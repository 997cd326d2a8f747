/** HAProxy with `check` on its servers and the rest as it comes: it watches no answers, and can be told to retry on 401. */
import type { RouterPreset } from './preset.ts';

/** `retries 3` with `option redispatch 1`, so that each goes to another server; without it they go to the same one. */
export const haproxy: RouterPreset = {
  id: 'haproxy',
  sentence: 'Checks every 2 s, does not look at answers; 401 is a valid one even where it observes them.',
  source:
    'HAProxy’s doc/configuration.txt of August 21 2026: inter 2s, fall 3, rise 2, retries 3, retry-on conn-failure, observe off; timeouts as in its examples.',
  options: {
    stickiness: 'none',
    connectionIdleMs: 60_000,
    health: { path: '/readyz', periodMs: 2_000, timeoutMs: 2_000, fallCount: 3, riseCount: 2 },
    retry: { attemptCount: 3, retries: ['refused'] },
    upstreamTimeoutMs: 50_000,
  },
};
