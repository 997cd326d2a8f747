/** Two keys under one name: some verifiers refuse to choose, some try the first only, some keep the last. */
import { alteringKeys, impostorOf } from '../key-set.ts';
import type { FaultAbout, FaultMechanism } from '../mechanism.ts';

export const DUPLICATE_KID: FaultAbout = {
  name: 'duplicate-kid',
  sentence: 'Each key of the set has a twin with the same kid and other key material.',
  source: 'keycloak/keycloak#15616: several keys under one kid, the wrong one chosen',
  layer: 'document',
};

export interface DuplicateKidOptions {
  /** Where the twin stands. `before` fails who takes the first, `after` who keeps the last. `before` by default. */
  readonly twin?: 'before' | 'after';
}

export function duplicateKid({ twin = 'before' }: DuplicateKidOptions = {}): FaultMechanism {
  return alteringKeys(DUPLICATE_KID, 'publishes each kid twice', (keys, site) => {
    if (keys.length === 0) return undefined;
    return keys.flatMap((key) => (twin === 'before' ? [impostorOf(key, site), key] : [key, impostorOf(key, site)]));
  });
}
