/** Istio: the control plane fetches, and a failure at the wrong moment is pushed to everybody as a key of its own. */
import { presetOf } from './preset.ts';

export const istio = presetOf(
  {
    id: 'istio',
    sentence:
      'istiod fetches: a failure pushes a key that nobody owns, and is tried again after 1 minute, doubling to an hour; else every 20 minutes.',
    source:
      'Istio, istiod fetching (PILOT_JWT_ENABLE_REMOTE_JWKS=false), snapshot of 22 August 2026: read, not run; istio#42202, #37456, #61086.',
    differences: [
      'Each instance has an istiod of its own here, which starts with it: a mesh whose control plane has just restarted (istio#61086). A warm istiod would give new proxies the keys it holds.',
      'The seven tries, 1 s apart, of a background refresh are one try here: an outage of more than 8 s defeats them alike.',
      'After 7 days without a refresh a token makes the model fetch; the real one goes on waiting.',
    ],
  },
  {
    ttlMs: [604_800_000, 'read in istio: evicted after 7 days without a successful refresh'],
    fetchTimeoutMs: [5_000, 'ours'],
    innerRetries: [0, 'read in istio: none on the path of a config push'],
    unknownKid: ['never', 'read in istio: polled'],
    backgroundIntervalMs: [1_200_000, 'read in istio: every 20 minutes'],
    backgroundRetry: [{ kind: 'doubling', baseMs: 60_000, capMs: 3_600_000 }, 'read in istio'],
    startup: [
      { mode: 'eager-background-retry', retry: { kind: 'doubling', baseMs: 60_000, capMs: 3_600_000 } },
      'read in istio; “at best 20 minutes but usually more” (istio#37456)',
    ],
    statusOnKeysUnavailable: [401, 'read in istio: a public key whose private key was discarded'],
    statusOnUnknownKid: [401, 'from memory'],
    clockToleranceMs: [60_000, 'that of Envoy, read in config.proto'],
  },
);
