/** What is over leaves nothing behind in the kernel, however often it happened. */
import { describe, expect, it } from 'vitest';
import { get, stage, type Script } from '../../test/kernel/stage.ts';
import type { Process, World } from '../contract/index.ts';
import { NO_TARGET, type Slots } from './queue/slots.ts';

const CALL_COUNT = 100_000;
const CLIENT_COUNT = 100;

/** A bounded server that is too slow for half of the patience, and hangs now and then. */
const server: Script = function* (world) {
  const service = world.draws('service');
  world.network.listen(
    function* ({ key }) {
      yield* world.timers.sleep(service.exponential(20, key));
      return { status: 200, fate: key % 10 === 0 ? 'hang' : 'deliver' };
    },
    { concurrency: 100, queueLimit: 20, overflow: 'drop' },
  );
};

function* client(world: World, first: number, ends: Map<string, number>): Process<void> {
  for (let key = first; key < CALL_COUNT; key += CLIENT_COUNT) {
    const { status, failure } = yield* world.network.call('server', get(key), { timeoutMs: 20 });
    const end = failure ?? String(status);
    ends.set(end, (ends.get(end) ?? 0) + 1);
  }
}

describe('after a hundred thousand calls with time-outs', () => {
  const ends = new Map<string, number>();
  const played = stage({
    server,
    *clients(world) {
      const works = Array.from({ length: CLIENT_COUNT }, (_, first) => client(world, first, ends));
      yield* world.tasks.all(...works);
    },
  });
  played.runUntil(1e9);
  const { kernel, network } = played;
  const door = network.host('server').listener!;

  it('both ends were common, and every call had one', () => {
    expect([...ends.keys()].sort()).toEqual(['200', 'timeout']);
    expect(Math.min(...ends.values())).toBeGreaterThan(CALL_COUNT / 5);
    expect(ends.get('200')! + ends.get('timeout')!).toBe(CALL_COUNT);
  });

  it('no event is pending, and the queue holds on to no target', () => {
    const { queue } = kernel;
    expect(queue.pendingCount).toBe(0);
    expect(queue.scheduledCount).toBe(queue.firedCount + queue.cancelledCount);
    expect(queue.cancelledCount).toBeGreaterThan(CALL_COUNT / 5);
    const { targets } = (queue as unknown as { readonly slots: Slots }).slots;
    expect(targets.every((target) => target === NO_TARGET)).toBe(true);
    // As many cells as were ever needed at once, not as many as events.
    expect(targets.length).toBeLessThan(1_024);
  });

  it('no process is left but the two of the hosts', () => {
    expect(kernel.spawnedCount).toBeGreaterThan(CALL_COUNT / 2);
    expect(kernel.spawnedCount - kernel.settledCount).toBe(2);
    for (const { root } of network.hosts) expect(root!.firstChild).toBeUndefined();
  });

  it('the door knows no call any more, neither worked on, nor waiting, nor hung', () => {
    expect([door.inProgressCount, door.lingeringCount]).toEqual([0, 0]);
  });
});

it('a pool and a signal forget waiters who gave up', () => {
  const counts: number[] = [];
  stage({
    *one(world) {
      const pool = world.tasks.pool(1);
      const signal = world.tasks.signal<void>();
      yield* pool.acquire();
      for (let n = 0; n < 10_000; n++) {
        yield* world.tasks.timeout(1, n % 2 === 0 ? pool.acquire() : signal.wait());
      }
      counts.push(pool.waitingCount, pool.busyCount);
    },
  }).runUntil(1e9);
  expect(counts).toEqual([0, 1]);
});
