/** Affinity by cookie, in front of a balancer's own choice: a cookie names the instance that answered first. */
import type { Handler, Process, Request, Response, World, Wrap } from '../../../simulator/contract/index.ts';
import { INSTANCE_HEADER } from '../../backend/index.ts';

const AFFINITY_COOKIE = 'affinity';

export interface AffinityOptions {
  readonly pool: string;
  /** Patience with an instance. */
  readonly timeoutMs: number;
  /** The mitigation: it acts each time that the cookie decides where a request goes. */
  readonly actedAs: string;
}

export function affinity(options: AffinityOptions): Wrap {
  return (inner, world) => {
    const sticky = new Affinity(inner, world, options);
    return (request) => sticky.forward(request);
  };
}

class Affinity {
  readonly #inner: Handler;
  readonly #world: World;
  readonly #options: AffinityOptions;
  readonly #actions;

  constructor(inner: Handler, world: World, options: AffinityOptions) {
    this.#inner = inner;
    this.#world = world;
    this.#options = options;
    this.#actions = world.journal.counter('mitigation.actions', { mitigation: options.actedAs });
  }

  *forward(request: Request): Process<Response> {
    const named = request.cookies?.[AFFINITY_COOKIE]?.value;
    if (typeof named === 'string') {
      const response = yield* this.#sendTo(named, request);
      if (response !== undefined) return response;
    }
    const response = yield* this.#inner(request);
    const instance = response.headers?.[INSTANCE_HEADER];
    if (instance === undefined || instance === named) return response;
    // Real balancers encrypt it against prying; it opens nothing.
    return { ...response, cookies: { ...response.cookies, [AFFINITY_COOKIE]: { seal: '', value: instance } } };
  }

  /** Undefined when the instance is not there any more, or does not take connections. */
  *#sendTo(instance: string, request: Request): Process<Response | undefined> {
    const { network, journal } = this.#world;
    const { pool, timeoutMs } = this.#options;
    if (!network.members(pool).includes(instance)) return undefined;
    const reply = yield* network.call(instance, request, { timeoutMs });
    if (reply.failure === 'refused') return undefined;
    if (request.weightless !== true) this.#actions.add();
    if (journal.follows(request.chain)) journal.step(request.chain, `sends it to ${instance} (affinity cookie)`);
    return reply.failure === undefined ? reply : { status: reply.failure === 'timeout' ? 504 : 502 };
  }
}
