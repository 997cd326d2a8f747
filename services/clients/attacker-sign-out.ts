/** An attacker with a copy of a session cookie whose owner signs out: how long does the copy still open pages? */
import { keyOf, type Process, type Reply, type Request, type World } from '../../simulator/contract/index.ts';
import { SESSION_COOKIE } from '../backend/index.ts';
import type { Findings } from './attacker-findings.ts';

const TRY_AGAIN_MS = 300_000;

/** Where pages are asked for. */
interface Door {
  readonly edge: string;
  readonly path: string;
}

export class StolenSession {
  readonly #world: World;
  readonly #findings: Findings;
  readonly #door: Door;
  #isTrying = false;

  constructor(world: World, findings: Findings, door: Door) {
    this.#world = world;
    this.#findings = findings;
    this.#door = door;
  }

  /** Signs in, copies the cookie, signs out and tries the copy until it is refused; one copy at a time. */
  *steal(round: number): Process<void> {
    if (this.#isTrying) return;
    const { clock, timers } = this.#world;
    const form = yield* this.#send('GET', '/login', undefined, keyOf(round, 11));
    const login = yield* this.#send('POST', '/login', form.cookies, keyOf(round, 12));
    const cookie = login.cookies?.[SESSION_COOKIE];
    if (cookie === undefined || cookie === null) return;
    const copy = { [SESSION_COOKIE]: cookie };
    const signedOut = yield* this.#send('POST', '/logout', copy, keyOf(round, 13));
    if (signedOut.status !== 302) return;
    this.#isTrying = true;
    const endedAtMs = clock.nowMs();
    for (let attempt = 0, admitted = true; admitted; attempt++) {
      const reply = yield* this.#send('GET', this.#door.path, copy, keyOf(round, 14, attempt));
      admitted = reply.status === 200;
      this.#findings.tried('revoked-session', admitted, clock.nowMs() - endedAtMs);
      if (admitted) yield* timers.sleep(TRY_AGAIN_MS);
    }
    this.#isTrying = false;
  }

  *#send(method: 'GET' | 'POST', path: string, cookies: Reply['cookies'], key: number): Process<Reply> {
    const { network, host } = this.#world;
    const body = { user: 'attacker' };
    const carried = cookies === undefined ? {} : { cookies: cookies as NonNullable<Request['cookies']> };
    const request: Request = { method, path, body, source: host.name, key, weightless: true, ...carried };
    return yield* network.call(this.#door.edge, request, { timeoutMs: 10_000 });
  }
}
