/** A fetched key set, and which of its keys a token's header means. */
import type { Algorithm, Jwk } from '../../../simulator/contract/index.ts';

/** What can be judged here; `none` and the HMAC family are not among them, whatever a token's header says. */
const KEY_TYPES: Readonly<Record<Algorithm, { readonly kty: string; readonly crv?: string }>> = {
  ES256: { kty: 'EC', crv: 'P-256' },
  RS256: { kty: 'RSA' },
};

export function isSupported(alg: unknown): alg is Algorithm {
  return alg === 'ES256' || alg === 'RS256';
}

/** The key meant, or why there is none. */
export type Selection = Jwk | 'none' | 'several';

export class KeySet {
  readonly keys: readonly Jwk[];
  /** Sets of thousands of keys exist; a token names its own. */
  readonly #byKid = new Map<unknown, Jwk[]>();

  constructor(keys: readonly Jwk[]) {
    this.keys = keys;
    for (const jwk of keys) {
      const sameKid = this.#byKid.get(jwk.kid);
      if (sameKid === undefined) this.#byKid.set(jwk.kid, [jwk]);
      else sameKid.push(jwk);
    }
  }

  /**
   * Selects as jose 6.2.17 does (`createLocalJWKSet`): the key type fits the algorithm; `kid`, where the token has one, is
   * equal (a key without kid does not fit); `alg` and `use`, where the key has them, are the token's and `sig`. A key that
   * cannot fit is passed over, however odd. More than one that fits is an error, not a choice,
   * unless `several` has the first one taken (as jwks-rsa 4.1.0 and aws-jwt-verify 5.2.1 do).
   */
  select(alg: Algorithm, kid: string | undefined, several: 'refuse' | 'first' = 'refuse'): Selection {
    let found: Selection = 'none';
    for (const jwk of kid === undefined ? this.keys : (this.#byKid.get(kid) ?? [])) {
      if (!fits(jwk, alg)) continue;
      if (several === 'first') return jwk;
      if (found !== 'none') return 'several';
      found = jwk;
    }
    return found;
  }

  /** The keys of one kid as a set of their own. */
  only(kid: string): KeySet {
    return new KeySet(this.#byKid.get(kid) ?? []);
  }

  /** The kids in order of the document, for notes: ten at most, then how many more. */
  describe(): string {
    const named = this.keys.slice(0, 10).map((jwk) => String(jwk.kid ?? '(no kid)'));
    const restCount = this.keys.length - named.length;
    return restCount === 0 ? named.join(', ') : `${named.join(', ')} and ${restCount} more`;
  }
}

function fits(jwk: Jwk, alg: Algorithm): boolean {
  const type = KEY_TYPES[alg];
  if (jwk.kty !== type.kty) return false;
  if (type.crv !== undefined && jwk.crv !== type.crv) return false;
  if (jwk.alg !== undefined && jwk.alg !== alg) return false;
  return jwk.use === undefined || jwk.use === 'sig';
}
