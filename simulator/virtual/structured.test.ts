import { describe, expect, it } from 'vitest';
import { failing, get, Log, play, stage } from '../../test/kernel/stage.ts';
import { TIMED_OUT, type Process, type World } from '../contract/index.ts';

/** Runs one script on a host called `one`. */
function alone(script: (world: World, log: Log) => Process<void>) {
  const log = new Log();
  return { log, ...play({ one: (world) => script(world, log) }) };
}

describe('a child', () => {
  it('starts when its parent waits, not before', () => {
    const { log } = alone(function* (world, log) {
      world.tasks.spawn(log.nap(world, 'child', 0));
      log.add(world, 'parent');
      yield* world.timers.sleep(1);
    });
    expect(log.entries).toEqual([
      ['parent', 0],
      ['child done', 0],
    ]);
  });

  it('ends with its parent, the youngest first, and its finally blocks run', () => {
    function* parent(world: World, log: Log): Process<void> {
      world.tasks.spawn(log.nap(world, 'older', 100));
      world.tasks.spawn(log.nap(world, 'younger', 100));
      yield* log.nap(world, 'parent', 10);
    }
    const { log, kernel } = alone(function* (world, log) {
      yield* world.tasks.spawn(parent(world, log)).join();
      log.add(world, 'joined');
    });
    expect(log.entries).toEqual([
      ['parent done', 10],
      ['younger gone', 10],
      ['older gone', 10],
      ['joined', 10],
    ]);
    expect(kernel.queue.pendingCount).toBe(0);
  });

  it('of a request ends with the answer; background work ends with the host', () => {
    const log = new Log();
    play({
      *server(world) {
        world.network.listen(function* () {
          world.tasks.spawn(log.nap(world, 'child', 100));
          world.tasks.background(log.nap(world, 'background', 100));
          yield* world.timers.sleep(10);
          return { status: 200 };
        });
      },
      *client(world) {
        yield* world.network.call('server', get());
        world.hosts!.crash('server');
        yield* world.network.call('server', get());
        log.add(world, 'refused');
      },
    });
    expect(log.entries).toEqual([
      ['child gone', 11],
      ['background gone', 12],
      ['refused', 14],
    ]);
  });

  it('that has ended gives its value at once, however late it is joined', () => {
    const { log } = alone(function* (world, log) {
      const child = world.tasks.spawn(log.nap(world, 'child', 5));
      yield* world.timers.sleep(20);
      expect(child.settled).toBe(true);
      log.add(world, `${yield* child.join()} joined`);
      log.add(world, `${yield* child.join()} joined again`);
    });
    expect(log.entries).toEqual([
      ['child done', 5],
      ['child joined', 20],
      ['child joined again', 20],
    ]);
  });

  it('throws into the one that joins it', () => {
    const { log } = alone(function* (world, log) {
      const child = world.tasks.spawn(failing(world, 5));
      try {
        yield* child.join();
      } catch (error) {
        log.add(world, String(error));
      }
    });
    expect(log.entries).toEqual([['Error: broken', 5]]);
  });

  it('that fails while nobody joins it voids the run, with host, time and seed in the message', () => {
    const staged = stage(
      {
        *one(world) {
          const child = world.tasks.spawn(failing(world, 5));
          yield* world.timers.sleep(10);
          yield* child.join();
        },
      },
      { seed: 42 },
    );
    expect(() => staged.runUntil(100)).toThrow(/process on host one failed at 5 ms of seed 42: broken/);
  });

  it('that was cancelled is an error to the one that joins it', () => {
    const { log } = alone(function* (world, log) {
      const child = world.tasks.spawn(log.nap(world, 'child', 50));
      world.tasks.spawn(cancelAfter(world, child, 5));
      try {
        yield* child.join();
      } catch (error) {
        log.add(world, (error as Error).message);
      }
    });
    expect(log.entries).toEqual([
      ['child gone', 5],
      ['A process that was waited for was cancelled. Cancel the waiter too.', 5],
    ]);
  });

  it('has one that joins it, not two', () => {
    const staged = stage({
      *one(world) {
        const child = world.tasks.spawn(new Log().nap(world, 'child', 50));
        yield* world.tasks.all(child.join(), child.join());
      },
    });
    expect(() => staged.runUntil(100)).toThrow(/Two processes joined the same child/);
  });

  it('whose failure is thrown into a handler voids the run: an expected failure is a value', () => {
    const staged = stage({
      *server(world) {
        world.network.listen(() => failing(world, 5));
      },
      *client(world) {
        yield* world.network.call('server', get());
      },
    });
    expect(() => staged.runUntil(100)).toThrow(/process on host server failed at 6 ms of seed 1: broken/);
  });
});

function* cancelAfter(world: World, handle: { cancel(): void }, afterMs: number): Process<void> {
  yield* world.timers.sleep(afterMs);
  handle.cancel();
}

