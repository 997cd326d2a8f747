/**
 * An identity provider as a pure core: OpenID Connect discovery, key set, authorization code with PKCE, rotating refresh
 * tokens, a session of its own, and a capacity. It owns no clock, no chance and no socket, so every byte can be faulted.
 */
import type {
  Counter,
  Draws,
  Journal,
  Process,
  Request,
  Response,
  Role,
  Timing,
  World,
} from '../../simulator/contract/index.ts';
import { makeAdmission, type ReadExpiry } from '../admission/index.ts';
import { tell } from './answers.ts';
import { KeyDesk, KEYS_PATH } from './key-timeline-desk.ts';
import { checkIdpOptions, type IdpOptions, type ServiceTime } from './options.ts';
import { makeKeys, makeRoutes, type Route } from './routes.ts';
import { drawServiceMs } from './service-time.ts';

/**
 * Leaves behind: counters `idp.requests{endpoint,status}` (unknown paths count as endpoint `unknown`),
 * `idp.grants-refused{reason}` and `idp.families-revoked{cause}`; timing `idp.latency{endpoint}`, the time at a worker
 * without the wait in the queue, which a server does not see. Weightless requests leave no counts.
 * @throws SimulatorError `bad-scenario` when it starts with impossible options
 */
export const idp: Role<IdpOptions> = { name: 'idp', main };

// It waits for nothing itself: its life is in the requests.
function* main(world: World, options: IdpOptions): Process<void> {
  checkIdpOptions(options);
  const door = new Door(world, options);
  const { capacity, rateLimit } = options;
  const { handler, gate, line } = makeAdmission(world, options.admission ?? {}, {
    capacity,
    rateLimit,
    handler: (request) => door.handle(request),
    expiryOf: door.expiryOf,
  });
  world.network.listen(handler, capacity, gate, line);
}

const NOT_FOUND: Response = Object.freeze({ status: 404, body: Object.freeze({ error: 'not_found' }) });

class Door {
  readonly #world: World;
  readonly #counters = new Map<string, Counters>();
  readonly #unknown: StatusCounters;
  readonly #keyDesk: KeyDesk;
  /** What an edge could read in a refresh token of ours. */
  readonly expiryOf: ReadExpiry;

  constructor(world: World, options: IdpOptions) {
    const keys = makeKeys(world, options);
    this.#world = world;
    this.#keyDesk = new KeyDesk(world, keys);
    this.#unknown = new StatusCounters(world.journal, 'unknown');
    const { routes, families } = makeRoutes(world, options, keys);
    this.expiryOf = (token) => families.endMs(token);
    for (const route of routes) {
      this.#counters.set(route.path, new Counters(world, route, options.serviceTimes[route.name]));
    }
  }

  *handle(request: Request): Process<Response> {
    const counter = this.#counters.get(request.path);
    if (counter === undefined) {
      return request.path === KEYS_PATH ? this.#keyDesk.answer(request) : this.#unknownPath(request);
    }
    if (counter.route.method !== request.method) return counter.otherMethod(request);
    const { clock, timers } = this.#world;
    const startedMs = clock.nowMs();
    yield* timers.sleep(counter.serviceMs(request.key));
    const answer = counter.route.endpoint.answer(request);
    const response = 'status' in answer ? answer : yield* answer;
    if (request.weightless !== true) counter.served(response.status, clock.nowMs() - startedMs);
    return response;
  }

  #unknownPath(request: Request): Response {
    if (request.weightless !== true) this.#unknown.add(404);
    tell(this.#world.journal, request, 'the identity provider has no such path: 404');
    return NOT_FOUND;
  }
}

/** One route with its service times and its counts. */
class Counters {
  readonly route: Route;
  readonly #service: ServiceTime;
  readonly #draws: Draws;
  readonly #statuses: StatusCounters;
  readonly #latency: Timing;
  readonly #methodNotAllowed: Response;

  constructor(world: World, route: Route, service: ServiceTime) {
    this.route = route;
    this.#service = service;
    this.#draws = world.draws(`service/${route.name}`);
    this.#statuses = new StatusCounters(world.journal, route.name);
    this.#latency = world.journal.timing('idp.latency', { endpoint: route.name });
    const body = Object.freeze({ error: 'method_not_allowed' });
    // RFC 9110 15.5.6: a 405 says what is allowed.
    this.#methodNotAllowed = Object.freeze({ status: 405, headers: Object.freeze({ allow: route.method }), body });
  }

  serviceMs(key: number): number {
    return drawServiceMs(this.#service, this.#draws, key);
  }

  served(status: number, durationMs: number): void {
    this.#statuses.add(status);
    this.#latency.observe(durationMs);
  }

  otherMethod(request: Request): Response {
    if (request.weightless !== true) this.#statuses.add(405);
    return this.#methodNotAllowed;
  }
}

/** Requests of one endpoint by status; a status gets its counter when it is first seen. */
class StatusCounters {
  readonly #journal: Journal;
  readonly #endpoint: string;
  readonly #byStatus = new Map<number, Counter>();

  constructor(journal: Journal, endpoint: string) {
    this.#journal = journal;
    this.#endpoint = endpoint;
  }

  add(status: number): void {
    let counter = this.#byStatus.get(status);
    if (counter === undefined) {
      counter = this.#journal.counter('idp.requests', { endpoint: this.#endpoint, status: String(status) });
      this.#byStatus.set(status, counter);
    }
    counter.add();
  }
}
