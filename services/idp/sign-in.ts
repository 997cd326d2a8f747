/** The IdP's own login page, answered: begins a session, sets its cookie, sends the browser back to where it wanted to go. */
import type { Process, Request, Response, World } from '../../simulator/contract/index.ts';
import { oauthError, redirect, tell, textMember } from './answers.ts';
import { SESSION_COOKIE } from './authorize.ts';
import { PATHS } from './paths.ts';
import type { Sessions } from './sessions.ts';

const NO_USERNAME = oauthError('invalid_request', 'username is missing');
// Anything else would make the IdP an open redirector (RFC 9700 4.11).
const FOREIGN_RETURN = oauthError('invalid_request', 'returnTo is not an authorization request of this server');

export class SignInEndpoint {
  readonly #world: World;
  readonly #sessions: Sessions;
  readonly #secret: string;

  constructor(world: World, sessions: Sessions, secret: string) {
    this.#world = world;
    this.#sessions = sessions;
    this.#secret = secret;
  }

  *answer(request: Request): Process<Response> {
    const username = textMember(request.body, 'username');
    const returnTo = textMember(request.body, 'returnTo');
    if (username === undefined || username === '') return NO_USERNAME;
    if (returnTo === undefined || !returnTo.startsWith(`${PATHS.authorize}?`)) return FOREIGN_RETURN;
    const id = this.#sessions.open(username, this.#world.clock.wallMs());
    const cookie = yield* this.#world.seals.sealCookie(this.#secret, id);
    tell(this.#world.journal, request, `${username} signed in: session at the identity provider begun`);
    return { ...redirect(returnTo), cookies: { [SESSION_COOKIE]: cookie } };
  }
}
