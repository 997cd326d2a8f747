/** Envoy’s jwt_authn on demand: a cache a worker thread, and nobody fetches for an unknown kid. */
import { presetOf } from './preset.ts';

const CACHE = 'read in envoy, jwt_authn/jwks_cache.cc';
const AUTHENTICATOR = 'read in envoy, jwt_authn/authenticator.cc';

export const envoyJwtAuthn = presetOf(
  {
    id: 'envoy-jwt-authn',
    sentence:
      'Each worker thread fetches with its first tokens and keeps the set 10 minutes; nothing asks for an unknown kid.',
    source: 'Envoy jwt_authn, on demand, snapshot of 2026: read, not run.',
    differences: ['The real one judges times before keys, so an expired token causes no fetch.'],
  },
  {
    ttlMs: [600_000, CACHE],
    staleOnError: ['none', `${CACHE}: expired and the fetch failed is 401`],
    singleFlight: [false, `${AUTHENTICATOR}: each request has a fetcher of its own`],
    fetchTimeoutMs: [5_000, 'ours: http_uri.timeout has to be set, its example says 5 s'],
    innerRetries: [0, 'its documentation: the retry policy is off by default'],
    unknownKid: ['never', `${AUTHENTICATOR}: a note says that it might be done`],
    startup: [{ mode: 'lazy' }, 'its documentation'],
    copiesPerInstance: [4, 'one a worker thread; how many is ours'],
    statusOnKeysUnavailable: [401, 'kgateway-dev/kgateway#4771: “Jwks remote fetch is failed”'],
    statusOnUnknownKid: [401, 'from memory'],
    clockToleranceMs: [60_000, 'read in config.proto'],
  },
);
