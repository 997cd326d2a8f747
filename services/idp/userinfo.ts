/** The UserInfo endpoint (OIDC Core 5.3): who an access token stands for, told only when the IdP itself would trust it. */
import type { Process, Request, Response, Token, World } from '../../simulator/contract/index.ts';
import { NO_STORE, tell } from './answers.ts';
import type { SigningKeys } from './signing-keys.ts';

export interface UserInfo {
  readonly sub: string;
}

/** RFC 6750 3.1: without credentials the challenge names no error. */
const NO_TOKEN: Response = Object.freeze({ status: 401, headers: Object.freeze({ 'www-authenticate': 'Bearer' }) });

type Flaw = 'unknown-key' | 'wrong-issuer' | 'not-an-access-token' | 'expired';

const FLAWS: Readonly<Record<Flaw, Response>> = {
  'unknown-key': invalidToken('no published key made this signature'),
  'wrong-issuer': invalidToken('the token was issued by somebody else'),
  'not-an-access-token': invalidToken('the audience is not the API that access tokens are for'),
  expired: invalidToken('the token has expired'),
};

export class UserInfoEndpoint {
  readonly #world: World;
  readonly #keys: SigningKeys;
  readonly #issuer: string;
  readonly #audience: string;

  /** @param options issuer and audience of access tokens: an ID token is meant for the client and is refused here */
  constructor(world: World, keys: SigningKeys, options: { readonly issuer: string; readonly audience: string }) {
    this.#world = world;
    this.#keys = keys;
    this.#issuer = options.issuer;
    this.#audience = options.audience;
  }

  *answer(request: Request): Process<Response> {
    if (request.bearer === undefined) return NO_TOKEN;
    const { claims } = this.#world.seals.peek(request.bearer);
    const flaw = yield* this.#flawOf(request.bearer);
    if (flaw !== undefined) {
      tell(this.#world.journal, request, `access token refused (${flaw}): 401 invalid_token`);
      return FLAWS[flaw];
    }
    const body: UserInfo = { sub: String(claims['sub']) };
    return { status: 200, headers: NO_STORE, body };
  }

  *#flawOf(token: Token): Process<Flaw | undefined> {
    const { seals, clock } = this.#world;
    const nowMs = clock.wallMs();
    const { header, claims } = seals.peek(token);
    let signed = false;
    for (const jwk of this.#keys.publishedAt(nowMs)) {
      if (!signed && jwk.kid === header.kid) signed = yield* seals.verify(token, jwk);
    }
    if (!signed) return 'unknown-key';
    if (claims['iss'] !== this.#issuer) return 'wrong-issuer';
    if (claims['aud'] !== this.#audience) return 'not-an-access-token';
    const { exp } = claims;
    return typeof exp === 'number' && nowMs < exp * 1000 ? undefined : 'expired';
  }
}

function invalidToken(description: string): Response {
  const challenge = `Bearer error="invalid_token", error_description="${description}"`;
  return Object.freeze({ status: 401, headers: Object.freeze({ 'www-authenticate': challenge }) });
}
