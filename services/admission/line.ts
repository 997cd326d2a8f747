/**
 * The line at a door as its options keep it: limits on what is inside, turns by importance, bulkheads between flows,
 * controlled delay. With no options it is the first-come queue of the capacity.
 */
import type { Capacity, Line, Request, Response, Waiting, World } from '../../simulator/contract/index.ts';
import { overloaded } from './answers.ts';
import { Compartment } from './compartment.ts';
import { Deed } from './deed.ts';
import { FLOWS, rankOf } from './flow.ts';
import { makeLimit, type Limit } from './limits/index.ts';
import type { LineLimit, LineOptions } from './line-options.ts';
import { limitRuleOf } from './presets/index.ts';

export type Learn = (request: Request, response: Response) => void;

interface Guarded {
  readonly limit: Limit;
  readonly refusal: Response;
  readonly exempt: readonly string[];
  readonly deed: Deed | undefined;
}

export class DoorLine implements Line {
  readonly #world: World;
  readonly #options: LineOptions;
  readonly #capacity: Capacity;
  readonly #placeCount: number;
  readonly #limits: readonly Guarded[];
  /** One, or one for each flow in order of importance. */
  readonly #compartments: readonly Compartment[];
  readonly #turnsDeed: Deed | undefined;
  readonly #bulkheadDeed: Deed | undefined;
  readonly #shed: Response;
  readonly #learn: Learn | undefined;
  /** How many were inside when somebody came, themselves included; kept while limits want to know. */
  readonly #inFlightAtStart = new WeakMap<Waiting, number>();
  #workingCount = 0;
  /** The flow whose turn comes next, with bulkheads. */
  #turn = 0;

  /** @param learn told of each answer, as it leaves the service */
  constructor(world: World, options: LineOptions, capacity: Capacity, learn?: Learn) {
    this.#learn = learn;
    this.#world = world;
    this.#options = options;
    this.#capacity = capacity;
    this.#placeCount = options.queueLimit ?? capacity.queueLimit;
    this.#limits = (options.limits ?? []).map((limit) => guarded(world, limit));
    const count = options.turns === undefined && options.bulkheads === undefined ? 1 : FLOWS.length;
    const delayDeed = Deed.of(world, options.delay?.actedAs);
    this.#compartments = Array.from({ length: count }, () => new Compartment(options.delay, delayDeed));
    this.#turnsDeed = Deed.of(world, options.turns?.actedAs);
    this.#bulkheadDeed = Deed.of(world, options.bulkheads?.actedAs);
    this.#shed = overloaded(503, options.turns?.retryAfterSeconds);
  }

  get waitingCount(): number {
    return this.#compartments.reduce((sum, { count }) => sum + count, 0);
  }

