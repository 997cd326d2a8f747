/** jwks-rsa with the limit that its documentation offers: it guards the IdP and prolongs an outage. */
import { jwksRsa } from './jwks-rsa.ts';
import { MEASURED, variantOf } from './preset.ts';

export const jwksRsaRateLimited = variantOf(
  jwksRsa,
  {
    id: 'jwks-rsa-rate-limited',
    sentence: 'jwks-rsa with rateLimit: at most 10 fetches a minute, refreshes of known keys and failed ones included.',
    source: 'jwks-rsa 4.1.0, rateLimit: true, else as jwks-rsa: measured on Node 20.20.2 on loopback.',
    differences: ['The real window begins when the process starts, the one here with the first fetch.'],
  },
  { unknownKid: [{ limit: 10, perMs: 60_000 }, `${MEASURED}: it stays broken for up to 60 s after the IdP is back`] },
);
