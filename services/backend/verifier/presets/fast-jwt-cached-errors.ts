/** get-jwks behind a cache of verdicts: what was rejected in the outage stays rejected after it. */
import { getJwks } from './get-jwks.ts';
import { MEASURED, variantOf } from './preset.ts';

export const fastJwtCachedErrors = variantOf(
  getJwks,
  {
    id: 'fast-jwt-cached-errors',
    sentence: 'get-jwks in @fastify/jwt with the cache of fast-jwt on: a rejected token stays rejected for 10 minutes.',
    source:
      'fast-jwt 6.3.6 with cache: true and errorCacheTTL: 600 000, the default of @fastify/jwt: measured on Node 20.20.2.',
    differences: [
      'Accepted tokens are cached by the real one as well, so that a removed key lives on in them; not here.',
    ],
  },
  { tokenErrorCacheTtlMs: [600_000, MEASURED] },
);
