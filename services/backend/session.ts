/** Cookie sessions: sealed with a key that this instance derived when its process started. */
import type { Process, Request, Response, SealedCookie, World } from '../../simulator/contract/index.ts';
import type { SessionOptions } from './options.ts';

export const SESSION_COOKIE = 'session';

export interface Session {
  readonly user: string;
  readonly issuedAtMs: number;
}

export type SessionVerdict =
  | { readonly ok: true; readonly session: Session; readonly resigned?: SealedCookie }
  | { readonly ok: false; readonly reason: 'no-cookie' | 'foreign-seal' | 'expired' };

export class SessionKeeper {
  readonly #world: World;
  readonly #options: SessionOptions;
  /** First seals; all open. */
  readonly #keys: readonly string[];

  constructor(world: World, options: SessionOptions) {
    this.#world = world;
    this.#options = options;
    // Read once, at process start: an instance keeps its key when the platform's value changes under it.
    const platform = options.platformValue === undefined ? '' : `|${world.host.platform(options.platformValue)}`;
    this.#keys = options.secrets.map((secret) => secret + platform);
  }

  *open(request: Request): Process<SessionVerdict> {
    const cookie = request.cookies?.[SESSION_COOKIE];
    if (cookie === undefined) return { ok: false, reason: 'no-cookie' };
    for (let index = 0; index < this.#keys.length; index++) {
      const value = (yield* this.#world.seals.openCookie(this.#keys[index]!, cookie)) as Session | undefined;
      if (value === undefined) continue;
      if (this.#world.clock.wallMs() > value.issuedAtMs + this.#options.lifetimeMs)
        return { ok: false, reason: 'expired' };
      if (index === 0 || !this.#options.resignOnRead) return { ok: true, session: value };
      return { ok: true, session: value, resigned: yield* this.#seal(value) };
    }
    return { ok: false, reason: 'foreign-seal' };
  }

  *issue(user: string): Process<SealedCookie> {
    return yield* this.#seal({ user, issuedAtMs: this.#world.clock.wallMs() });
  }

  *#seal(session: Session): Process<SealedCookie> {
    return yield* this.#world.seals.sealCookie(this.#keys[0]!, session);
  }

  /** Back to the login screen; a destructive one also deletes the cookie that other instances would have accepted. */
  rejection(reason: string): Response {
    const location = `/login?reason=${reason}`;
    return this.#options.destructiveRejection && reason !== 'no-cookie'
      ? { status: 302, headers: { location }, cookies: { [SESSION_COOKIE]: null } }
      : { status: 302, headers: { location } };
  }
}
