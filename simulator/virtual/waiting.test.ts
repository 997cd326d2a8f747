import { describe, expect, it } from 'vitest';
import { Log, play, stage } from '../../test/kernel/stage.ts';
import { TIMED_OUT, type Pool, type Process, type World } from '../contract/index.ts';

/** Runs one script on a host called `one`. */
function alone(script: (world: World, log: Log) => Process<void>) {
  const log = new Log();
  return { log, ...play({ one: (world) => script(world, log) }) };
}

function* using(world: World, pool: Pool, name: string, log: Log, durationMs = 10): Process<void> {
  if (!(yield* pool.acquire())) return log.add(world, `${name} refused`);
  try {
    log.add(world, `${name} in`);
    yield* world.timers.sleep(durationMs);
  } finally {
    pool.release();
  }
}

describe('a pool', () => {
  it('serves in the order of arrival, as many at a time as it has permits', () => {
    const { log } = alone(function* (world, log) {
      const pool = world.tasks.pool(2);
      yield* world.tasks.all(...['a', 'b', 'c', 'd', 'e'].map((name) => using(world, pool, name, log)));
      expect([pool.busyCount, pool.waitingCount]).toEqual([0, 0]);
    });
    expect(log.entries).toEqual([
      ['a in', 0],
      ['b in', 0],
      ['c in', 10],
      ['d in', 10],
      ['e in', 20],
    ]);
  });

  it('refuses at once when its queue is full', () => {
    const { log } = alone(function* (world, log) {
      const pool = world.tasks.pool(1, 1);
      yield* world.tasks.all(...['a', 'b', 'c'].map((name) => using(world, pool, name, log)));
    });
    expect(log.entries).toEqual([
      ['a in', 0],
      ['c refused', 0],
      ['b in', 10],
    ]);
  });

  it('takes the permit when it is waited for, not when the operation is made', () => {
    const { log } = alone(function* (world, log) {
      const pool = world.tasks.pool(1);
      const later = pool.acquire();
      log.add(world, `${pool.busyCount} busy`);
      expect(yield* later).toBe(true);
      log.add(world, `${pool.busyCount} busy`);
    });
    expect(log.entries.map(([what]) => what)).toEqual(['0 busy', '1 busy']);
  });

  it('lets a waiter leave who has lost patience, from the front, the middle and the end of the queue', () => {
    const { log } = alone(function* (world, log) {
      const pool = world.tasks.pool(1);
      world.tasks.spawn(using(world, pool, 'a', log, 30));
      const [b, , d, , f] = ['b', 'c', 'd', 'e', 'f'].map((name) =>
        world.tasks.spawn(using(world, pool, name, log, 30)),
      );
      yield* world.timers.sleep(10);
      expect(pool.waitingCount).toBe(5);
      for (const leaver of [d, b, f]) leaver!.cancel();
      expect(pool.waitingCount).toBe(2);
      yield* world.timers.sleep(90);
      expect([pool.busyCount, pool.waitingCount]).toEqual([0, 0]);
    });
    expect(log.entries).toEqual([
      ['a in', 0],
      ['c in', 30],
      ['e in', 60],
    ]);
  });

  it('does not lose a permit that was granted to one cancelled in the same moment', () => {
    const { log } = alone(function* (world, log) {
      const pool = world.tasks.pool(1);
      yield* pool.acquire();
      const unlucky = world.tasks.spawn(using(world, pool, 'unlucky', log));
      world.tasks.spawn(using(world, pool, 'next', log));
      yield* world.timers.sleep(5);
      pool.release();
      unlucky.cancel();
      yield* world.timers.sleep(50);
      expect(pool.busyCount).toBe(0);
    });
    expect(log.entries).toEqual([['next in', 5]]);
  });

  it('does not lose a permit that a time-out cuts off, before or in the moment of its granting', () => {
    alone(function* (world) {
      const pool = world.tasks.pool(1);
      for (const patienceMs of [3, 5, 7]) {
        yield* pool.acquire();
        world.tasks.spawn(releasing(world, pool, 5));
        const granted = yield* world.tasks.timeout(patienceMs, pool.acquire());
        if (granted === true) pool.release();
        expect(granted).toBe(patienceMs > 5 ? true : TIMED_OUT);
        yield* world.timers.sleep(10);
        expect(pool.busyCount).toBe(0);
      }
    });
  });

  it('does not lose a permit when whoever raced for it is cancelled right after', () => {
    alone(function* (world) {
      const pool = world.tasks.pool(1);
      yield* pool.acquire();
      const racer = world.tasks.spawn(racing(world, pool));
      yield* world.timers.sleep(5);
      pool.release();
      world.tasks.spawn(cancelling(racer)); // runs after the branch has the permit, in the same moment
      yield* world.timers.sleep(5);
      expect(pool.busyCount).toBe(0);
    });
  });

  it('does not take a permit for a branch that never began', () => {
    alone(function* (world) {
      const pool = world.tasks.pool(1);
      yield* world.tasks.race(nothing(), pool.acquire());
      expect(pool.busyCount).toBe(0);
    });
  });

  it.each([
    [(pool: Pool) => pool.release(), /A permit was released that nobody holds/],
    [(_: Pool, world: World) => void world.tasks.pool(0), /concurrency must be a whole number of at least 1.*got 0/],
    [(_: Pool, world: World) => void world.tasks.pool(1.5), /concurrency must be a whole number.*got 1.5/],
    [(_: Pool, world: World) => void world.tasks.pool(1, NaN), /queueLimit must be a whole number.*got NaN/],
  ])('names a mistake in its use (%#)', (mistake, message) => {
    const staged = stage({
      *one(world) {
        mistake(world.tasks.pool(1), world);
      },
    });
    expect(() => staged.runUntil(1)).toThrow(message);
  });
});

function* nothing(): Process<void> {}

function* releasing(world: World, pool: Pool, afterMs: number): Process<void> {
  yield* world.timers.sleep(afterMs);
  pool.release();
}

function* racing(world: World, pool: Pool): Process<void> {
  const granted = yield* world.tasks.race(pool.acquire(), world.timers.sleep(100));
  if (granted !== true) return;
  try {
    yield* world.timers.sleep(100);
  } finally {
    pool.release();
  }
}

function* cancelling(handle: { cancel(): void }): Process<void> {
  handle.cancel();
}

describe('a signal', () => {
  function* hearing(world: World, signal: ReturnType<World['tasks']['signal']>, log: Log): Process<void> {
    for (;;) log.add(world, String(yield* signal.wait()));
  }

  it('wakes all who wait, with its value, and nobody who comes later', () => {
    const { log } = alone(function* (world, log) {
      const signal = world.tasks.signal();
      signal.fire('unheard');
      for (let i = 0; i < 2; i++) world.tasks.spawn(hearing(world, signal, log));
      yield* world.timers.sleep(1);
      signal.fire('first');
      signal.fire('lost: nobody waits again yet');
      yield* world.timers.sleep(1);
      signal.fire('second');
      yield* world.timers.sleep(1);
    });
    expect(log.entries).toEqual([
      ['first', 1],
      ['first', 1],
      ['second', 2],
      ['second', 2],
    ]);
  });

  it('forgets a waiter that was cancelled', () => {
    const { log } = alone(function* (world, log) {
      const signal = world.tasks.signal();
      const hearer = world.tasks.spawn(hearing(world, signal, log));
      yield* world.timers.sleep(1);
      hearer.cancel();
      signal.fire('nobody');
      yield* world.timers.sleep(1);
    });
    expect(log.entries).toEqual([]);
  });
});
