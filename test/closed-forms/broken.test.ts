/** The comparison has teeth: queues that are not what their name says are noticed, each by the quantity that tells. */
import { describe, expect, it } from 'vitest';
import { simulate, type Process, type Signal } from '../../simulator/index.ts';
import { PoolQueue, withPool, type Build } from './builds.ts';
import { CASES, SERVICE_MS, type Case } from './cases.ts';
import { rowOf } from './comparison.ts';
import { Queue, type Observation } from './queue.ts';
import { deterministic, exponential } from './service-times.ts';

const SEED_COUNT = 20;
const [mm1, mm8, mm15] = CASES as unknown as readonly [Case, Case, Case];

/** The quantities whose interval does not contain theory when the queue is built so. */
function noticedBy(queue: Case, build: Build): (keyof Observation)[] {
  const runs = Array.from({ length: SEED_COUNT }, (_, i) => build(queue.model, queue.length, i + 1));
  const rows = Object.entries(queue.expected).map(([name, value]) => rowOf(runs, name as keyof Observation, value));
  return rows.filter(({ contains }) => !contains).map(({ quantity }) => quantity);
}

function changed(change: (queue: Case['model']) => Partial<Case['model']>): Build {
  return (model, length, seed) => withPool({ ...model, ...change(model) }, length, seed);
}

/** One server, last come first served: the same mean wait, other waits. */
class LastComeFirst extends Queue {
  readonly #waiting: Signal<void>[] = [];
  #busy = false;

  protected *customer(n: number, arrivedMs: number): Process<void> {
    if (this.#busy) {
      const turn = this.world.tasks.signal<void>();
      this.#waiting.push(turn);
      yield* turn.wait();
    }
    this.#busy = true;
    yield* this.serve(n, arrivedMs);
    const next = this.#waiting.pop();
    if (next === undefined) this.#busy = false;
    else next.fire();
  }
}

/** Forgets to give one permit back. */
class Leak extends PoolQueue {
  protected override *customer(n: number, arrivedMs: number): Process<void> {
    if (n !== 900) return yield* super.customer(n, arrivedMs);
    yield* this.pool.acquire();
    yield* this.serve(n, arrivedMs);
  }
}

describe('noticed', () => {
  it('is a service that takes 3 % longer', () => {
    const build = changed(() => ({ service: exponential(1.03 * SERVICE_MS) }));
    expect(noticedBy(mm1, build)).toEqual(expect.arrayContaining(['waitMs', 'waitingRatio', 'count']));
  });

  it('is an arrival rate that is 3 % too high', () => {
    const build = changed(({ betweenMs }) => ({ betweenMs: betweenMs / 1.03 }));
    expect(noticedBy(mm1, build)).toEqual(expect.arrayContaining(['waitMs', 'waitingRatio', 'count']));
  });

  it('is a service time with the right mean and the wrong shape', () => {
    const build = changed(() => ({ service: deterministic(SERVICE_MS) }));
    expect(noticedBy(mm1, build)).toEqual(['waitMs', 'longWaitRatio', 'count']);
  });

  it('is the order last come first served, by the long waits alone', () => {
    const build: Build = (model, length, seed) =>
      simulate({ seed }, (world) => new LastComeFirst(world, model, length).run()).value;
    expect(noticedBy(mm1, build)).toEqual(['longWaitRatio']);
  });

  it('is one lost permit among eight', () => {
    const build: Build = (model, length, seed) =>
      simulate({ seed }, (world) => new Leak(world, model, length).run()).value;
    expect(noticedBy(mm8, build)).toEqual(expect.arrayContaining(['waitMs', 'waitingRatio', 'longWaitRatio', 'count']));
  });

  it('is a waiting room with one place too many', () => {
    const build = changed(({ queueLimit }) => ({ queueLimit: queueLimit + 1 }));
    expect(noticedBy(mm15, build)).toEqual(['blockedRatio', 'count', 'waitMs']);
  });
});

it('nothing is noticed where nothing is broken', () => {
  expect(noticedBy(mm15, withPool)).toEqual([]);
});
