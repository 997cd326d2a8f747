/** A modern key beside the usual ones: valid, and more than many verifiers can read. */
import { addingKey } from '../key-set.ts';
import type { FaultAbout, FaultMechanism } from '../mechanism.ts';

export const ED25519_KEY: FaultAbout = {
  name: 'ed25519-key',
  sentence: 'An Ed25519 key stands beside the good ones.',
  source: 'PrefectHQ/fastmcp#4517: one Ed25519 key in the set rejects all tokens',
  layer: 'document',
};

export function ed25519Key(): FaultMechanism {
  const key = { kty: 'OKP', crv: 'Ed25519', kid: 'ed25519-key', alg: 'EdDSA', use: 'sig', material: 'ed25519-key' };
  return addingKey(ED25519_KEY, 'publishes an Ed25519 key beside the good ones', key);
}
