/**
 * Napta's plan: instances that could not get their keys at boot try again by themselves. Two schedules: a fixed pause,
 * and back-off with full jitter.
 */
import type { Mitigation, NotApplicable, Scenario } from '../../../simulator/contract/index.ts';
import { fetchesKeysAtBoot, type RetrySchedule } from '../../backend/index.ts';
import { diff } from '../diff.ts';
import { NO_BOOT_FETCH, tokenInstances, withVerifier } from './token-instances.ts';

/**
 * Fixed pause between two tries, 5 s: a common first choice. It heals within 5 s of the provider's recovery, and all
 * instances that lost their keys together ask together.
 */
export const automaticRetryFixed: Mitigation = {
  id: 'automatic-retry-fixed',
  family: 'keys-missing-at-start',
  place: 'backend',
  sentence: 'Instances without verification keys fetch them again every 5 seconds until they have them.',
  source: 'Napta’s action plan (December 23 2025): “automatic retry mechanisms”; the pause is ours.',
  hurtsWhen:
    'Many instances that lost their keys together ask together, every 5 seconds, a provider that is just coming back.',
  change: diff(
    '-  await fetchKeys().catch(log);',
    '+  while (!keys) { await fetchKeys().catch(log); if (!keys) await sleep(5_000); }',
  ),
  apply: (scenario) => withRetry(scenario, { kind: 'fixed', everyMs: 5_000, actedAs: 'automatic-retry-fixed' }),
};

/**
 * Full jitter: U(0, min(cap, base · 2^n)), base 1 s, cap 30 s (Brooker, Exponential Backoff And Jitter, AWS Architecture
 * Blog, 2015; the numbers are ours). Spreads the recovery herd; heals within the cap.
 */
export const automaticRetryBackOff: Mitigation = {
  id: 'automatic-retry-backoff',
  family: 'keys-missing-at-start',
  place: 'backend',
  sentence:
    'Instances without verification keys fetch them again, after pauses that grow to 30 seconds with full jitter.',
  source: 'Napta’s action plan; schedule after AWS Architecture Blog 2015, “Exponential Backoff And Jitter”.',
  hurtsWhen:
    'The last pause before the provider’s recovery can be the longest: up to the cap an instance still answers 401.',
  change: diff(
    '-  await fetchKeys().catch(log);',
    '+  for (let n = 0; !keys; n++) {',
    '+    await fetchKeys().catch(log);',
    '+    if (!keys) await sleep(Math.random() * Math.min(30_000, 1_000 * 2 ** n));',
    '+  }',
  ),
  apply: (scenario) =>
    withRetry(scenario, { kind: 'full-jitter', baseMs: 1_000, capMs: 30_000, actedAs: 'automatic-retry-backoff' }),
};

function withRetry(scenario: Scenario, retry: RetrySchedule): Scenario | NotApplicable {
  if (!tokenInstances(scenario).some(({ options }) => fetchesKeysAtBoot(options.verifier!))) return NO_BOOT_FETCH;
  return withVerifier(scenario, (profile) => {
    return fetchesKeysAtBoot(profile) ? { ...profile, startup: { mode: 'eager-background-retry', retry } } : profile;
  });
}
