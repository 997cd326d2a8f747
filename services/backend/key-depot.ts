/**
 * One place that fetches the provider's keys for many instances: they ask it in place of the provider. It hands out the last
 * good set, however old. Also what stands for keys baked into an image: then it fetches when the image is built.
 */
import {
  keyOf,
  type Counter,
  type Process,
  type Request,
  type Response,
  type Role,
  type World,
} from '../../simulator/contract/index.ts';
import { judgeKeySet } from './verifier/parse.ts';

export interface KeyDepotOptions {
  /** Host name of the identity provider. */
  readonly idp: string;
  /** Fetches at these moments, in order; each is tried again every `retryMs` until it succeeds. */
  readonly atMs: readonly number[];
  /** And again each so many ms after that. Never when left out. */
  readonly everyMs?: number;
  readonly retryMs: number;
  readonly timeoutMs: number;
  /** Its fetches are outside the play, as the build of an image is: they take no capacity. False when left out. */
  readonly weightless?: boolean;
  /** The mitigation that it is: it acts with each set that it hands out. Not counted when left out. */
  readonly actedAs?: string;
}

export const keyDepot: Role<KeyDepotOptions> = { name: 'key-depot', main };

const NOTHING_YET: Response = Object.freeze({ status: 503, headers: Object.freeze({ 'retry-after': '5' }) });

function* main(world: World, options: KeyDepotOptions): Process<void> {
  const depot = new KeyDepot(world, options);
  world.network.listen((request) => depot.answer(request));
  for (const atMs of options.atMs) {
    yield* world.timers.sleepUntil(atMs);
    yield* depot.fetchUntilGood();
  }
  const { everyMs } = options;
  if (everyMs === undefined) return;
  for (;;) {
    yield* world.timers.sleepPeriod(everyMs);
    yield* depot.fetchUntilGood();
  }
}

class KeyDepot {
  readonly #world: World;
  readonly #options: KeyDepotOptions;
  readonly #actions: Counter | undefined;
  #good: Response | undefined;
  #fetchCount = 0;

  constructor(world: World, options: KeyDepotOptions) {
    this.#world = world;
    this.#options = options;
    const { actedAs } = options;
    if (actedAs !== undefined) this.#actions = world.journal.counter('mitigation.actions', { mitigation: actedAs });
  }

  *fetchUntilGood(): Process<void> {
    const { idp, timeoutMs, retryMs, weightless = false } = this.#options;
    const { network, host, timers } = this.#world;
    for (;;) {
      const key = keyOf(host.incarnation, ++this.#fetchCount, 0xde907);
      const request: Request = { method: 'GET', path: '/jwks', source: host.name, key, weightless };
      // An empty set is a fault of the provider's: the one before stays.
      const fetched = judgeKeySet(yield* network.call(idp, request, { timeoutMs }), false);
      if (fetched.ok) {
        const headers = { 'content-type': 'application/json' };
        this.#good = { status: 200, headers, body: { keys: fetched.set.keys } };
        return;
      }
      yield* timers.sleepPeriod(retryMs);
    }
  }

  *answer(request: Request): Process<Response> {
    if (request.path !== '/jwks') return { status: 404 };
    if (this.#good === undefined) return NOTHING_YET;
    this.#actions?.add();
    return this.#good;
  }
}
