/** The programmatic door: a model as one program on one machine, without a scenario around it. */
import { SimulatorError } from '../contract/errors.ts';
import type { Process } from '../contract/process.ts';
import { cast, type LinkSpec, type Scenario } from '../contract/scenario.ts';
import type { World } from '../contract/world.ts';
import type { Kernel } from './kernel.ts';
import { assertConserved, openStage } from './open-stage.ts';
import { toUs } from './sleep.ts';

export interface SimulationOptions {
  /** Which history: a whole number from 0 to 2^53 - 1. The same seed gives the same history everywhere. */
  readonly seed: number;
  /** The program must have returned by this moment, in milliseconds of virtual time from 0. No limit by default. */
  readonly untilMs?: number;
  /** The way from the program to its own door and back (`world.network.call('program', …)`). No latency by default. */
  readonly link?: LinkSpec;
}

export interface Simulation<A> {
  /** What the program returned. */
  readonly value: A;
  /** When it returned, in milliseconds of virtual time. */
  readonly nowMs: number;
  readonly eventCount: number;
  /** 16 hexadecimal digits over every event: equal for two runs with one history. */
  readonly traceHash: string;
}

const NO_LATENCY: LinkSpec = { baseMs: 0, jitterMeanMs: 0 };

/**
 * Runs a program in virtual time, on a single host called `program`, until it returns.
 *
 * The run ends when the program returns: as everywhere, its children end with it, their `finally` blocks run. To let
 * them finish, join them; to watch a system that never ends, spawn it and sleep until the moment at which you look.
 * `untilMs` is a guard against programs that do not come to an end. This is M/M/8 at 90 % load:
 *
 * ```ts
 * import { mean, simulate, type Pool, type Process, type World } from 'authdrill';
 *
 * function* customer(world: World, servers: Pool, serviceMs: number, waitsMs: number[]): Process<void> {
 *   const arrivedMs = world.clock.nowMs();
 *   yield* servers.acquire();
 *   waitsMs.push(world.clock.nowMs() - arrivedMs);
 *   yield* world.timers.sleep(serviceMs);
 *   servers.release();
 * }
 *
 * const { value, eventCount, traceHash } = simulate({ seed: 7 }, function* (world) {
 *   const servers = world.tasks.pool(8);
 *   const [between, service] = [world.draws('between arrivals'), world.draws('service')];
 *   const waitsMs: number[] = [];
 *   for (let n = 0; n < 100_000; n++) {
 *     yield* world.timers.sleep(between.exponential(1000 / 7.2, n));
 *     world.tasks.spawn(customer(world, servers, service.exponential(1000, n), waitsMs));
 *   }
 *   return mean(waitsMs);
 * });
 * console.log(`mean wait ${value.toFixed(1)} ms, ${eventCount} events, trace ${traceHash}`);
 * ```
 *
 * @throws SimulatorError `bad-argument` for a seed or a limit out of bounds; `process-failed` when a process threw and
 *   nobody was waiting for it; `bad-scenario` when the program waits for what can no longer happen, or had not returned
 *   by `untilMs`
 */
export function simulate<A>(options: SimulationOptions, program: (world: World) => Process<A>): Simulation<A> {
  const main = new Main(program);
  const stage = openStage(scenarioOf(main, options.link ?? NO_LATENCY), { seed: options.seed });
  const { kernel } = stage;
  main.kernel = kernel;
  const untilUs = toUs(options.untilMs ?? Infinity);
  kernel.run(untilUs);
  assertConserved(stage);
  if (!main.hasReturned) throw notReturned(kernel, untilUs);
  return {
    value: main.value as A,
    nowMs: kernel.nowUs / 1000,
    eventCount: kernel.trace.eventCount,
    traceHash: kernel.trace.digest(),
  };
}

/** The main process of the one host: keeps what the program returns and stops the clock. */
class Main<A> {
  readonly #program: (world: World) => Process<A>;
  kernel: Kernel | undefined = undefined;
  hasReturned = false;
  value: A | undefined = undefined;

  constructor(program: (world: World) => Process<A>) {
    this.#program = program;
  }

  *run(world: World): Process<'exit'> {
    this.value = yield* this.#program(world);
    this.hasReturned = true;
    this.kernel!.halt();
    return 'exit';
  }
}

function scenarioOf(main: Main<unknown>, link: LinkSpec): Scenario {
  const role = { name: 'program', main: (world: World) => main.run(world) };
  return {
    id: 'program',
    cast: [cast({ name: 'program', pool: 'programs', role, options: undefined })],
    faults: [],
    links: { default: link },
    windows: [{ fromMs: 0, untilMs: Infinity }],
    endMs: Infinity,
  };
}

function notReturned(kernel: Kernel, untilUs: number): SimulatorError {
  const program = `The program (seed ${kernel.seed})`;
  if (kernel.queue.pendingCount === 0) {
    const message = `${program} waits for what can no longer happen.`;
    return new SimulatorError(
      'bad-scenario',
      message,
      'No timer is set and no call is under way: look at its signals.',
    );
  }
  const message = `${program} had not returned by ${untilUs / 1000} ms.`;
  return new SimulatorError('bad-scenario', message, 'Let it return by then, or give untilMs a later moment.');
}
