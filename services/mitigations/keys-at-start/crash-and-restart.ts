/** No keys, no process: the platform starts it again until it gets them. */
import type { Mitigation, NotApplicable, Scenario } from '../../../simulator/contract/index.ts';
import { fetchesKeysAtBoot, type VerifierProfile } from '../../backend/index.ts';
import { diff } from '../diff.ts';
import { NO_BOOT_FETCH, NOTHING_RESTARTS, supervised, tokenInstances, withVerifier } from './token-instances.ts';

const ID = 'crash-and-restart';

/** The pauses are the orchestrator’s: 10 s, doubled to 5 minutes (CrashLoopBackOff of Kubernetes’ kubelet). */
export const crashAndRestart: Mitigation = {
  id: ID,
  family: 'keys-missing-at-start',
  place: 'backend',
  sentence: 'A process that gets no keys at boot ends, and the platform starts it again, later each time.',
  source:
    'Common practice, “fail fast”: go-oidc’s NewProvider and oauth2-proxy exit; pauses of Kubernetes’ CrashLoopBackOff.',
  hurtsWhen:
    'The outage is long: the last pause can be 5 minutes, so that instances come back up to 5 minutes after the provider.',
  change: diff('-  await fetchKeys().catch(log);', '+  await fetchKeys();   // let it throw: no keys, no process'),
  apply: failingFast,
};

function failingFast(scenario: Scenario): Scenario | NotApplicable {
  const eager = tokenInstances(scenario).filter(({ options }) => fetchesKeysAtBoot(options.verifier!));
  if (eager.length === 0) return NO_BOOT_FETCH;
  const watched = supervised(scenario, [...new Set(eager.map(({ pool }) => pool))]);
  return watched === undefined ? NOTHING_RESTARTS : withVerifier(watched, crashing);
}

function crashing(profile: VerifierProfile): VerifierProfile {
  if (!fetchesKeysAtBoot(profile)) return profile;
  return { ...profile, startup: { mode: 'eager-crash' }, acts: { ...profile.acts, crash: ID } };
}
