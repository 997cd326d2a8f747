/** Signatures as values: a signature is the name of the key that made it. No bytes, the same answers. */
import type { Operation } from '../contract/process.ts';
import type { Algorithm, Claims, Jwk, SealedCookie, Seals, SigningKey, Token } from '../contract/seals.ts';
import { Immediate } from './operation.ts';

export class VirtualSeals implements Seals {
  readonly #owner: string;
  #madeCount = 0;

  /** @param owner host name and incarnation, so that each process makes keys of its own */
  constructor(owner: string) {
    this.#owner = owner;
  }

  createKey(kid: string, alg: Algorithm = 'ES256'): SigningKey {
    return { kid, alg, material: `${this.#owner}/${kid}/${++this.#madeCount}` };
  }

  publicJwk(key: SigningKey): Jwk {
    const { kid, alg, material } = key;
    return alg === 'ES256'
      ? { kty: 'EC', crv: 'P-256', kid, alg, use: 'sig', material }
      : { kty: 'RSA', kid, alg, use: 'sig', material };
  }

  sign(key: SigningKey, claims: Claims): Operation<Token> {
    return new Immediate({ header: { alg: key.alg, kid: key.kid }, claims, signature: key.material });
  }

  peek(token: Token): { readonly header: Token['header']; readonly claims: Claims } {
    return token;
  }

  verify(token: Token, jwk: Jwk): Operation<boolean> {
    return new Immediate(token.signature === jwk.material && token.header.alg === algorithmOf(jwk));
  }

  sealCookie(secret: string, value: unknown): Operation<SealedCookie> {
    return new Immediate({ seal: secret, value });
  }

  openCookie(secret: string, cookie: SealedCookie): Operation<unknown> {
    return new Immediate(cookie.seal === secret ? cookie.value : undefined);
  }
}

function algorithmOf(jwk: Jwk): string | undefined {
  if (jwk.kty === 'EC') return jwk.crv === 'P-256' ? 'ES256' : undefined;
  return jwk.kty === 'RSA' ? (jwk.alg ?? 'RS256') : undefined;
}
