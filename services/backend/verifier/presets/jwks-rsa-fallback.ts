/** jwks-rsa with its stale-if-error, an option of version 4.1. */
import { jwksRsa } from './jwks-rsa.ts';
import { MEASURED, variantOf } from './preset.ts';

export const jwksRsaFallback = variantOf(
  jwksRsa,
  {
    id: 'jwks-rsa-fallback',
    sentence:
      'jwks-rsa with cacheMaxAgeFallback of an hour: while the IdP cannot be reached, old keys serve so much longer.',
    source: 'jwks-rsa 4.1.0, cacheMaxAgeFallback: 3 600 000, else as jwks-rsa: measured on Node 20.20.2 on loopback.',
  },
  { staleOnError: [{ forMs: 3_600_000 }, `${MEASURED}: served at 25 minutes, not at 2 hours; the length is ours`] },
);
