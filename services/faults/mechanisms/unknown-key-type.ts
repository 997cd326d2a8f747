/** A key of tomorrow beside those of today. RFC 7517, section 5, says to ignore it; parsers that are strict lose the set. */
import { addingKey } from '../key-set.ts';
import type { FaultAbout, FaultMechanism } from '../mechanism.ts';

export const UNKNOWN_KEY_TYPE: FaultAbout = {
  name: 'unknown-key-type',
  sentence: 'A key of an unknown type stands beside the good ones.',
  source: 'FusionAuth/fusionauth-jwt#80: one key of an unknown type fails the whole set',
  layer: 'document',
};

export function unknownKeyType(): FaultMechanism {
  const key = { kty: 'AKP', kid: 'unknown-key-type', alg: 'ML-DSA-65', use: 'sig', material: 'unknown-key-type' };
  return addingKey(UNKNOWN_KEY_TYPE, 'publishes a key of an unknown type beside the good ones', key);
}
