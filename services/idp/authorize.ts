/**
 * The authorization endpoint (RFC 6749 4.1, OIDC Core 3.1.2): who has a live session at the IdP gets a code at once, who
 * has none gets the login page, or `login_required` when the client asked for no page. Consent is always given; any
 * client id is welcome.
 */
import type { Process, Request, Response, World } from '../../simulator/contract/index.ts';
import { NO_STORE, oauthError, redirect, tell, type OauthErrorCode } from './answers.ts';
import type { Codes } from './codes.ts';
import { PATHS } from './paths.ts';
import { withQuery, type Query } from './redirects.ts';
import type { Session, Sessions } from './sessions.ts';

/** Name of the IdP's own session cookie. */
export const SESSION_COOKIE = 'idp_session';

export interface LoginPage {
  readonly page: 'login';
  /** To be sent back with the user name: where the sign-in leads. */
  readonly returnTo: string;
}

// Without these two there is nobody to send the browser back to (RFC 6749 4.1.2.1).
const NO_CLIENT = oauthError('invalid_request', 'client_id is missing');
const NO_REDIRECT_URI = oauthError('invalid_request', 'redirect_uri is missing');

export class AuthorizeEndpoint {
  readonly #world: World;
  readonly #sessions: Sessions;
  readonly #codes: Codes;
  readonly #secret: string;

  constructor(world: World, sessions: Sessions, codes: Codes, secret: string) {
    this.#world = world;
    this.#sessions = sessions;
    this.#codes = codes;
    this.#secret = secret;
  }

  *answer(request: Request): Process<Response> {
    const query = request.query ?? {};
    const clientId = query['client_id'];
    const redirectUri = query['redirect_uri'];
    if (clientId === undefined) return NO_CLIENT;
    if (redirectUri === undefined) return NO_REDIRECT_URI;
    const { journal } = this.#world;
    const fault = faultOf(query);
    if (fault !== undefined) {
      tell(journal, request, `authorization request refused: ${fault}`);
      return this.#sendBack(redirectUri, query, { error: fault });
    }
    const session = yield* this.#sessionOf(request);
    if (session !== undefined) {
      const code = this.#issueCode(session, clientId, redirectUri, query);
      tell(journal, request, 'live session at the identity provider: code issued without a login page');
      return this.#sendBack(redirectUri, query, { code });
    }
    if (query['prompt'] === 'none') {
      tell(journal, request, 'no live session at the identity provider and no page wanted: login_required');
      return this.#sendBack(redirectUri, query, { error: 'login_required' });
    }
    tell(journal, request, 'no live session at the identity provider: login page');
    const body: LoginPage = { page: 'login', returnTo: withQuery(PATHS.authorize, query) };
    return { status: 200, headers: NO_STORE, body };
  }

  *#sessionOf(request: Request): Process<Session | undefined> {
    const cookie = request.cookies?.[SESSION_COOKIE];
    if (cookie === undefined) return undefined;
    const id = yield* this.#world.seals.openCookie(this.#secret, cookie);
    return this.#sessions.find(id, this.#world.clock.wallMs());
  }

  #issueCode({ username, signedInAtMs }: Session, clientId: string, redirectUri: string, query: Query): string {
    const nonce = query['nonce'];
    const scope = query['scope'] ?? 'openid';
    const grant = { username, clientId, scope, authTimeMs: signedInAtMs, ...(nonce === undefined ? {} : { nonce }) };
    return this.#codes.issue(grant, redirectUri, query['code_challenge'] ?? '', this.#world.clock.wallMs());
  }

  #sendBack(redirectUri: string, { state }: Query, result: Query): Response {
    return redirect(withQuery(redirectUri, state === undefined ? result : { ...result, state }));
  }
}

/** PKCE is required of every client, as RFC 9700 2.1.1 wants it of public ones; `plain` is refused. */
function faultOf(query: Query): OauthErrorCode | undefined {
  if ((query['response_type'] ?? 'code') !== 'code') return 'unsupported_response_type';
  if ((query['code_challenge'] ?? '') === '') return 'invalid_request';
  return (query['code_challenge_method'] ?? 'S256') === 'S256' ? undefined : 'invalid_request';
}
