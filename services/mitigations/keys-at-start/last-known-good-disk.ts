/** What the last process had is not lost with it: the key set stays on the disk for the next one. */
import type { Mitigation, NotApplicable, Scenario } from '../../../simulator/contract/index.ts';
import { diff } from '../diff.ts';
import { NO_TOKENS, tokenInstances, withVerifier } from './token-instances.ts';

const ID = 'last-known-good-disk';

/** Ours: a day. Istio keeps a set for 7 days without a refresh. */
const FOR_MS = 86_400_000;

export const lastKnownGoodDisk: Mitigation = {
  id: ID,
  family: 'keys-missing-at-start',
  place: 'backend',
  sentence: 'A process that gets no keys judges by those that its predecessor left on the disk, up to a day old.',
  source: 'Common practice for configuration; Istio keeps keys 7 days without a refresh. The day is ours.',
  hurtsWhen:
    'The instance is new, as after a scale-out, or its disk does not outlive it, as a container’s: there is nothing on it. A withdrawn key stays good for whoever starts without the provider.',
  change: diff(
    '   const keys = await fetchKeys()',
    '+    .then((set) => { writeFileSync(keysFile, JSON.stringify(set)); return set; })',
    "+    .catch(() => JSON.parse(readFileSync(keysFile, 'utf8')));",
  ),
  apply: remembering,
};

function remembering(scenario: Scenario): Scenario | NotApplicable {
  if (tokenInstances(scenario).length === 0) return NO_TOKENS;
  return withVerifier(scenario, (profile) => {
    return { ...profile, fallbacks: { ...profile.fallbacks, disk: { forMs: FOR_MS, actedAs: ID } } };
  });
}
