/** How an instance keeps sessions in a store that all instances share: the cookie carries nothing but a name to ask for. */
import {
  keyOf,
  type Process,
  type Reply,
  type Request,
  type SealedCookie,
  type World,
} from '../../simulator/contract/index.ts';
import { sessionPath } from '../session-store/index.ts';
import type { SessionStoreUse } from './session-options.ts';

/** A name that nobody can guess needs no key; the seal only tells such a cookie from others. */
const NAME_SEAL = 'name of a stored session';

/** The store did not answer. */
export const UNANSWERED = 'unanswered';

export class StoreUse {
  readonly #world: World;
  readonly #use: SessionStoreUse;
  #nameCount = 0;

  constructor(world: World, use: SessionStoreUse) {
    this.#world = world;
    this.#use = use;
  }

  /** The name in a cookie of this kind. */
  *nameIn(cookie: SealedCookie): Process<string | undefined> {
    const name = yield* this.#world.seals.openCookie(NAME_SEAL, cookie);
    return typeof name === 'string' ? name : undefined;
  }

  /** What is kept under a name; undefined when there is nothing, or when failures are taken for that. */
  *read(name: string, request: Request): Process<unknown> {
    const reply = yield* this.#ask('GET', name, request, undefined);
    if (reply.status === 200) return reply.body;
    return reply.status === 404 || this.#use.onFailure === 'no-session' ? undefined : UNANSWERED;
  }

  /** Keeps a session under a new name; undefined when the store did not take it. */
  *keep(session: unknown, request: Request): Process<SealedCookie | undefined> {
    const { host, seals } = this.#world;
    const name = `${host.name}/${host.incarnation}/${++this.#nameCount}`;
    const reply = yield* this.#ask('POST', name, request, session);
    return reply.status === 201 ? yield* seals.sealCookie(NAME_SEAL, name) : undefined;
  }

  *forget(cookie: SealedCookie, request: Request): Process<void> {
    const name = yield* this.nameIn(cookie);
    if (name !== undefined) yield* this.#ask('DELETE', name, request, undefined);
  }

  #ask(method: Request['method'], name: string, caused: Request, body: unknown): Process<Reply> {
    const request: Request = {
      method,
      path: sessionPath(name),
      source: this.#world.host.name,
      key: keyOf(caused.key, 0x5709e),
      ...(body === undefined ? {} : { body }),
      ...(caused.weightless === true ? { weightless: true } : {}),
      ...(caused.chain === undefined ? {} : { chain: caused.chain }),
    };
    return this.#told(request);
  }

  *#told(request: Request): Process<Reply> {
    const { network, journal } = this.#world;
    const reply = yield* network.call(this.#use.host, request, { timeoutMs: this.#use.timeoutMs });
    if (journal.follows(request.chain)) {
      const answer = reply.failure ?? String(reply.status);
      journal.step(request.chain, `asks the session store (${request.method}): ${answer}`, { answer });
    }
    return reply;
  }
}
