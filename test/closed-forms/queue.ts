/** A queue as the closed forms know it: customers arrive, perhaps wait, are served, leave. Watched while they do. */
import type { Draws, Process, Signal, World } from '../../simulator/index.ts';
import type { ServiceTime } from './service-times.ts';

export interface QueueModel {
  readonly servers: number;
  /** Places to wait. */
  readonly queueLimit: number;
  /** Mean of the exponential time between arrivals. */
  readonly betweenMs: number;
  readonly service: ServiceTime;
  /** The share of waits longer than this is observed. */
  readonly longWaitMs: number;
}

export interface RunLength {
  /** Customers who fill the system and are not counted. */
  readonly warmUpCount: number;
  readonly observedCount: number;
}

/** What one run gives for each quantity. */
export interface Observation {
  /** Share of arrivals that were turned away. */
  readonly blockedRatio: number;
  /** Of those let in: mean time in the queue, share that waited at all, share that waited longer than `longWaitMs`. */
  readonly waitMs: number;
  readonly waitingRatio: number;
  readonly longWaitRatio: number;
  /** Number in the system, as seen by somebody who looks every now and then and has no part in it. */
  readonly count: number;
  /** The same looks, less arrival rate times mean time in the system of the customers: Little's law says 0. */
  readonly littleGap: number;
}

/** Mean times between arrivals from one look to the next. */
const LOOK_PERIODS = 1.7;

export abstract class Queue {
  protected readonly world: World;
  protected readonly model: QueueModel;
  readonly #length: RunLength;
  readonly #between: Draws;
  readonly #service: Draws;
  readonly #empty: Signal<void>;
  #sinceMs = 0;
  #insideCount = 0;
  #acceptedCount = 0;
  #waitedCount = 0;
  #longWaitCount = 0;
  #waitMs = 0;
  #sojournMs = 0;
  #lookCount = 0;
  #seenCount = 0;

  constructor(world: World, model: QueueModel, length: RunLength) {
    this.world = world;
    this.model = model;
    this.#length = length;
    this.#between = world.draws('between arrivals');
    this.#service = world.draws('service');
    this.#empty = world.tasks.signal();
  }

  /** Customer `n` from arrival to departure; calls `serve` when its wait is over, or never when it is turned away. */
  protected abstract customer(n: number, arrivedMs: number): Process<void>;

  /** Lets the customers come, each in a process of its own, and waits until the last has left. */
  *run(): Process<Observation> {
    const { timers, tasks, clock } = this.world;
    const { warmUpCount, observedCount } = this.#length;
    const looks = tasks.spawn(this.#look());
    for (let n = 0; n < warmUpCount + observedCount; n++) {
      yield* timers.sleep(this.#between.exponential(this.model.betweenMs, n));
      if (n === warmUpCount) this.#begin();
      tasks.spawn(this.#visit(n));
    }
    const durationMs = clock.nowMs() - this.#sinceMs;
    looks.cancel();
    while (this.#insideCount > 0) yield* this.#empty.wait();
    return this.#observation(durationMs);
  }

  #begin(): void {
    this.#sinceMs = this.world.clock.nowMs();
    this.#lookCount = this.#seenCount = 0;
  }

  *#look(): Process<void> {
    for (;;) {
      yield* this.world.timers.sleep(LOOK_PERIODS * this.model.betweenMs);
      this.#lookCount++;
      this.#seenCount += this.#insideCount;
    }
  }

  *#visit(n: number): Process<void> {
    const arrivedMs = this.world.clock.nowMs();
    this.#insideCount++;
    yield* this.customer(n, arrivedMs);
    this.#insideCount--;
    if (n >= this.#length.warmUpCount) this.#sojournMs += this.world.clock.nowMs() - arrivedMs;
    if (this.#insideCount === 0) this.#empty.fire();
  }

  /** The service of customer `n`, who has waited since `queuedMs`. */
  protected *serve(n: number, queuedMs: number): Process<void> {
    const waitMs = this.world.clock.nowMs() - queuedMs;
    if (n >= this.#length.warmUpCount) {
      this.#acceptedCount++;
      this.#waitMs += waitMs;
      if (waitMs > 0) this.#waitedCount++;
      if (waitMs > this.model.longWaitMs) this.#longWaitCount++;
    }
    yield* this.world.timers.sleep(this.model.service(this.#service, n));
  }

  #observation(durationMs: number): Observation {
    const accepted = this.#acceptedCount;
    const count = this.#seenCount / this.#lookCount;
    return {
      blockedRatio: 1 - accepted / this.#length.observedCount,
      waitMs: this.#waitMs / accepted,
      waitingRatio: this.#waitedCount / accepted,
      longWaitRatio: this.#longWaitCount / accepted,
      count,
      littleGap: count - this.#sojournMs / durationMs,
    };
  }
}
