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
import { BrowserSignOn } from './browser-session-sign-on.ts';
import { outcomeOf, type Outcome, type Tally } from './tally.ts';

/** How a page came out; `expired` when the session reached its regular end meanwhile. */
export type PageOutcome = Outcome | 'expired';

export class SessionBrowser {
  readonly #world: World;
  readonly #options: BrowserSessionOptions;
  readonly #tally: Tally;
  readonly #user: string;
  readonly #edge: string;
  readonly #signOn: BrowserSignOn | undefined;
  /** Never changed in place: requests under way keep what they were sent with. */
  #cookies: Readonly<Record<string, SealedCookie>> = {};
  #expiresAtMs = 0;
  #wasSilent = false;

  constructor(world: World, options: BrowserSessionOptions, tally: Tally, user: string, edge: string) {
    this.#world = world;
    this.#options = options;
    this.#tally = tally;
    this.#user = user;
    this.#edge = edge;
    if (options.signOn !== undefined) this.#signOn = new BrowserSignOn(world, options.signOn, options, user);
  }

  /** Drops a cookie past its `Max-Age`, as browsers do. */
  get hasSession(): boolean {
    if (this.#world.clock.nowMs() >= this.#expiresAtMs) this.#keep({ [SESSION_COOKIE]: null });
    return this.#cookies[SESSION_COOKIE] !== undefined;
  }

  /** Whether the last sign-in asked nothing of the user. */
  get wasSilent(): boolean {
    return this.#wasSilent;
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
   * Fetches the login form and submits it; or, where sign-ins are somebody else's, goes there and comes back with a code.
   * @param typingMs from the one to the other
   * @param crossed whether the submission takes another connection than the form
   */
  *signIn(key: number, typingMs: number, crossed: boolean): Process<Outcome> {
    const { clock, timers } = this.#world;
    const form = yield* this.#send('GET', '/login', 1, keyOf(key, 0));
    const connection = crossed ? this.#options.page.connectionCount : 1;
    if (form.status === 302 && this.#signOn !== undefined) {
      return yield* this.#throughProvider(this.#signOn, key, connection, typingMs);
    }
    if (form.status !== 200) return this.#tally.attempt('sign-in', form, 0);
    yield* timers.sleep(typingMs);
    const sentMs = clock.nowMs();
    const reply = yield* this.#send('POST', '/login', connection, keyOf(key, 1));
    return this.#begun(reply, sentMs);
  }

  /**
   * The application sends a rejected browser to the provider instead of showing its login screen; nobody notices while the
   * provider knows them. Undefined where there is no provider.
   */
  *renew(key: number, crossed: boolean): Process<Outcome | undefined> {
    if (this.#signOn === undefined) return undefined;
    const form = yield* this.#send('GET', '/login', 1, keyOf(key, 0));
    if (form.status !== 302) return outcomeOf(form);
    const connection = crossed ? this.#options.page.connectionCount : 1;
    return yield* this.#throughProvider(this.#signOn, key, connection, undefined);
  }

  /** @param typingMs on the provider's page; undefined for a way that must do without one */
  *#throughProvider(
    signOn: BrowserSignOn,
    key: number,
    connection: number,
    typingMs: number | undefined,
  ): Process<Outcome> {
    const startMs = this.#world.clock.nowMs();
    this.#wasSilent = false;
    const code = yield* signOn.code(keyOf(key, 2), typingMs);
    if ('failed' in code) return this.#tally.attempt('sign-in', code.failed, 0);
    const sentMs = this.#world.clock.nowMs();
    const reply = yield* this.#send('GET', '/callback', connection, keyOf(key, 1), code.query);
    const outcome = this.#begun(reply, sentMs);
    this.#wasSilent = code.isSilent;
    if (outcome === 'ok' && code.isSilent) signOn.renewed(this.#world.clock.nowMs() - startMs);
    return outcome;
  }

  #begun(reply: Reply, sentMs: number): Outcome {
    const outcome = this.#tally.attempt('sign-in', reply, this.#world.clock.nowMs() - sentMs);
    // Counted from the sending, so that the browser never holds a session longer than the server does.
    if (outcome === 'ok') this.#expiresAtMs = sentMs + (reply.body as { readonly maxAgeMs: number }).maxAgeMs;
    return outcome;
  }

  *#send(
    method: 'GET' | 'POST',
    path: string,
    connection: number,
    key: number,
    query?: NonNullable<Request['query']>,
  ): Process<Reply> {
    const user = this.#user;
    const plain: Request = { method, path, source: user, chain: user, connection, key, cookies: this.#cookies };
    const request = query === undefined ? plain : { ...plain, query };
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
