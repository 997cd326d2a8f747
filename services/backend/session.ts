/** Cookie sessions: sealed with a key that this instance derived when its process started. */
import type { Process, Request, Response, SealedCookie, World } from '../../simulator/contract/index.ts';
import { Birthplace } from './birthplace.ts';
import type { SessionOptions } from './options.ts';

export const SESSION_COOKIE = 'session';
export const LOGIN_STATE_COOKIE = 'login-state';

export interface Session {
  readonly user: string;
  readonly issuedAtMs: number;
  /** Platform value of the instance that issued it; only where a mitigation wants to know. */
  readonly madeOn?: string;
}

export type SessionVerdict =
  | { readonly ok: true; readonly session: Session; readonly resigned?: SealedCookie }
  | { readonly ok: false; readonly reason: 'no-cookie' | 'foreign-seal' | 'expired' };

export class SessionKeeper {
  readonly #world: World;
  readonly #options: SessionOptions;
  /** First seals; all open. */
  readonly #keys: readonly string[];
  readonly #birthplace: Birthplace | undefined;
  #unopenedCount = 0;

  constructor(world: World, options: SessionOptions) {
    this.#world = world;
    this.#options = options;
    // Read once, at process start: an instance keeps its key when the platform's value changes under it.
    const bond = bondOf(options, world.clock.nowMs());
    const platform = bond === undefined ? '' : `|${world.host.platform(bond)}`;
    this.#keys = options.secrets.map((secret) => secret + platform);
    if (bond !== undefined) world.journal.note('session.key-derived', { from: world.host.platform(bond) });
    this.#birthplace = options.releasedFrom === undefined ? undefined : new Birthplace(world, options.releasedFrom);
  }

  /**
   * Sessions rejected before their end since the process started: cookies that no key here opens. Browsers drop an
   * expired cookie by themselves, so it is not among them; measuring requests are not either.
   */
  get unopenedCount(): number {
    return this.#unopenedCount;
  }

  *open(request: Request): Process<SessionVerdict> {
    const cookie = request.cookies?.[SESSION_COOKIE];
    if (cookie === undefined) return { ok: false, reason: 'no-cookie' };
    for (let index = 0; index < this.#keys.length; index++) {
      const value = (yield* this.#world.seals.openCookie(this.#keys[index]!, cookie)) as Session | undefined;
      if (value === undefined) continue;
      if (this.#world.clock.wallMs() > value.issuedAtMs + this.#options.lifetimeMs)
        return { ok: false, reason: 'expired' };
      this.#birthplace?.opened(value.madeOn);
      if (index === 0 || !this.#options.resignOnRead) return { ok: true, session: value };
      return { ok: true, session: value, resigned: yield* this.#seal(value) };
    }
    if (request.weightless !== true) this.#unopenedCount++;
    return { ok: false, reason: 'foreign-seal' };
  }

  *issue(user: string): Process<SealedCookie> {
    const session: Session = { user, issuedAtMs: this.#world.clock.wallMs() };
    return yield* this.#seal(this.#birthplace === undefined ? session : { ...session, madeOn: this.#birthplace.value });
  }

  *#seal(value: unknown): Process<SealedCookie> {
    return yield* this.#world.seals.sealCookie(this.#keys[0]!, value);
  }

  /** Cookies that go out with the login form. */
  *formCookies(): Process<NonNullable<Response['cookies']>> {
    return this.#options.loginState === true ? { [LOGIN_STATE_COOKIE]: yield* this.#seal('login') } : {};
  }

  /** Whether a submitted form comes from one that an instance with a key of ours has served. */
  *knowsForm(request: Request): Process<boolean> {
    if (this.#options.loginState !== true) return true;
    const cookie = request.cookies?.[LOGIN_STATE_COOKIE];
    if (cookie === undefined) return false;
    for (const key of this.#keys) {
      if ((yield* this.#world.seals.openCookie(key, cookie)) !== undefined) return true;
    }
    return false;
  }

  /** Back to the login screen; a destructive one also deletes the cookie that other instances would have accepted. */
  rejection(reason: string): Response {
    const location = `/login?reason=${reason}`;
    return this.#options.destructiveRejection && reason !== 'no-cookie'
      ? { status: 302, headers: { location }, cookies: { [SESSION_COOKIE]: null } }
      : { status: 302, headers: { location } };
  }
}

/** Name of the platform value that the keys of a process that starts now are bound to. */
function bondOf({ platformValue, releasedFrom }: SessionOptions, nowMs: number): string | undefined {
  if (releasedFrom !== undefined && nowMs < (releasedFrom.fromMs ?? 0)) return releasedFrom.platformValue;
  return platformValue;
}
