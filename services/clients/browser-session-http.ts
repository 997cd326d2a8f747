/**
 * The browser itself: keeps cookies until they expire, spreads the requests of a page over its connections, submits the
 * login form. Redirects are not followed: whoever drives it decides.
 */
import {
  keyOf,
  type Process,
  type Reply,
  type Request,
  type SealedCookie,
  type World,
} from '../../simulator/contract/index.ts';
import { SESSION_COOKIE } from '../backend/index.ts';
import type { BrowserSessionOptions } from './browser-session-options.ts';
import { outcomeOf, type Outcome, type Tally } from './tally.ts';

/** How a page came out; `expired` when the session reached its regular end meanwhile. */
export type PageOutcome = Outcome | 'expired';

export class SessionBrowser {
  readonly #world: World;
  readonly #options: BrowserSessionOptions;
  readonly #tally: Tally;
  readonly #user: string;
  readonly #edge: string;
  /** Never changed in place: requests under way keep what they were sent with. */
  #cookies: Readonly<Record<string, SealedCookie>> = {};
  #expiresAtMs = 0;

  constructor(world: World, options: BrowserSessionOptions, tally: Tally, user: string, edge: string) {
    this.#world = world;
    this.#options = options;
    this.#tally = tally;
    this.#user = user;
    this.#edge = edge;
  }

  /** Drops a cookie past its `Max-Age`, as browsers do. */
  get hasSession(): boolean {
    if (this.#world.clock.nowMs() >= this.#expiresAtMs) this.#keep({ [SESSION_COOKIE]: null });
    return this.#cookies[SESSION_COOKIE] !== undefined;
  }

  /** Asks for the parts of a page one after another, until one is not given. */
  *loadPage(key: number): Process<PageOutcome> {
    const { clock } = this.#world;
    const { requestCount, connectionCount } = this.#options.page;
    for (let part = 0; part < requestCount; part++) {
      const connection = part === 0 ? 1 : connectionCount - ((part - 1) % connectionCount);
      const path = part === 0 ? '/app/page' : '/app/part';
      const sentMs = clock.nowMs();
      const reply = yield* this.#send('GET', path, connection, keyOf(key, part));
      const nowMs = clock.nowMs();
      if (nowMs >= this.#expiresAtMs && outcomeOf(reply) === 'login-redirect') return 'expired';
      const outcome = this.#tally.attempt('page', reply, nowMs - sentMs);
      if (outcome !== 'ok') return outcome;
    }
    return 'ok';
  }

  /**
   * Fetches the login form and submits it.
   * @param typingMs from the one to the other
   * @param crossed whether the submission takes another connection than the form
   */
  *signIn(key: number, typingMs: number, crossed: boolean): Process<Outcome> {
    const { clock, timers } = this.#world;
    const form = yield* this.#send('GET', '/login', 1, keyOf(key, 0));
    if (form.status !== 200) return this.#tally.attempt('sign-in', form, 0);
    yield* timers.sleep(typingMs);
    const sentMs = clock.nowMs();
    const connection = crossed ? this.#options.page.connectionCount : 1;
    const reply = yield* this.#send('POST', '/login', connection, keyOf(key, 1));
    const outcome = this.#tally.attempt('sign-in', reply, clock.nowMs() - sentMs);
    // Counted from the sending, so that the browser never holds a session longer than the server does.
    if (outcome === 'ok') this.#expiresAtMs = sentMs + (reply.body as { readonly maxAgeMs: number }).maxAgeMs;
    return outcome;
  }

  *#send(method: 'GET' | 'POST', path: string, connection: number, key: number): Process<Reply> {
    const user = this.#user;
    const request: Request = { method, path, source: user, chain: user, connection, key, cookies: this.#cookies };
    const sent = method === 'POST' ? { ...request, body: { user } } : request;
    const timeoutMs = this.#options.patienceMs;
    const reply = yield* this.#world.network.call(this.#edge, sent, { timeoutMs });
    if (reply.cookies !== undefined) this.#keep(reply.cookies);
    return reply;
  }

  #keep(changes: NonNullable<Reply['cookies']>): void {
    const kept = Object.entries({ ...this.#cookies, ...changes });
    this.#cookies = Object.fromEntries(kept.filter((entry): entry is [string, SealedCookie] => entry[1] !== null));
  }
}
