/** The IdP's own sessions: why a user who comes back to sign in is let through without a login page. */
import type { Disk } from '../../simulator/contract/index.ts';
import type { Names } from './shelf.ts';

const KIND = 'session/';

export interface Session {
  readonly username: string;
  readonly signedInAtMs: number;
  readonly expiresAtMs: number;
}

export class Sessions {
  readonly #shelf: Disk;
  readonly #names: Names;
  readonly #lifetimeMs: number;

  constructor(shelf: Disk, names: Names, lifetimeMs: number) {
    this.#shelf = shelf;
    this.#names = names;
    this.#lifetimeMs = lifetimeMs;
  }

  /** Begins a session; the id goes into the user's cookie. */
  open(username: string, nowMs: number): string {
    const id = this.#names.next(KIND);
    const session: Session = { username, signedInAtMs: nowMs, expiresAtMs: nowMs + this.#lifetimeMs };
    this.#shelf.write(id, session);
    return id;
  }

  /** The session of a cookie's content, or undefined when there is none or it has expired. */
  find(id: unknown, nowMs: number): Session | undefined {
    if (typeof id !== 'string' || !id.startsWith(KIND)) return undefined;
    const session = this.#shelf.read(id) as Session | undefined;
    return session !== undefined && nowMs < session.expiresAtMs ? session : undefined;
  }
}