  join(waiting: Waiting): Response | 'no-place' | undefined {
    const inFlight = this.#workingCount + this.waitingCount;
    for (const { limit, refusal, exempt, deed } of this.#limits) {
      if (inFlight < limit.value || exempt.some((path) => waiting.request.path.startsWith(path))) continue;
      deed?.done();
      return refusal;
    }
    const rank = this.#rankOf(waiting);
    const refusal = this.#place(rank);
    if (refusal !== undefined) return refusal;
    if (this.#limits.length > 0) this.#inFlightAtStart.set(waiting, inFlight + 1);
    this.#compartments[rank]!.add(waiting, this.#world.clock.nowMs());
    return undefined;
  }

  next(): Waiting | undefined {
    const nowMs = this.#world.clock.nowMs();
    for (const rank of this.#order()) {
      const compartment = this.#compartments[rank]!;
      if (compartment.count === 0 || !this.#mayHoldAnother(compartment)) continue;
      const oldestMs = compartment.oldestMs;
      const taken = compartment.take(nowMs);
      if (taken === undefined) continue;
      if (this.#compartments.some((other) => other.oldestMs < oldestMs)) this.#jumped();
      this.#workingCount++;
      compartment.workingCount++;
      if (this.#options.turns === undefined) this.#turn = (rank + 1) % this.#compartments.length;
      return taken;
    }
    return undefined;
  }

  left(waiting: Waiting, response: Response | undefined): void {
    if (response !== undefined) this.#learn?.(waiting.request, response);
    this.#workingCount--;
    this.#compartments[this.#rankOf(waiting)]!.workingCount--;
    const inFlight = this.#inFlightAtStart.get(waiting);
    if (inFlight === undefined) return;
    const nowMs = this.#world.clock.nowMs();
    for (const { limit } of this.#limits) limit.sample(nowMs - waiting.sinceMs, inFlight, nowMs);
  }

  clear(): readonly Waiting[] {
    return this.#compartments.flatMap((compartment) => compartment.clear());
  }

  #rankOf(waiting: Waiting): number {
    return this.#compartments.length === 1 ? 0 : rankOf(waiting.request);
  }

  /** Undefined when there is a place for this flow, or one could be made. */
  #place(rank: number): Response | 'no-place' | undefined {
    if (this.#options.bulkheads !== undefined) return this.#placeBehindBulkhead(rank);
    const hasPlace = this.waitingCount < this.#placeCount + this.#freeWorkers();
    if (hasPlace) return undefined;
    return this.#options.turns === undefined ? 'no-place' : this.#evictFor(rank);
  }

  #placeBehindBulkhead(rank: number): Response | 'no-place' | undefined {
    const { placesRatio } = this.#options.bulkheads!;
    const compartment = this.#compartments[rank]!;
    const free = this.#mayHoldAnother(compartment) ? this.#freeWorkers() : 0;
    const own = Math.max(1, Math.floor(this.#placeCount * placesRatio));
    const isFull = this.waitingCount >= this.#placeCount + this.#freeWorkers();
    const hasPlace = compartment.count < own + free;
    if (hasPlace === isFull) this.#bulkheadDeed?.done();
    if (hasPlace) return undefined;
    return this.#options.turns === undefined ? 'no-place' : this.#shed;
  }

  /** The least important that came last makes room; when that is the newcomer, it is turned away itself. */
  #evictFor(rank: number): Response | undefined {
    this.#turnsDeed?.done();
    for (let lower = this.#compartments.length - 1; lower > rank; lower--) {
      const evicted = this.#compartments[lower]!.takeNewest();
      if (evicted === undefined) continue;
      evicted.turnAway(this.#shed);
      return undefined;
    }
    return this.#shed;
  }

  #freeWorkers(): number {
    return Math.max(0, this.#capacity.concurrency - this.#workingCount);
  }

  #mayHoldAnother({ workingCount }: Compartment): boolean {
    const { bulkheads } = this.#options;
    if (bulkheads === undefined) return true;
    return workingCount < Math.max(1, Math.floor(this.#capacity.concurrency * bulkheads.workersRatio));
  }

  /** In which order flows are looked at. */
  #order(): readonly number[] {
    if (this.#compartments.length === 1) return ONLY;
    return ROUNDS[this.#options.turns === undefined ? this.#turn : 0]!;
  }

  /** Somebody was taken before one who had come earlier. */
  #jumped(): void {
    (this.#turnsDeed ?? this.#bulkheadDeed)?.done();
  }
}

const ONLY: readonly number[] = [0];
/** Flows from each on, round and round; the first of them is the order of importance. */
const ROUNDS = FLOWS.map((_, first) => FLOWS.map((__, index) => (first + index) % FLOWS.length));

function guarded(world: World, { rule, status, retryAfterSeconds, exempt = [], actedAs }: LineLimit): Guarded {
  return {
    limit: makeLimit(world, limitRuleOf(rule)),
    refusal: overloaded(status, retryAfterSeconds),
    exempt,
    deed: Deed.of(world, actedAs),
  };
}
