/** Keys when they are needed, in place of once at boot: what nearly every library does when it is left alone. */
import type { Mitigation, NotApplicable, Scenario } from '../../../simulator/contract/index.ts';
import { fetchesKeysAtBoot, type VerifierProfile } from '../../backend/index.ts';
import { diff } from '../diff.ts';
import { NO_BOOT_FETCH, tokenInstances, withVerifier } from './token-instances.ts';

const ID = 'lazy-fetch';

/** jose's cooldown between two fetches for an unknown key (6.2.17, measured); without one bogus tokens flood the provider. */
const COOLDOWN_MS = 30_000;

export const lazyFetch: Mitigation = {
  id: ID,
  family: 'keys-missing-at-start',
  place: 'backend',
  sentence:
    'Instances fetch keys when a token needs one that they do not hold, at most every 30 seconds for unknown keys.',
  source: 'jose 6.2.17, createRemoteJWKSet: lazy, cooldown 30 s (measured); the same in most Node libraries.',
  hurtsWhen:
    'While the provider is away every request tries and waits for it: with a provider that hangs, for seconds or minutes.',
  change: diff(
    '-  const keys = await fetchKeys().catch(log);',
    '+  const keys = createRemoteJWKSet(new URL(jwksUri), { cooldownDuration: 30_000 });',
  ),
  apply: fetchingOnDemand,
};

function fetchingOnDemand(scenario: Scenario): Scenario | NotApplicable {
  const eager = tokenInstances(scenario).some(({ options }) => fetchesKeysAtBoot(options.verifier!));
  return eager ? withVerifier(scenario, lazily) : NO_BOOT_FETCH;
}

function lazily(profile: VerifierProfile): VerifierProfile {
  if (!fetchesKeysAtBoot(profile)) return profile;
  const lazy = { ...profile, startup: { mode: 'lazy' as const }, acts: { ...profile.acts, onDemand: ID } };
  if (profile.unknownKid !== 'never') return lazy;
  return { ...lazy, unknownKid: 'refetch', cooldownAfterSuccessMs: COOLDOWN_MS };
}
