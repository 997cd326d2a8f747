/** Auth0's middleware for Express: jose inside, discovery before it, every trouble a 401, no end to a hang. */
import { MEASURED, presetOf } from './preset.ts';

export const expressOauth2JwtBearer = presetOf(
  {
    id: 'express-oauth2-jwt-bearer',
    sentence: 'jose behind a discovery document that is kept 10 minutes; an IdP that hangs is waited for without end.',
    source: 'express-oauth2-jwt-bearer 1.10.0, which bundles jose 4.15.9: measured on Node 20.20.2 on loopback.',
    differences: [
      'The real one looks at the age of the discovery document on each request, the model when it fetches keys: after a refetch for an unknown kid real tokens can fail up to 10 minutes earlier.',
    ],
  },
  {
    ttlMs: [600_000, `${MEASURED}, of the document and of the set`],
    staleOnError: ['none', MEASURED],
    cooldownAfterSuccessMs: [30_000, MEASURED],
    singleFlight: [true, `${MEASURED}: 50 requests at once are 2 fetches`],
    fetchTimeoutMs: [Infinity, `${MEASURED}: no answer in 330 s; timeoutDuration aborts nothing`],
    fetchesPerAttempt: [2, MEASURED],
    discoveryTtlMs: [600_000, MEASURED],
    discoveryUrlCount: [2, `${MEASURED}: 20 requests in an outage are 40 fetches`],
    unknownKid: ['refetch', `${MEASURED}, outside the cooldown`],
    acceptEmptySet: [true, `${MEASURED}: an empty set rejects everybody for 30 s`],
    startup: [{ mode: 'lazy' }, MEASURED],
    statusOnKeysUnavailable: [401, `${MEASURED}: invalid_token, “Failed to fetch authorization server metadata”`],
    statusOnUnknownKid: [401, MEASURED],
    clockToleranceMs: [5_000, `${MEASURED}: accepted at 4 s, rejected at 20 s`],
  },
);
