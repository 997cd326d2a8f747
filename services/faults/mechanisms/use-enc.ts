/** A signing key labelled for encryption: the bytes are right, and a verifier that reads `use` must not touch it. */
import { alteringKeys } from '../key-set.ts';
import type { FaultAbout, FaultMechanism } from '../mechanism.ts';

export const USE_ENC: FaultAbout = {
  name: 'use-enc',
  sentence: 'The keys of the set say that they are for encryption, not for signatures.',
  source: 'auth0/node-jwks-rsa#70: keys without use=sig leave "no signing keys"',
  layer: 'document',
};

export function useEnc(): FaultMechanism {
  return alteringKeys(USE_ENC, 'publishes its keys with use=enc', (keys) =>
    keys.some(({ use }) => use !== 'enc') ? keys.map((key) => ({ ...key, use: 'enc' })) : undefined,
  );
}
