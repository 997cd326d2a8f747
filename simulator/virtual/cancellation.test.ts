import { describe, expect, it } from 'vitest';
import { failing, get, Log, play, serving, stage } from '../../test/kernel/stage.ts';
import type { Handle, Operation, Process, World } from '../contract/index.ts';

/** Runs one script on a host called `one`. */
function alone(script: (world: World, log: Log) => Process<void>) {
  const log = new Log();
  return { log, ...play({ one: (world) => script(world, log) }) };
}

describe('a cancelled process', () => {
  it('leaves no timer behind, and cancelling it again does nothing', () => {
    const { log, kernel } = alone(function* (world, log) {
      const child = world.tasks.spawn(log.nap(world, 'child', 100));
      yield* world.timers.sleep(10);
      child.cancel();
      child.cancel();
      expect(child.settled).toBe(true);
    });
    expect(log.entries).toEqual([['child gone', 10]]);
    expect([kernel.queue.pendingCount, kernel.queue.cancelledCount]).toEqual([0, 1]);
  });

  it('that had not begun never runs, not even its finally blocks', () => {
    const { log } = alone(function* (world, log) {
      world.tasks.spawn(log.nap(world, 'child', 100)).cancel();
    });
    expect(log.entries).toEqual([]);
  });

  it('that was woken in the same moment does not go on', () => {
    const { log } = alone(function* (world, log) {
      const signal = world.tasks.signal<string>();
      const child = world.tasks.spawn(waiting(world, signal.wait(), log));
      yield* world.timers.sleep(10);
      signal.fire('woken');
      child.cancel();
    });
    expect(log.entries).toEqual([['gone', 10]]);
  });

  it('ends its children before itself', () => {
    function* parent(world: World, log: Log): Process<void> {
      world.tasks.spawn(log.nap(world, 'child', 100));
      yield* world.tasks.all(log.nap(world, 'branch', 100), world.timers.sleep(100));
    }
    const { log } = alone(function* (world, log) {
      const handle = world.tasks.spawn(ensured(parent(world, log), () => log.add(world, 'parent gone')));
      yield* world.timers.sleep(10);
      handle.cancel();
    });
    expect(log.entries).toEqual([
      ['branch gone', 10],
      ['child gone', 10],
      ['parent gone', 10],
    ]);
  });
});

function* waiting(world: World, operation: Operation<string>, log: Log): Process<void> {
  let end = 'gone';
  try {
    end = yield* operation;
  } finally {
    log.add(world, end);
  }
}

function* ensured(work: Process<void>, last: () => void): Process<void> {
  try {
    yield* work;
  } finally {
    last();
  }
}

describe('a process that ends itself from within', () => {
  it('goes on to where it next waits; what it would wait for is not begun', () => {
    const log = new Log();
    play({
      server: serving(0, log),
      *client(world) {
        let own: Handle<void> | undefined = undefined;
        own = world.tasks.spawn(
          suicide(
            world,
            () => own!,
            log,
            () => world.network.call('server', get()),
          ),
        );
        yield* world.timers.sleep(100);
        log.add(world, String(own.settled));
      },
    });
    expect(log.entries).toEqual([
      ['still here', 0],
      ['gone', 0],
      ['true', 100],
    ]);
  });

  it('may do so through its parent', () => {
    const { log } = alone(function* (world, log) {
      const family: { parent?: Handle<void> } = {};
      family.parent = world.tasks.spawn(ensured(housing(world, family, log), () => log.add(world, 'parent gone')));
      yield* world.timers.sleep(100);
    });
    expect(log.entries).toEqual([
      ['still here', 10],
      ['gone', 10],
      ['parent gone', 10],
    ]);
  });

  it('may do so by crashing its own host, whose caller gets a reset whatever it returns', () => {
    const { log } = answering(function* (world) {
      yield* world.timers.sleep(5);
      world.hosts!.crash('server');
    });
    expect(log.entries).toEqual([
      ['work gone', 6],
      ['0 reset', 7],
    ]);
  });

  it('fails as usual when it throws before it is gone', () => {
    const staged = stage({
      *one(world) {
        world.hosts!.crash('one');
        yield* failing(world, 0);
      },
      *two(world) {
        yield* world.timers.sleep(1);
        throw new Error('not swallowed');
      },
    });
    expect(() => staged.runUntil(100)).toThrow(/not swallowed/);
  });
});

function* suicide(
  world: World,
  own: () => Handle<void>,
  log: Log,
  next: () => Operation<unknown> = () => world.timers.sleep(1),
): Process<void> {
  try {
    own().cancel();
    log.add(world, 'still here');
    yield* next();
    log.add(world, 'never');
  } finally {
    log.add(world, 'gone');
  }
}

function* housing(world: World, family: { parent?: Handle<void> }, log: Log): Process<void> {
  world.tasks.spawn(patricide(world, family, log));
  yield* world.timers.sleep(Infinity);
}

function* patricide(world: World, family: { parent?: Handle<void> }, log: Log): Process<void> {
  yield* world.timers.sleep(10);
  yield* suicide(world, () => family.parent!, log);
}

/** A client calls a server that does this and answers 200. */
function answering(work: (world: World) => Process<void>) {
  const log = new Log();
  const staged = play({
    *server(world) {
      world.network.listen(function* () {
        yield* ensured(work(world), () => log.add(world, 'work gone'));
        return { status: 200 };
      });
    },
    *client(world) {
      const { status, failure } = yield* world.network.call('server', get());
      log.add(world, `${status} ${failure}`);
    },
  });
  return { log, ...staged };
}

describe('what is no operation', () => {
  function* yielding(value: unknown, last: () => void): Process<void> {
    try {
      yield value as Operation<unknown>;
    } finally {
      last();
    }
  }

  it('fails the process that yields it: a promise with a word on promises', () => {
    const staged = stage({
      *one() {
        yield* yielding(Promise.resolve(1), () => undefined);
      },
    });
    const message = /yielded a promise that is not an operation of this world.*promises do not exist in the model/;
    expect(() => staged.runUntil(1)).toThrow(message);
  });

  it('lets finally blocks run, and can be caught like any error', () => {
    const { log } = alone(function* (world, log) {
      for (const value of [Promise.resolve(1), 5, undefined, world.timers]) {
        try {
          yield* yielding(value, () => log.add(world, 'released'));
        } catch (error) {
          log.add(world, (error as Error).message.slice(0, 40));
        }
      }
      yield* world.timers.sleep(1);
      log.add(world, 'goes on');
    });
    expect(log.entries.map(([what]) => what)).toEqual([
      'released',
      'A process yielded a promise that is not ',
      'released',
      'A process yielded a value (number) that ',
      'released',
      'A process yielded a value (undefined) th',
      'released',
      'A process yielded a value (object) that ',
      'goes on',
    ]);
  });
});
