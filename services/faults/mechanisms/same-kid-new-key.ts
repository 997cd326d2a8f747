/** A new key under an old name: a verifier that has the name in its cache never asks again. */
import { alteringKeys, impostorOf } from '../key-set.ts';
import type { FaultAbout, FaultMechanism } from '../mechanism.ts';

export const SAME_KID_NEW_KEY: FaultAbout = {
  name: 'same-kid-new-key',
  sentence: 'The keys of the set keep their kid and are other keys.',
  source: 'DataZooDE/quack-oauth#15',
  layer: 'document',
};

/** Each key is replaced by the same other one for the length of a run. */
export function sameKidNewKey(): FaultMechanism {
  return alteringKeys(SAME_KID_NEW_KEY, 'publishes other keys under the same kid', (keys, site) =>
    keys.length === 0 ? undefined : keys.map((key) => impostorOf(key, site)),
  );
}
