/** One broken entry among good ones: a verifier that reads the set as a whole loses all of it. */
import { addingKey } from '../key-set.ts';
import type { FaultAbout, FaultMechanism } from '../mechanism.ts';

export const MALFORMED_KEY: FaultAbout = {
  name: 'malformed-key',
  sentence: 'A key without its public part stands beside the good ones.',
  source: 'open-policy-agent/opa#3038: one key without its parameters stops the verification of all',
  layer: 'document',
};

export function malformedKey(): FaultMechanism {
  const key = { kty: 'EC', crv: 'P-256', kid: 'malformed-key', alg: 'ES256', use: 'sig' };
  return addingKey(MALFORMED_KEY, 'publishes a malformed key beside the good ones', key);
}
