/** The load balancer: one door in front of a pool. Round robin, health checks, ejection, retry, stickiness, rate limit. */
import {
  keyOf,
  type CallOptions,
  type Counter,
  type Process,
  type Reply,
  type Request,
  type Response,
  type Role,
  type World,
} from '../../simulator/contract/index.ts';
import { makeGate } from '../admission/index.ts';
import { answersAmong, type Answer } from '../status-words.ts';
import { Connections } from './connections.ts';
import { Members, type Round } from './members.ts';
import type { HealthCheckOptions, RetryOptions, RouterOptions } from './options.ts';

/** Takes an instance out of the rotation by POST: `{ "instance": "app-1" }`. Answers 204, or 409 when it must not. */
export const DRAIN_PATH = '/admin/drain';

export const router: Role<RouterOptions> = { name: 'router', main };

function* main(world: World, options: RouterOptions): Process<void> {
  const service = new Router(world, options);
  world.network.listen((request) => service.forward(request), undefined, makeGate(world, options.rateLimit));
  if (options.health !== undefined) yield* service.watch(options.health);
}

class Router {
  readonly #world: World;
  readonly #options: RouterOptions;
  readonly #members: Members;
  readonly #connections: Connections;
  readonly #isFit = (instance: string): boolean => this.#members.isFit(instance);
  readonly #patience: CallOptions;
  readonly #hashes;
  readonly #retry: Retry | undefined;
  readonly #round: Round = { next: 0 };
  readonly #measuringRound: Round = { next: 0 };

  constructor(world: World, options: RouterOptions) {
    this.#world = world;
    this.#options = options;
    this.#members = new Members(world, options);
    this.#connections = new Connections(world, options.connectionIdleMs);
    this.#patience = { timeoutMs: options.upstreamTimeoutMs };
    this.#hashes = options.distribution === 'hash' ? world.draws('router/hash') : undefined;
    if (options.retry !== undefined) this.#retry = makeRetry(world, options.retry);
  }

  /** With nobody left to try the caller gets the last answer; with nobody at all, 503. */
  *forward(request: Request): Process<Response> {
    if (request.path === DRAIN_PATH && request.method === 'POST') return this.#drain(request);
    const retry = this.#retry;
    const tried: string[] = [];
    let last: Reply | undefined;
    for (;;) {
      const instance = this.#choose(request, tried);
      if (instance === undefined) return last === undefined ? NOBODY : asResponse(last);
      if (last !== undefined && request.weightless !== true && retry?.isAdded(last) === true) retry.actions?.add();
      tried.push(instance);
      const attempt = tried.length - 1;
      const sent = attempt === 0 ? request : { ...request, key: keyOf(request.key, attempt) };
      last = yield* this.#world.network.call(instance, sent, this.#patience);
      if (request.weightless !== true) this.#members.answered(instance, last);
      if (retry === undefined || attempt >= retry.attemptCount || !retry.isWorthIt(last)) return asResponse(last);
    }
  }

  #drain(request: Request): Response {
    const { instance } = request.body as { readonly instance: string };
    return { status: this.#members.drain(instance) ? 204 : 409 };
  }

  #choose(request: Request, tried: readonly string[]): string | undefined {
    const { journal } = this.#world;
    if (this.#options.stickiness === 'connection' && tried.length === 0) {
      const pinned = this.#connections.instanceOf(request, this.#isFit);
      if (pinned !== undefined) {
        if (journal.follows(request.chain)) journal.step(request.chain, `sends it to ${pinned} (open connection)`);
        return pinned;
      }
    }
    const round = request.weightless === true ? this.#measuringRound : this.#round;
    const chosen = this.#members.choose(tried, round, this.#hashes?.bits(request.key, tried.length));
    if (chosen !== undefined && this.#options.stickiness === 'connection') this.#connections.pin(request, chosen);
    if (journal.follows(request.chain)) {
      const why = this.#hashes === undefined ? 'next in turn' : 'a new connection';
      journal.step(request.chain, `sends it to ${chosen ?? 'nobody'} (${why})`);
    }
    return chosen;
  }

  /** Active health checks of all instances, each period. */
  *watch(health: HealthCheckOptions): Process<void> {
    for (let round = 0; ; round++) {
      yield* this.#world.timers.sleepPeriod(health.periodMs);
      for (const name of this.#members.names) this.#world.tasks.spawn(this.#check(name, health, round));
    }
  }

  *#check(name: string, health: HealthCheckOptions, round: number): Process<void> {
    const { host, network } = this.#world;
    const request: Request = { method: 'GET', path: health.path, source: host.name, key: keyOf(round, 0x4ea17) };
    const reply = yield* network.call(name, request, { timeoutMs: health.timeoutMs });
    this.#members.checked(name, reply.status === 200);
  }
}

interface Retry {
  readonly attemptCount: number;
  readonly isWorthIt: (answer: Answer) => boolean;
  /** Whether a mitigation made it worth it. */
  readonly isAdded: (answer: Answer) => boolean;
  readonly actions: Counter | undefined;
}

function makeRetry({ journal }: World, { attemptCount, retries, added }: RetryOptions): Retry {
  return {
    attemptCount,
    isWorthIt: answersAmong(retries),
    isAdded: answersAmong(added?.words ?? []),
    actions: added && journal.counter('mitigation.actions', { mitigation: added.actedAs }),
  };
}

const NOBODY: Response = Object.freeze({ status: 503, headers: Object.freeze({ 'retry-after': '5' }) });

function asResponse(reply: Reply): Response {
  if (reply.failure === undefined) return reply;
  return { status: reply.failure === 'timeout' ? 504 : 502 };
}
