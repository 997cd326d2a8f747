/** The same queue built twice: with a pool that customers take a permit of, and as the bounded server behind a door. */
import { simulate, type Pool, type Process, type Request, type Response, type World } from '../../simulator/index.ts';
import { Queue, type Observation, type QueueModel, type RunLength } from './queue.ts';

/** One run with one seed. */
export type Build = (model: QueueModel, length: RunLength, seed: number) => Observation;

export const withPool: Build = (model, length, seed) => {
  return simulate({ seed }, (world) => new PoolQueue(world, model, length).run()).value;
};

/** The door is `hopMs` away, there and back. */
export function withDoor(hopMs = 0): Build {
  return (model, length, seed) => {
    const link = { baseMs: hopMs, jitterMeanMs: 0 };
    return simulate({ seed, link }, (world) => new DoorQueue(world, model, length, hopMs).run()).value;
  };
}

export class PoolQueue extends Queue {
  protected readonly pool: Pool;

  constructor(world: World, model: QueueModel, length: RunLength) {
    super(world, model, length);
    this.pool = world.tasks.pool(model.servers, model.queueLimit);
  }

  protected *customer(n: number, arrivedMs: number): Process<void> {
    const { pool } = this;
    if (!(yield* pool.acquire())) return;
    try {
      yield* this.serve(n, arrivedMs);
    } finally {
      pool.release();
    }
  }
}

class DoorQueue extends Queue {
  readonly #hopMs: number;
  readonly #arrivalsMs: number[] = [];

  constructor(world: World, model: QueueModel, length: RunLength, hopMs: number) {
    super(world, model, length);
    this.#hopMs = hopMs;
    const { servers: concurrency, queueLimit } = model;
    world.network.listen((request) => this.#handle(request), { concurrency, queueLimit, overflow: 'refuse' });
  }

  *#handle({ key }: Request): Process<Response> {
    yield* this.serve(key, this.#arrivalsMs[key]! + this.#hopMs);
    return { status: 200 };
  }

  protected *customer(n: number, arrivedMs: number): Process<void> {
    const { network, host } = this.world;
    this.#arrivalsMs[n] = arrivedMs;
    yield* network.call(host.name, { method: 'GET', path: '/', source: host.name, key: n });
  }
}
