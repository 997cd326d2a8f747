/** coreos/go-oidc: discovery or death at boot, then keys that live until an unknown kid comes. */
import { OURS, presetOf } from './preset.ts';

const KEY_SET = 'read in go-oidc, oidc/jwks.go';

export const goOidc = presetOf(
  {
    id: 'go-oidc',
    sentence:
      'Discovers at boot or exits; keys have no age; every unknown kid is a fetch, shared while it is under way.',
    source: 'coreos/go-oidc v3, snapshot of 19 March 2024: read, not run.',
    differences: [
      'A token whose kid is known and whose signature is bad makes the real one fetch; not here.',
      'Versions before #260 and WithoutCancel kept the context given at construction, and failed for ever once that was cancelled.',
    ],
  },
  {
    ttlMs: [Infinity, KEY_SET],
    cooldownAfterSuccessMs: [0, `${KEY_SET}: no back-off`],
    singleFlight: [true, KEY_SET],
    fetchTimeoutMs: [Infinity, 'Go’s http.DefaultClient has no time-out, from memory; the context can end it'],
    fetchesPerAttempt: [2, 'read in go-oidc: NewProvider'],
    discoveryTtlMs: [Infinity, 'read in go-oidc: NewProvider'],
    unknownKid: ['refetch', KEY_SET],
    failedRefreshDropsKnownGood: [false, KEY_SET],
    startup: [
      { mode: 'eager-crash', fetches: 'discovery' },
      'read in go-oidc: NewProvider returns the error, callers exit',
    ],
    statusOnKeysUnavailable: [401, OURS],
    statusOnUnknownKid: [401, OURS],
    clockToleranceMs: [0, 'read in oidc/verify.go: none on exp'],
    nbfToleranceMs: [300_000, 'read in oidc/verify.go'],
  },
);
