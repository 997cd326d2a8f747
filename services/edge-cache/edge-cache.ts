/**
 * A shared HTTP cache between a service and its readers: a CDN or a caching proxy. What it holds it serves without asking,
 * so that a reader who fetches again gets the same document again, whatever the origin says by now.
 */
import {
  hashText,
  keyOf,
  type Counter,
  type Process,
  type Reply,
  type Request,
  type Response,
  type Role,
  type Signal,
  type World,
} from '../../simulator/contract/index.ts';
import { Copies, documentOf, freshnessOf, served, type Copy } from './copies.ts';
import {
  checkEdgeCacheOptions,
  PURGE_PATH,
  PURGED,
  type CacheRule,
  type EdgeCacheOptions,
  type PurgeRequest,
} from './options.ts';

/**
 * Leaves behind: counter `edge-cache.answers{cache,result}` (`hit`, `stale`, `miss`; what has no rule is not counted), notes
 * `edge-cache.purged` {copyCount} and `edge-cache.changed` {path, location}: a location has a document that is not the one
 * it had before.
 * @throws SimulatorError `bad-scenario` when it starts with impossible options
 */
export const edgeCache: Role<EdgeCacheOptions> = { name: 'edge-cache', main };

function* main(world: World, options: EdgeCacheOptions): Process<void> {
  checkEdgeCacheOptions(options);
  const cache = new EdgeCache(world, options);
  world.network.listen((request) => cache.answer(request));
  if (options.warm) yield* cache.warmUp();
}

const FORGOTTEN: Response = Object.freeze({ status: 204 });

type Result = 'hit' | 'stale' | 'miss';

class EdgeCache {
  readonly #world: World;
  readonly #options: EdgeCacheOptions;
  readonly #rules: ReadonlyMap<string, CacheRule>;
  readonly #copies = new Copies();
  /** Fetches under way: who comes meanwhile waits for the same answer. */
  readonly #flights = new Map<string, Signal<Reply>>();
  readonly #counters: Readonly<Record<Result, Counter>>;
  readonly #identity: number;
  #fetchCount = 0;

  constructor(world: World, options: EdgeCacheOptions) {
    const { journal, host } = world;
    const counter = (result: Result): Counter => journal.counter('edge-cache.answers', { cache: host.name, result });
    this.#world = world;
    this.#options = options;
    this.#rules = new Map(options.rules.map((rule) => [rule.path, rule]));
    this.#counters = { hit: counter('hit'), stale: counter('stale'), miss: counter('miss') };
    this.#identity = keyOf(hashText(host.name), host.incarnation);
  }

  /** Copies of an age between 0 and the longest, as after a long time of service. */
  *warmUp(): Process<void> {
    const draws = this.#world.draws('edge-cache/age');
    const { clock, network, host } = this.#world;
    for (const [index, rule] of this.#options.rules.entries()) {
      const request: Request = { method: 'GET', path: rule.path, source: host.name, key: this.#nextKey() };
      const reply = yield* network.call(this.#options.origin, request, { timeoutMs: this.#options.originTimeoutMs });
      if (!isKept(reply)) continue;
      for (let location = 0; location < this.#options.locationCount; location++) {
        const ageMs = draws.uniform(index, location) * rule.maxAgeMs;
        this.#copies.put(location, rule.path, { response: asResponse(reply), fetchedAtMs: clock.nowMs() - ageMs });
      }
    }
  }

  *answer(request: Request): Process<Response> {
    if (request.path === PURGE_PATH && request.method === 'POST') return this.#purge(request);
    const rule = request.method === 'GET' ? this.#rules.get(request.path) : undefined;
    if (rule === undefined) return asResponse(yield* this.#pass(request));
    return yield* this.#fromCache(request, rule);
  }

  #purge(request: Request): Response {
    const { paths } = request.body as PurgeRequest;
    this.#world.journal.note(PURGED, { copyCount: this.#copies.purge(paths) });
    return FORGOTTEN;
  }

  #pass(request: Request) {
    return this.#world.network.call(this.#options.origin, request, { timeoutMs: this.#options.originTimeoutMs });
  }

  *#fromCache(request: Request, rule: CacheRule): Process<Response> {
    const { clock } = this.#world;
    const location = hashText(request.source) % this.#options.locationCount;
    const document = documentOf(request);
    const copy = this.#copies.find(location, document);
    const freshness = copy === undefined ? 'gone' : freshnessOf(copy, rule, clock.nowMs());
    if (freshness === 'fresh') return this.#give(request, rule, copy!, 'hit');
    // A measuring request must leave the cache as it would be without it.
    if (request.weightless === true) return asResponse(yield* this.#pass(request));
    const flight = this.#fetch(request, location, document);
    if (freshness === 'revalidating') return this.#give(request, rule, copy!, 'stale');
    const reply = yield* flight.wait();
    if (isKept(reply)) {
      this.#counters.miss.add();
      const fresh = { response: asResponse(reply), fetchedAtMs: clock.nowMs() };
      return served(fresh, rule, clock.nowMs());
    }
    const failed = reply.failure !== undefined || reply.status >= 500;
    if (failed && freshness === 'spare') return this.#give(request, rule, copy!, 'stale');
    return asResponse(reply);
  }

  #give(request: Request, rule: CacheRule, copy: Copy, result: Result): Response {
    const { clock, journal } = this.#world;
    if (request.weightless !== true) this.#counters[result].add();
    if (journal.follows(request.chain)) {
      const ageSeconds = Math.floor((clock.nowMs() - copy.fetchedAtMs) / 1000);
      journal.step(request.chain, `serves its copy of ${request.path}, ${ageSeconds} s old`, { ageSeconds });
    }
    return served(copy, rule, clock.nowMs());
  }

  /** Begins a fetch, or joins the one under way. It goes on when the reader has left. */
  #fetch(request: Request, location: number, document: string): Signal<Reply> {
    const key = `${location} ${document}`;
    const underWay = this.#flights.get(key);
    if (underWay !== undefined) return underWay;
    const flight = this.#world.tasks.signal<Reply>();
    this.#flights.set(key, flight);
    this.#world.tasks.background(this.#fly(request, location, document, flight));
    return flight;
  }

  *#fly(request: Request, location: number, document: string, flight: Signal<Reply>): Process<void> {
    const { clock, host, journal, network } = this.#world;
    const { origin, originTimeoutMs } = this.#options;
    const { path, query } = request;
    const asked: Request = {
      method: 'GET',
      path,
      source: host.name,
      key: this.#nextKey(),
      ...(query === undefined ? {} : { query }),
      ...(request.chain === undefined ? {} : { chain: request.chain }),
    };
    const reply = yield* network.call(origin, asked, { timeoutMs: originTimeoutMs });
    this.#flights.delete(`${location} ${document}`);
    if (isKept(reply)) {
      const copy: Copy = { response: asResponse(reply), fetchedAtMs: clock.nowMs() };
      if (this.#copies.put(location, document, copy)) journal.note('edge-cache.changed', { path, location });
    }
    flight.fire(reply);
  }

  #nextKey(): number {
    return keyOf(this.#identity, ++this.#fetchCount);
  }
}

function isKept(reply: Reply): boolean {
  return reply.failure === undefined && reply.status === 200;
}

function asResponse(reply: Reply): Response {
  if (reply.failure !== undefined) return { status: reply.failure === 'timeout' ? 504 : 502 };
  const { status, headers, cookies, body } = reply;
  return {
    status,
    ...(headers === undefined ? {} : { headers }),
    ...(cookies === undefined ? {} : { cookies }),
    ...(body === undefined ? {} : { body }),
  };
}
