/** The shape of faults that change a JWK Set (RFC 7517, section 5) on its way out. Other answers pass untouched, unfelt. */
import type { Jwk } from '../../simulator/contract/index.ts';
import { altering, isDocument } from './alteration.ts';
import type { FaultAbout, FaultMechanism, FaultSite } from './mechanism.ts';

/** The keys to publish instead, or undefined when there is nothing to change. */
export type ChangeKeys = (keys: readonly Jwk[], site: FaultSite) => readonly Jwk[] | undefined;

export function alteringKeys(about: FaultAbout, deed: string, change: ChangeKeys): FaultMechanism {
  return altering(about, deed, (response, site) => {
    const { body } = response;
    if (!isKeySet(body)) return undefined;
    const keys = change(body.keys, site);
    return keys === undefined ? undefined : { ...response, body: { ...body, keys } };
  });
}

/** Publishes one more key. It stands first, where a client that stops at the first oddity meets it. */
export function addingKey(about: FaultAbout, deed: string, key: Jwk): FaultMechanism {
  return alteringKeys(about, deed, (keys) => [key, ...keys]);
}

/**
 * A key with the same `kid` and other material, the same one each time in a run: what an identity provider publishes
 * that names keys by position or by date.
 */
export function impostorOf(key: Jwk, { world, memory }: FaultSite): Jwk {
  const name = `impostor of ${key.kid ?? ''} ${key.material ?? ''}`;
  const known = memory.get(name) as Jwk | undefined;
  if (known !== undefined) return known;
  const made = world.seals.createKey(key.kid ?? '', key.kty === 'RSA' ? 'RS256' : 'ES256');
  const impostor: Jwk = { ...key, material: world.seals.publicJwk(made).material ?? '' };
  memory.set(name, impostor);
  return impostor;
}

function isKeySet(body: unknown): body is { readonly keys: readonly Jwk[] } {
  return isDocument(body) && 'keys' in body && Array.isArray(body.keys);
}
