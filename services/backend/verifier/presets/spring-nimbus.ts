/** Spring Security's resource server over Nimbus: five minutes of cache, no limit on unknown kids, one lock. */
import { presetOf } from './preset.ts';

const DECODER = 'read in spring-security, NimbusJwtDecoder.java';
const DOCS = 'its documentation, resource-server/jwt';

export const springNimbus = presetOf(
  {
    id: 'spring-nimbus',
    sentence:
      'Discovers with the first token, keeps the set 5 minutes, fetches for every unknown kid, under one lock; 500 when it cannot.',
    source: 'Spring Security NimbusJwtDecoder with issuer-uri, snapshot of 20 August 2026: read, not run.',
    differences: [
      'Only one time-out of 30 s is modelled; the real one has one for the connection and one for each read.',
      'The 15 s of patience at the lock are the default of Nimbus’ own builder; whether Spring’s keeps it was not read.',
    ],
  },
  {
    ttlMs: [300_000, DOCS],
    staleOnError: ['none', `${DECODER}: no outage tolerance`],
    cooldownAfterSuccessMs: [0, `${DECODER}: rateLimited(false)`],
    singleFlight: ['in-turn', `${DECODER}: the fetch is made while a lock is held`],
    turnPatienceMs: [15_000, 'defaults of Nimbus JWKSourceBuilder: refresh wait'],
    fetchTimeoutMs: [30_000, DECODER],
    innerRetries: [0, `${DECODER}: no retry`],
    fetchesPerAttempt: [2, DOCS],
    discoveryTtlMs: [Infinity, `${DOCS}: the decoder is supplied once`],
    unknownKid: ['refetch', DECODER],
    startup: [{ mode: 'lazy' }, `${DOCS}: start-up does not depend on the IdP`],
    statusOnKeysUnavailable: [500, 'read in spring-security: rethrowAuthenticationServiceException = true'],
    statusOnUnknownKid: [401, 'from memory'],
    clockToleranceMs: [60_000, 'read in spring-security, JwtTimestampValidator.java'],
  },
);
