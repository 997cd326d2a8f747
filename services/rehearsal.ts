/**
 * A stage to try services on before they go into a scenario: the hosts in question, stand-ins for those around them, and a
 * caller with a script. The way takes exactly 1 ms each way, so that times come out round.
 */
import {
  cast,
  type FaultSpec,
  type HostSpec,
  type Process,
  type Reply,
  type Request,
  type Response,
  type Role,
  type Scenario,
  type World,
} from '../simulator/contract/index.ts';

export type Script = (world: World) => Process<void>;

/** May start and stop hosts. */
const caller: Role<Script> = { name: 'caller', privileged: true, main: (world, script) => script(world) };

export interface RehearsalOptions {
  /** 1 h by default. */
  readonly endMs?: number;
  /** None by default. */
  readonly faults?: readonly FaultSpec[];
}

/** @param script what the host `caller` does, last in the cast */
export function rehearsal(hosts: readonly HostSpec[], script: Script, options: RehearsalOptions = {}): Scenario {
  const { endMs = 3_600_000, faults = [] } = options;
  return {
    id: 'rehearsal',
    cast: [...hosts, cast({ name: 'caller', pool: 'callers', role: caller, options: script })],
    faults,
    links: { default: { baseMs: 1, jitterMeanMs: 0 } },
    windows: [{ fromMs: 0, untilMs: endMs }],
    endMs,
  };
}

export interface StandInOptions {
  /** From process start until the door opens; 0 by default. */
  readonly bootMs?: number;
  /** From a request's arrival to its answer; 0 by default, Infinity never answers. */
  readonly serviceMs?: number;
  /** 200 to everything by default. */
  readonly answer?: (request: Request, nowMs: number) => Response;
}

const actor: Role<StandInOptions> = { name: 'stand-in', main: standsIn };

/**
 * A service that answers as it is told, names itself in `x-instance`, and notes each request as `served`, with its path, key
 * and source.
 */
export function standIn(
  name: string,
  pool: string,
  { startAtMs, ...options }: StandInOptions & Pick<HostSpec, 'startAtMs'> = {},
): HostSpec {
  const host = { name, pool, role: actor, options };
  return cast(startAtMs === undefined ? host : { ...host, startAtMs });
}

function* standsIn(world: World, { bootMs = 0, serviceMs = 0, answer = () => OK }: StandInOptions): Process<void> {
  if (bootMs > 0) yield* world.timers.sleep(bootMs);
  const service = new StandIn(world, serviceMs, answer);
  world.network.listen((request) => service.answer(request));
}

const OK: Response = Object.freeze({ status: 200 });

class StandIn {
  readonly #world: World;
  readonly #serviceMs: number;
  readonly #answer: NonNullable<StandInOptions['answer']>;

  constructor(world: World, serviceMs: number, answer: NonNullable<StandInOptions['answer']>) {
    this.#world = world;
    this.#serviceMs = serviceMs;
    this.#answer = answer;
  }

  *answer(request: Request): Process<Response> {
    const { journal, timers, clock, host } = this.#world;
    const { path, key, source } = request;
    journal.note('served', { path, key, source });
    if (this.#serviceMs > 0) yield* timers.sleep(this.#serviceMs);
    const response = this.#answer(request, clock.nowMs());
    return { ...response, headers: { ...response.headers, 'x-instance': host.name } };
  }
}

/** One GET by the caller; `rest` may say otherwise. */
export function* ask(world: World, host: string, rest: Partial<Request> & { timeoutMs?: number } = {}): Process<Reply> {
  const { timeoutMs, ...members } = rest;
  const request: Request = { method: 'GET', path: '/', source: world.host.name, key: 0, ...members };
  return yield* world.network.call(host, request, timeoutMs === undefined ? {} : { timeoutMs });
}
