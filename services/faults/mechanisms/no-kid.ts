/** `kid` is optional in a JWK (RFC 7517, section 4.5), and yet the only thing by which most verifiers find their key. */
import type { Jwk } from '../../../simulator/contract/index.ts';
import { alteringKeys } from '../key-set.ts';
import type { FaultAbout, FaultMechanism } from '../mechanism.ts';

export const NO_KID: FaultAbout = {
  name: 'no-kid',
  sentence: 'The keys of the set have no kid.',
  source: 'panva/node-oidc-provider#144',
  layer: 'document',
};

export function noKid(): FaultMechanism {
  return alteringKeys(NO_KID, 'publishes its keys without a kid', (keys) =>
    keys.some(({ kid }) => kid !== undefined) ? keys.map(withoutKid) : undefined,
  );
}

function withoutKid({ kid: _, ...rest }: Jwk): Jwk {
  return rest;
}
