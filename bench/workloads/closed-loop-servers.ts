/** The servers of the closed loop: a router, an instance, an identity provider that browns out. */
import type { Draws, Process, Request, Response, Role, World } from '../../simulator/contract/index.ts';
import type { Counts } from './closed-loop-clients.ts';

const INSTANCE_SERVICE_MEAN_MS = 4;
const PROVIDER_SHARE = 0.3;
const PROVIDER_PATIENCE = { timeoutMs: 300 } as const;
const PROVIDER_SERVICE_MEAN_MS = 8;
const BROWN_OUT_PERIOD_MS = 60_000;
const BROWN_OUT_MS = 5_000;
const BROWN_OUT_FACTOR = 30;

const OK: Response = Object.freeze({ status: 200 });
const UNAVAILABLE: Response = Object.freeze({ status: 503 });

interface BalancerOptions {
  readonly instances: readonly string[];
}

export const balancer: Role<BalancerOptions> = {
  name: 'balancer',
  *main(world, { instances }) {
    const service = new Balancer(world, instances);
    world.network.listen((request) => service.forward(request));
  },
};

class Balancer {
  readonly #world: World;
  readonly #instances: readonly string[];
  #next = 0;

  constructor(world: World, instances: readonly string[]) {
    this.#world = world;
    this.#instances = instances;
  }

  *forward(request: Request): Process<Response> {
    const instance = this.#instances[this.#next]!;
    this.#next = (this.#next + 1) % this.#instances.length;
    return yield* this.#world.network.call(instance, request);
  }
}

interface InstanceOptions {
  readonly counts: Counts;
}

export const instance: Role<InstanceOptions> = {
  name: 'instance',
  *main(world, { counts }) {
    const service = new Instance(world, counts);
    const capacity = { concurrency: 64, queueLimit: Infinity, overflow: 'refuse' } as const;
    world.network.listen((request) => service.answer(request), capacity);
  },
};

class Instance {
  readonly #world: World;
  readonly #counts: Counts;
  readonly #services: Draws;
  readonly #needs: Draws;

  constructor(world: World, counts: Counts) {
    this.#world = world;
    this.#counts = counts;
    this.#services = world.draws('service');
    this.#needs = world.draws('needs-provider');
  }

  *answer(request: Request): Process<Response> {
    const { timers, network } = this.#world;
    yield* timers.sleep(this.#services.exponential(INSTANCE_SERVICE_MEAN_MS, request.key));
    if (!this.#needs.chance(PROVIDER_SHARE, request.key)) return OK;
    const reply = yield* network.call('idp', request, PROVIDER_PATIENCE);
    if (reply.failure === 'timeout') this.#counts.providerTimeouts++;
    return reply.status === 200 ? OK : UNAVAILABLE;
  }
}

export const provider: Role<object> = {
  name: 'provider',
  *main(world) {
    const service = new Provider(world);
    const capacity = { concurrency: 16, queueLimit: Infinity, overflow: 'refuse' } as const;
    world.network.listen((request) => service.answer(request), capacity);
  },
};

class Provider {
  readonly #world: World;
  readonly #services: Draws;

  constructor(world: World) {
    this.#world = world;
    this.#services = world.draws('service');
  }

  /** The last five seconds of each minute are thirty times slower. Requests whose sender has left are worked on all the same. */
  *answer(request: Request): Process<Response> {
    const { clock, timers } = this.#world;
    const isSlow = clock.nowMs() % BROWN_OUT_PERIOD_MS >= BROWN_OUT_PERIOD_MS - BROWN_OUT_MS;
    const meanMs = PROVIDER_SERVICE_MEAN_MS * (isSlow ? BROWN_OUT_FACTOR : 1);
    yield* timers.sleep(this.#services.exponential(meanMs, request.key));
    return OK;
  }
}
