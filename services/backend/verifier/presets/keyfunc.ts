/** MicahParks/keyfunc: starts without keys when it must, and looks again in an hour, or once in five minutes. */
import { OURS, presetOf } from './preset.ts';

const SOURCE = 'read in jwkset';

export const keyfunc = presetOf(
  {
    id: 'keyfunc',
    sentence:
      'Fetches at boot and logs a failure; then every hour, and for unknown kids once in 5 minutes, of which one caller may wait a minute.',
    source: 'MicahParks/keyfunc v3 (7 October 2025) with jwkset (15 September 2025), defaults: read, not run.',
  },
  {
    ttlMs: [Infinity, `${SOURCE}: a failed refresh keeps the old set`],
    cooldownAfterSuccessMs: [0, SOURCE],
    singleFlight: [false, `${SOURCE}: each caller needs a turn of the limiter`],
    fetchTimeoutMs: [60_000, SOURCE],
    unknownKid: [{ limit: 1, perMs: 300_000, waitAtMostMs: 60_000 }, SOURCE],
    backgroundIntervalMs: [3_600_000, SOURCE],
    startup: [{ mode: 'eager-swallow' }, `${SOURCE}: NoErrorReturnFirstHTTPReq`],
    statusOnKeysUnavailable: [401, OURS],
    statusOnUnknownKid: [401, OURS],
    clockToleranceMs: [0, 'golang-jwt, from memory'],
  },
);
