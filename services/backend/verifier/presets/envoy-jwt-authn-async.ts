/** Envoy’s jwt_authn with async_fetch: fetched by the clock, so that the keys in hand outlive an outage. */
import { envoyJwtAuthn } from './envoy-jwt-authn.ts';
import { variantOf } from './preset.ts';

const CACHE = 'read in envoy, jwt_authn/jwks_cache.cc';

export const envoyJwtAuthnAsync = variantOf(
  envoyJwtAuthn,
  {
    id: 'envoy-jwt-authn-async',
    sentence:
      'With async_fetch: fetched before the listener opens, then by the clock, each second after a failure; old keys survive.',
    source: 'Envoy jwt_authn with async_fetch, snapshot of 2026: read, not run.',
  },
  {
    ttlMs: [Infinity, `${CACHE}: the expiry is set to infinity`],
    startup: [
      { mode: 'eager-background-retry', retry: { kind: 'fixed', everyMs: 1_000 } },
      'its documentation: the listener waits for the first fetch to end, be it with a failure',
    ],
    singleFlight: [true, 'one fetcher on the main thread'],
    copiesPerInstance: [1, 'one fetcher on the main thread'],
    backgroundIntervalMs: [600_000, CACHE],
    backgroundRetry: [{ kind: 'fixed', everyMs: 1_000 }, 'its documentation: failed_refetch_duration'],
  },
);
