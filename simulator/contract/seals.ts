/**
 * Signatures and sealed cookies behind one interface. In virtual time a token is a value with a key id and claims;
 * over real HTTP it is a JWT. The answers are the same.
 */
import type { Operation } from './process.ts';

export type Algorithm = 'ES256' | 'RS256';

/** A private key. Its inside is the runtime's business. */
export interface SigningKey {
  readonly kid: string;
  readonly alg: Algorithm;
  /** Distinguishes keys of one `kid`: two keys are the same only when this is equal. */
  readonly material: string;
}

/** A public key as it stands in a JWK Set. Loosely typed: a faulted document may lack or garble any member. */
export interface Jwk {
  readonly kty?: string;
  readonly kid?: string;
  readonly alg?: string;
  readonly use?: string;
  readonly crv?: string;
  /** The public part (`x`/`y` or `n`), folded into one text. */
  readonly material?: string;
}

export type Claims = Readonly<Record<string, string | number | boolean>>;

/** Opaque outside the seals; `peek` reads it without trusting it. */
export interface Token {
  readonly header: { readonly alg: string; readonly kid?: string };
  readonly claims: Claims;
  readonly signature: string;
}

/** A cookie value that only a holder of the same secret can open. */
export interface SealedCookie {
  readonly seal: string;
  readonly value: unknown;
}

export interface Seals {
  /** Makes a key pair. `material` defaults to a value unique to this call in this run. */
  createKey(kid: string, alg?: Algorithm): SigningKey;
  publicJwk(key: SigningKey): Jwk;
  sign(key: SigningKey, claims: Claims): Operation<Token>;
  /** Reads header and claims without any check. */
  peek(token: Token): { readonly header: Token['header']; readonly claims: Claims };
  /** True when the signature was made by the private half of `jwk` with the algorithm that the header names. Looks at no claim. */
  verify(token: Token, jwk: Jwk): Operation<boolean>;
  sealCookie(secret: string, value: unknown): Operation<SealedCookie>;
  /** The value, or undefined when `secret` is not the one it was sealed with. */
  openCookie(secret: string, cookie: SealedCookie): Operation<unknown>;
}
