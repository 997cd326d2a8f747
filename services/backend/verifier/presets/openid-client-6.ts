/** openid-client 6: oauth4webapi with a patience of its own, and discovery at boot. */
import { oauth4webapi } from './oauth4webapi.ts';
import { READ, variantOf } from './preset.ts';

export const openidClient6 = variantOf(
  oauth4webapi,
  {
    id: 'openid-client-6',
    sentence: 'oauth4webapi with a patience of 30 s and the discovery awaited at boot.',
    source: 'openid-client 6.8.9 over oauth4webapi 3.8.8: the latter measured, its patience read in build/index.js.',
  },
  {
    fetchTimeoutMs: [30_000, READ],
    singleFlight: [
      false,
      `${READ}: each call has a signal of its own, and oauth4webapi shares calls of one signal only`,
    ],
    fetchesPerAttempt: [2, 'its documentation: the server is discovered'],
    discoveryTtlMs: [Infinity, `${READ}: the server’s metadata are kept`],
    startup: [{ mode: 'eager-crash', fetches: 'discovery' }, 'its documentation: discovery() is awaited at boot'],
  },
);
