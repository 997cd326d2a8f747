/** Issues the tokens of a grant: an access token for the API (claims of RFC 9068), an ID token for the client. */
import type { Claims, Process, Response, Seals, Token } from '../../simulator/contract/index.ts';
import { NO_STORE } from './answers.ts';
import type { Grant } from './grant.ts';
import type { Lifetimes } from './lifetimes.ts';
import type { IdpOptions } from './options.ts';
import type { Names } from './shelf.ts';
import type { SigningKeys } from './signing-keys.ts';

/** The answer of RFC 6749 5.1. */
export interface TokenAnswer {
  readonly access_token: Token;
  readonly token_type: 'Bearer';
  /** Whole seconds. */
  readonly expires_in: number;
  readonly refresh_token: string;
  readonly scope: string;
  /** When the scope has `openid`. */
  readonly id_token?: Token;
}

export class TokenIssuer {
  readonly #options: IdpOptions;
  readonly #keys: SigningKeys;
  readonly #seals: Seals;
  readonly #names: Names;
  readonly #lifetimes: Lifetimes;

  constructor(options: IdpOptions, keys: SigningKeys, seals: Seals, names: Names, lifetimes: Lifetimes) {
    this.#options = options;
    this.#keys = keys;
    this.#seals = seals;
    this.#names = names;
    this.#lifetimes = lifetimes;
  }

  *issue(grant: Grant, refreshToken: string, nowMs: number): Process<Response> {
    const key = this.#keys.signingAt(nowMs);
    const lifetimeMs = this.#lifetimes.accessTokenMs(refreshToken);
    const accessToken = yield* this.#seals.sign(key, this.#accessClaims(grant, nowMs, lifetimeMs));
    const body: TokenAnswer = {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: Math.floor(lifetimeMs / 1000),
      refresh_token: refreshToken,
      scope: grant.scope,
    };
    if (!grant.scope.split(' ').includes('openid')) return { status: 200, headers: NO_STORE, body };
    const idToken = yield* this.#seals.sign(key, this.#idClaims(grant, nowMs, lifetimeMs));
    return { status: 200, headers: NO_STORE, body: { ...body, id_token: idToken } satisfies TokenAnswer };
  }

  #accessClaims(grant: Grant, nowMs: number, lifetimeMs: number): Claims {
    const { clientId, scope } = grant;
    return { ...this.#commonClaims(grant, this.#options.audience, nowMs, lifetimeMs), client_id: clientId, scope };
  }

  #idClaims(grant: Grant, nowMs: number, lifetimeMs: number): Claims {
    const { clientId, authTimeMs, nonce } = grant;
    const claims = { ...this.#commonClaims(grant, clientId, nowMs, lifetimeMs), auth_time: secondsOf(authTimeMs) };
    return nonce === undefined ? claims : { ...claims, nonce };
  }

  #commonClaims({ username }: Grant, audience: string, nowMs: number, lifetimeMs: number) {
    const iat = secondsOf(nowMs);
    const claims = {
      iss: this.#options.issuer,
      sub: username,
      aud: audience,
      exp: secondsOf(nowMs + lifetimeMs),
      iat,
      jti: this.#names.next('token/'),
    };
    return this.#options.stampsNotBefore ? { ...claims, nbf: iat } : claims;
  }
}

/** NumericDate of RFC 7519: whole seconds here, since the scenario began. */
function secondsOf(ms: number): number {
  return Math.floor(ms / 1000);
}
