/** A store of sessions shared by all instances, as Redis is used for it: one thread, an accept queue, memory. */
import type { Capacity, Process, Request, Response, Role, World } from '../../simulator/contract/index.ts';

export interface SessionStoreOptions {
  /** Mean of the exponential time that a command takes, ms. */
  readonly serviceMeanMs: number;
  readonly capacity: Capacity;
  /** Whether sessions survive a restart of the store. */
  readonly durable: boolean;
}

/**
 * Redis: commands run one at a time on one thread; `tcp-backlog 511`; RDB snapshots and no append-only file, so that a
 * crash loses what came after the last snapshot: taken here for all of it (redis.conf of Redis 7). 0.1 ms a command with
 * the way through its network layer: ours.
 */
export const defaultSessionStoreOptions: SessionStoreOptions = {
  serviceMeanMs: 0.1,
  capacity: { concurrency: 1, queueLimit: 511, overflow: 'drop' },
  durable: false,
};

const PREFIX = '/sessions/';

export function sessionPath(name: string): string {
  return PREFIX + name;
}

/** GET, POST and DELETE of `/sessions/<name>`: 200 with the session or 404, 201, 204. Leaves `store.requests{method}`. */
export const sessionStore: Role<SessionStoreOptions> = { name: 'session-store', main };

// It waits for nothing itself: its life is in the requests.
function* main(world: World, options: SessionStoreOptions): Process<void> {
  const store = new Store(world, options);
  world.network.listen((request) => store.answer(request), options.capacity);
}

const NOT_FOUND: Response = Object.freeze({ status: 404 });
const CREATED: Response = Object.freeze({ status: 201 });
const GONE: Response = Object.freeze({ status: 204 });

class Store {
  readonly #world: World;
  readonly #options: SessionStoreOptions;
  readonly #memory = new Map<string, unknown>();
  readonly #serviceTimes;
  readonly #counters;

  constructor(world: World, options: SessionStoreOptions) {
    this.#world = world;
    this.#options = options;
    this.#serviceTimes = world.draws('session-store/service-time');
    const counter = (method: Request['method']) => world.journal.counter('store.requests', { method });
    this.#counters = { GET: counter('GET'), POST: counter('POST'), DELETE: counter('DELETE') };
  }

  *answer(request: Request): Process<Response> {
    if (request.weightless !== true) {
      this.#counters[request.method].add();
      yield* this.#world.timers.sleep(this.#serviceTimes.exponential(this.#options.serviceMeanMs, request.key));
    }
    if (!request.path.startsWith(PREFIX)) return NOT_FOUND;
    const name = request.path.slice(PREFIX.length);
    if (request.method === 'POST') {
      this.#write(name, request.body);
      return CREATED;
    }
    if (request.method === 'DELETE') {
      this.#write(name, undefined);
      return GONE;
    }
    const body = this.#read(name);
    return body === undefined ? NOT_FOUND : { status: 200, body };
  }

  #read(name: string): unknown {
    return this.#options.durable ? this.#world.disk.read(name) : this.#memory.get(name);
  }

  /** @param value undefined takes it away */
  #write(name: string, value: unknown): void {
    if (this.#options.durable) this.#world.disk.write(name, value);
    else if (value === undefined) this.#memory.delete(name);
    else this.#memory.set(name, value);
  }
}
