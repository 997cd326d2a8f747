/** Keys renewed by the clock, before they go stale and whether or not anybody asks. */
import type { Mitigation, NotApplicable, Scenario } from '../../../simulator/contract/index.ts';
import type { VerifierProfile } from '../../backend/index.ts';
import { diff } from '../diff.ts';
import { NO_TOKENS, tokenInstances, withVerifier } from './token-instances.ts';

const ID = 'refresh-ahead';

/** Nimbus’ JWKSourceBuilder: time to live 5 minutes, refreshed 30 s before. For keys that never go stale: as if they did so. */
const AHEAD_MS = 30_000;
const DEFAULT_TTL_MS = 300_000;
/** Microsoft.IdentityModel spreads its refreshes by up to 5 %. */
const JITTER_RATIO = 0.05;

export const refreshAhead: Mitigation = {
  id: ID,
  family: 'keys-missing-at-start',
  place: 'backend',
  sentence:
    'Each instance renews its keys in the background 30 seconds before they go stale, every 4½ minutes by default.',
  source:
    'Nimbus JWKSourceBuilder’s refresh-ahead (300 s, 30 s ahead); jitter of 5 % after Microsoft.IdentityModel’s ConfigurationManager.',
  hurtsWhen:
    'Many instances renew often from a provider with little to spare; a wrong document reaches everybody sooner.',
  change: diff('+  setInterval(() => fetchKeys().then(replace, log), 270_000 * (1 + 0.05 * Math.random()));'),
  apply: refreshing,
};

function refreshing(scenario: Scenario): Scenario | NotApplicable {
  const instances = tokenInstances(scenario);
  if (instances.length === 0) return NO_TOKENS;
  if (instances.every(({ options }) => options.verifier!.cacheScope === 'kid')) {
    return { notApplicable: 'keys are fetched one by one here, for the tokens that come' };
  }
  if (instances.every(({ options }) => withClock(options.verifier!) === options.verifier)) {
    return { notApplicable: 'keys are renewed by the clock here already' };
  }
  return withVerifier(scenario, withClock);
}

function withClock(profile: VerifierProfile): VerifierProfile {
  const ttlMs = profile.ttlMs === Infinity ? DEFAULT_TTL_MS : profile.ttlMs;
  const backgroundIntervalMs = Math.max(ttlMs / 2, ttlMs - AHEAD_MS);
  if (profile.cacheScope === 'kid' || profile.backgroundIntervalMs <= backgroundIntervalMs) return profile;
  const acts = { ...profile.acts, byTheClock: ID };
  return { ...profile, backgroundIntervalMs, backgroundJitterRatio: JITTER_RATIO, acts };
}
