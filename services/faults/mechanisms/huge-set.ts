/** Keys that were never cleared away: the set outgrows the limits of those who read it. */
import type { Jwk } from '../../../simulator/contract/index.ts';
import { alteringKeys } from '../key-set.ts';
import type { FaultAbout, FaultMechanism } from '../mechanism.ts';
import { requireWhole } from '../option-check.ts';

export const HUGE_SET: FaultAbout = {
  name: 'huge-set',
  sentence: 'The key set holds thousands of other keys before the good ones.',
  source: 'GluuFederation/flex#969: the set outgrew the limit of 51,200 bytes in a common client library',
  layer: 'document',
};

export interface HugeSetOptions {
  /** Other keys, 1 to 100,000; 5,000 by default. */
  readonly keyCount?: number;
}

export function hugeSet({ keyCount = 5_000 }: HugeSetOptions = {}): FaultMechanism {
  requireWhole('huge-set', 'keyCount', keyCount, 1, 100_000);
  const others = Array.from({ length: keyCount }, (_, index) => retiredKey(index + 1));
  return alteringKeys(HUGE_SET, `publishes ${keyCount} other keys`, (keys) => [...others, ...keys]);
}

function retiredKey(number: number): Jwk {
  const kid = `retired-${number}`;
  return { kty: 'EC', crv: 'P-256', kid, alg: 'ES256', use: 'sig', material: kid };
}