describe('a race', () => {
  it('goes to the first to end; the losers are gone before the winner is known', () => {
    const { log, kernel } = alone(function* (world, log) {
      const naps = [log.nap(world, 'a', 30), log.nap(world, 'b', 10), log.nap(world, 'c', 20)];
      const winner = yield* world.tasks.race(...naps);
      log.add(world, `won by ${winner}`);
    });
    expect(log.entries).toEqual([
      ['b done', 10],
      ['a gone', 10],
      ['c gone', 10],
      ['won by b', 10],
    ]);
    expect(kernel.queue.pendingCount).toBe(0);
  });

  it('goes to the one named first when two end at the same moment', () => {
    const { log } = alone(function* (world, log) {
      log.add(world, yield* world.tasks.race(log.nap(world, 'a', 10), log.nap(world, 'b', 10)));
      log.add(world, yield* world.tasks.race(immediately('c'), immediately('d')));
    });
    expect(log.entries.filter(([what]) => what.length === 1).map(([what]) => what)).toEqual(['a', 'c']);
  });

  it('gives back what the losers held', () => {
    const { log } = alone(function* (world, log) {
      const pool = world.tasks.pool(1);
      yield* world.tasks.race(holding(world, pool, 100), world.timers.sleep(10));
      log.add(world, `${pool.busyCount} busy`);
    });
    expect(log.entries).toEqual([['0 busy', 10]]);
  });

  it('throws what its first to end threw, and can be caught', () => {
    const { log } = alone(function* (world, log) {
      try {
        yield* world.tasks.race(log.nap(world, 'slow', 20), failing(world, 10));
      } catch (error) {
        log.add(world, String(error));
      }
    });
    expect(log.entries).toEqual([
      ['slow gone', 10],
      ['Error: broken', 10],
    ]);
  });
});

function* immediately<A>(value: A): Process<A> {
  return value;
}

function* holding(world: World, pool: ReturnType<World['tasks']['pool']>, durationMs: number): Process<void> {
  yield* pool.acquire();
  try {
    yield* world.timers.sleep(durationMs);
  } finally {
    pool.release();
  }
}

describe('a time-out', () => {
  it('cancels the work at its moment and says so', () => {
    const { log } = alone(function* (world, log) {
      const result = yield* world.tasks.timeout(10, log.nap(world, 'work', 20));
      log.add(world, String(result === TIMED_OUT));
    });
    expect(log.entries).toEqual([
      ['work gone', 10],
      ['true', 10],
    ]);
  });

  it('leaves no timer behind when the work is done in time', () => {
    const { log, kernel } = alone(function* (world, log) {
      log.add(world, String(yield* world.tasks.timeout(10, log.nap(world, 'work', 5))));
    });
    expect(log.entries[1]).toEqual(['work', 5]);
    expect([kernel.queue.pendingCount, kernel.queue.cancelledCount]).toEqual([0, 1]);
  });

  it('counts from the moment at which it is waited for', () => {
    const { log } = alone(function* (world, log) {
      const patience = world.tasks.timeout(10, log.nap(world, 'work', 5));
      yield* world.timers.sleep(8);
      log.add(world, String(yield* patience));
    });
    expect(log.entries).toEqual([
      ['work done', 13],
      ['work', 13],
    ]);
  });

  it('throws what the work threw', () => {
    const { log } = alone(function* (world, log) {
      try {
        yield* world.tasks.timeout(10, failing(world, 5));
      } catch (error) {
        log.add(world, String(error));
      }
    });
    expect(log.entries).toEqual([['Error: broken', 5]]);
  });

  it('takes an operation as well as a process, and nests', () => {
    const { log } = alone(function* (world, log) {
      const inner = world.tasks.timeout(20, world.timers.sleep(Infinity));
      const outer = yield* world.tasks.timeout(10, inner);
      log.add(world, String(outer === TIMED_OUT));
    });
    expect(log.entries).toEqual([['true', 10]]);
  });
});

describe('all', () => {
  it('gives the results in the order of the works', () => {
    const { log } = alone(function* (world, log) {
      const [one, two, three] = yield* world.tasks.all(
        log.nap(world, 'a', 20),
        immediately(2),
        log.nap(world, 'c', 10),
      );
      log.add(world, `${one} ${two} ${three}`);
      expect(yield* world.tasks.all()).toEqual([]);
    });
    expect(log.entries.at(-1)).toEqual(['a 2 c', 20]);
  });

  it('is over with the first failure, which it throws after the rest is gone', () => {
    const { log } = alone(function* (world, log) {
      try {
        yield* world.tasks.all(log.nap(world, 'quick', 5), failing(world, 10), log.nap(world, 'slow', 20));
      } catch (error) {
        log.add(world, String(error));
      }
    });
    expect(log.entries).toEqual([
      ['quick done', 5],
      ['slow gone', 10],
      ['Error: broken', 10],
    ]);
  });
});
