/** Sessions of browsers: sealed into a cookie with keys that this instance derived at its start, or kept in a store. */
import type { Process, Request, Response, SealedCookie, World } from '../../simulator/contract/index.ts';
import { Birthplace, type Recognition } from './birthplace.ts';
import { keysAtStart, type SessionKeys } from './session-keys.ts';
import type { SessionOptions } from './session-options.ts';
import { SignInLog } from './session-sign-in-log.ts';
import { StoreUse, UNANSWERED } from './session-store-use.ts';

export const SESSION_COOKIE = 'session';
export const LOGIN_STATE_COOKIE = 'login-state';

export interface Session {
  readonly user: string;
  readonly issuedAtMs: number;
  /** What the process that issued it would have sealed with; only where a mitigation wants to know. */
  readonly madeOn?: string;
}

export type SessionVerdict =
  | { readonly ok: true; readonly session: Session; readonly resigned?: SealedCookie }
  | { readonly ok: false; readonly reason: Rejection };

/** `unknown-session`: the store has nothing under that name. `store-unanswered`: nobody knows, the store does not answer. */
type Rejection = 'no-cookie' | 'foreign-seal' | 'expired' | 'unknown-session' | 'store-unanswered';

/** RFC 9110 15.6.4: nobody can tell whether the session stands, so it is not taken away. */
const UNAVAILABLE: Response = Object.freeze({ status: 503, headers: Object.freeze({ 'retry-after': '5' }) });

export class SessionKeeper {
  readonly #world: World;
  readonly #options: SessionOptions;
  readonly #keys: SessionKeys;
  readonly #birthplace: Birthplace | undefined;
  readonly #store: StoreUse | undefined;
  /** Of the state that goes with the login form: the first seals, all open. */
  readonly #stateKeys: readonly string[];
  readonly #spared;
  readonly #signIns: SignInLog;
  #unopenedCount = 0;

  constructor(world: World, options: SessionOptions) {
    const { store, sparedBy } = options;
    this.#world = world;
    this.#options = options;
    this.#keys = keysAtStart(world, options);
    this.#birthplace = Birthplace.of(world, options, this.#keys.bornAs);
    const stores = store !== undefined && world.clock.nowMs() >= (store.fromMs ?? 0);
    this.#store = stores ? new StoreUse(world, store) : undefined;
    // Who keeps sessions elsewhere has no use for a key that only some know.
    const { sealing, opening } = this.#keys;
    this.#stateKeys = [stores ? options.secrets[0] : sealing, ...opening];
    this.#spared =
      sparedBy === undefined ? undefined : world.journal.counter('mitigation.actions', { mitigation: sparedBy });
    this.#signIns = new SignInLog(world);
  }

  /**
   * Sessions rejected before their end since the process started: cookies that no key here opens, names that the store
   * does not know. Browsers drop an expired cookie by themselves, so it is not among them; measuring requests are not either.
   */
  get unopenedCount(): number {
    return this.#unopenedCount;
  }

  get repeatedSignInCount(): number {
    return this.#signIns.repeatedCount;
  }

  *open(request: Request): Process<SessionVerdict> {
    const cookie = request.cookies?.[SESSION_COOKIE];
    if (cookie === undefined) return { ok: false, reason: 'no-cookie' };
    const name = this.#store === undefined ? undefined : yield* this.#store.nameIn(cookie);
    const verdict = name === undefined ? yield* this.#unseal(cookie) : yield* this.#lookUp(name, request);
    const isLost = !verdict.ok && (verdict.reason === 'foreign-seal' || verdict.reason === 'unknown-session');
    if (isLost && request.weightless !== true) this.#unopenedCount++;
    return verdict;
  }

  *#unseal(cookie: SealedCookie): Process<SessionVerdict> {
    const { sealing, opening } = this.#keys;
    for (const key of opening) {
      const value = (yield* this.#world.seals.openCookie(key, cookie)) as Session | undefined;
      if (value === undefined) continue;
      const verdict = this.#judge(value, key === sealing ? 'sealing-key' : 'other-key');
      if (!verdict.ok || key === sealing || !this.#options.resignOnRead) return verdict;
      return { ok: true, session: value, resigned: yield* this.#seal(value) };
    }
    return { ok: false, reason: 'foreign-seal' };
  }

  *#lookUp(name: string, request: Request): Process<SessionVerdict> {
    const found = yield* this.#store!.read(name, request);
    if (found === UNANSWERED) return { ok: false, reason: 'store-unanswered' };
    return found === undefined ? { ok: false, reason: 'unknown-session' } : this.#judge(found as Session, 'store');
  }

  #judge(session: Session, by: Recognition): SessionVerdict {
    if (this.#world.clock.wallMs() > session.issuedAtMs + this.#options.lifetimeMs) {
      return { ok: false, reason: 'expired' };
    }
    this.#birthplace?.opened(session.madeOn, by);
    return { ok: true, session };
  }

  /** Undefined when the store does not take it. @param request that ends the sign-in */
  *issue(user: string, request: Request): Process<SealedCookie | undefined> {
    if (request.weightless !== true) this.#signIns.signedIn(user);
    const plain: Session = { user, issuedAtMs: this.#world.clock.wallMs() };
    const session = this.#birthplace === undefined ? plain : { ...plain, madeOn: this.#birthplace.value };
    return this.#store === undefined ? yield* this.#seal(session) : yield* this.#store.keep(session, request);
  }

  /** A user signs out: a stored session is gone for whoever has a copy of the cookie, a sealed one only from this browser. */
  *end(request: Request): Process<Response> {
    const cookie = request.cookies?.[SESSION_COOKIE];
    if (cookie !== undefined && this.#store !== undefined) yield* this.#store.forget(cookie, request);
    return { status: 302, headers: { location: '/login' }, cookies: { [SESSION_COOKIE]: null } };
  }

  *#seal(value: unknown): Process<SealedCookie> {
    return yield* this.#world.seals.sealCookie(this.#keys.sealing, value);
  }

  /** Cookies that go out with the login form. */
  *formCookies(): Process<NonNullable<Response['cookies']>> {
    if (this.#options.loginState !== true) return {};
    return { [LOGIN_STATE_COOKIE]: yield* this.#world.seals.sealCookie(this.#stateKeys[0]!, 'login') };
  }

  /** Whether a submitted form comes from one that an instance with a key of ours has served. */
  *knowsForm(request: Request): Process<boolean> {
    if (this.#options.loginState !== true) return true;
    const cookie = request.cookies?.[LOGIN_STATE_COOKIE];
    if (cookie === undefined) return false;
    for (const key of this.#stateKeys) {
      if ((yield* this.#world.seals.openCookie(key, cookie)) !== undefined) return true;
    }
    return false;
  }

  /** Back to the login screen; a destructive one also deletes the cookie that other instances would have accepted. */
  rejection(reason: string, request: Request): Response {
    if (reason === 'store-unanswered') return UNAVAILABLE;
    const location = `/login?reason=${reason}`;
    if (this.#options.destructiveRejection && reason !== 'no-cookie') {
      return { status: 302, headers: { location }, cookies: { [SESSION_COOKIE]: null } };
    }
    if (reason !== 'no-cookie' && request.weightless !== true) this.#spared?.add();
    return { status: 302, headers: { location } };
  }
}
