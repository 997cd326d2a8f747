/** Old keys rather than none: a set past its time is served while it cannot be renewed. */
import type { Mitigation, NotApplicable, Scenario } from '../../../simulator/contract/index.ts';
import type { VerifierProfile } from '../../backend/index.ts';
import { diff } from '../diff.ts';
import { NO_TOKENS, tokenInstances, withVerifier } from './token-instances.ts';

const ID = 'stale-if-error';

/** Ours; as long as the budget for a removed key, which the time to live then exceeds. jwks-rsa’s option has no default. */
const FOR_MS = 3_600_000;

export const staleIfError: Mitigation = {
  id: ID,
  family: 'keys-missing-at-start',
  place: 'backend',
  sentence: 'Keys past their time to live are served for another hour while they cannot be renewed.',
  source: 'RFC 5861, stale-if-error; jwks-rsa 4.1.0’s cacheMaxAgeFallback, Nimbus’ outageTolerant. The hour is ours.',
  hurtsWhen:
    'A key is withdrawn because it leaked while its document cannot be fetched: until the hour is over it opens every door. A process that never had keys has none to serve.',
  change: diff(
    '-  jwksClient({ jwksUri, cache: true });',
    '+  jwksClient({ jwksUri, cache: true, cacheMaxAgeFallback: 3_600_000 });',
  ),
  apply: tolerant,
};

function tolerant(scenario: Scenario): Scenario | NotApplicable {
  const instances = tokenInstances(scenario);
  if (instances.length === 0) return NO_TOKENS;
  if (instances.every(({ options }) => options.verifier!.ttlMs === Infinity)) {
    return { notApplicable: 'verification keys never go stale here' };
  }
  if (instances.every(({ options }) => servingStale(options.verifier!) === options.verifier)) {
    return { notApplicable: 'stale keys are served here already' };
  }
  return withVerifier(scenario, servingStale);
}

function servingStale(profile: VerifierProfile): VerifierProfile {
  const { staleOnError, ttlMs, acts } = profile;
  const lessServed =
    staleOnError === 'none' ||
    (typeof staleOnError === 'object' && 'forMs' in staleOnError && staleOnError.forMs < FOR_MS);
  if (ttlMs === Infinity || !lessServed) return profile;
  return { ...profile, staleOnError: { forMs: FOR_MS }, acts: { ...acts, stale: ID } };
}
