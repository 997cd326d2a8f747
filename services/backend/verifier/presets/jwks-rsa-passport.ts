/** jwks-rsa where its errors become 401: the same outage, hidden from whoever counts 5xx. */
import { jwksRsa } from './jwks-rsa.ts';
import { MEASURED, OURS, variantOf } from './preset.ts';

export const jwksRsaPassport = variantOf(
  jwksRsa,
  {
    id: 'jwks-rsa-passport',
    sentence: 'jwks-rsa in passport-jwt or koa-jwt, where an IdP that cannot be reached is answered with 401.',
    source: 'jwks-rsa 4.1.0 through passportJwtSecret and koaJwtSecret: measured on Node 20.20.2 on loopback.',
  },
  {
    statusOnKeysUnavailable: [401, `${MEASURED} in passport-jwt and koa-jwt`],
    statusOnUnknownKid: [401, `${MEASURED} in passport-jwt and koa-jwt`],
    statusOnNotYetValid: [401, OURS],
  },
);
