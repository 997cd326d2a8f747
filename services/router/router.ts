/** The load balancer: one door in front of a pool. Round robin, health checks, ejection, retry, stickiness, rate limit. */
import {
  keyOf,
  type CallOptions,
  type Process,
  type Reply,
  type Request,
  type Response,
  type Role,
  type World,
} from '../../simulator/contract/index.ts';
import { makeGate } from '../admission/index.ts';
import { Connections } from './connections.ts';
import { Members, type Round } from './members.ts';
import type { HealthCheckOptions, RouterOptions } from './options.ts';

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
  readonly #round: Round = { next: 0 };
  readonly #measuringRound: Round = { next: 0 };

  constructor(world: World, options: RouterOptions) {
    this.#world = world;
    this.#options = options;
    this.#members = new Members(world, options);
    this.#connections = new Connections(world, options.connectionIdleMs);
    this.#patience = { timeoutMs: options.upstreamTimeoutMs };
    this.#hashes = options.distribution === 'hash' ? world.draws('router/hash') : undefined;
  }

  /** With nobody left to try the caller gets the last answer; with nobody at all, 503. */
  *forward(request: Request): Process<Response> {
    const { retry, ejection } = this.#options;
    const tried: string[] = [];
    let last: Reply | undefined;
    for (;;) {
      const instance = this.#choose(request, tried);
      if (instance === undefined) return last === undefined ? NOBODY : asResponse(last);
      tried.push(instance);
      const attempt = tried.length - 1;
      const sent = attempt === 0 ? request : { ...request, key: keyOf(request.key, attempt) };
      last = yield* this.#world.network.call(instance, sent, this.#patience);
      if (ejection !== undefined && request.weightless !== true) this.#members.answered(instance, last.status);
      if (retry === undefined || attempt >= retry.attemptCount || !retry.retries(last.status)) return asResponse(last);
    }
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

const NOBODY: Response = Object.freeze({ status: 503, headers: Object.freeze({ 'retry-after': '5' }) });

function asResponse(reply: Reply): Response {
  if (reply.failure === undefined) return reply;
  return { status: reply.failure === 'timeout' ? 504 : 502 };
}
