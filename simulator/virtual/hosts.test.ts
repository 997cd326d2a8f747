import { describe, expect, it } from 'vitest';
import { get, HOUR_MS, Log, play, serving, stage, type Script } from '../../test/kernel/stage.ts';
import type { Process, World } from '../contract/index.ts';

/** Notes how calls end: `1: 200`. */
function* calling(world: World, log: Log, key: number, atMs: number): Process<void> {
  yield* world.timers.sleepUntil(atMs);
  const { status, failure } = yield* world.network.call('server', get(key));
  log.add(world, `${key}: ${failure ?? status}`);
}

/** A server, somebody with power over it, and calls with key and moment. */
function drama(server: Script, power: Script, calls: readonly (readonly [key: number, atMs: number])[], log: Log) {
  return play({
    server,
    power,
    *client(world) {
      yield* world.tasks.all(...calls.map(([key, atMs]) => calling(world, log, key, atMs)));
    },
  });
}

const stateOf = (world: World) => world.hosts!.list().find(({ name }) => name === 'server')!.state;

describe('stopping a host', () => {
  it('lets work in progress end, refuses what comes, and ends when it is done', () => {
    const log = new Log();
    drama(
      serving(100),
      function* (world) {
        yield* world.timers.sleep(50);
        const stopping = world.tasks.spawn(stop(world, 1_000));
        yield* world.timers.sleep(1);
        log.add(world, stateOf(world));
        yield* stopping.join();
        log.add(world, stateOf(world));
      },
      [
        [1, 0],
        [2, 60],
      ],
      log,
    );
    expect(log.entries).toEqual([
      ['stopping', 51],
      ['2: refused', 62],
      ['stopped', 101],
      ['1: 200', 102],
    ]);
  });

  it('waits for the queue too', () => {
    const log = new Log();
    const server: Script = function* (world) {
      const capacity = { concurrency: 1, queueLimit: 10, overflow: 'refuse' } as const;
      world.network.listen(function* () {
        yield* world.timers.sleep(100);
        return { status: 200 };
      }, capacity);
    };
    drama(
      server,
      stopAt(50, 1_000, log),
      [
        [1, 0],
        [2, 0],
      ],
      log,
    );
    expect(log.entries).toEqual([
      ['1: 200', 102],
      ['stopped', 201],
      ['2: 200', 202],
    ]);
  });

  it('ends what is not done when the grace is over, with a reset', () => {
    const log = new Log();
    drama(serving(10_000), stopAt(50, 1_000, log), [[1, 0]], log);
    expect(log.entries).toEqual([
      ['stopped', 1_050],
      ['1: reset', 1_051],
    ]);
  });

  it('early leaves no grace behind that would end the next start', () => {
    const log = new Log();
    drama(
      serving(100),
      function* (world) {
        yield* world.timers.sleep(50);
        yield* stop(world, 1_000);
        world.hosts!.start('server');
        yield* world.timers.sleep(5_000);
        log.add(world, stateOf(world));
      },
      [[1, 0]],
      log,
    );
    expect(log.entries).toEqual([
      ['1: 200', 102],
      ['running', 5_101],
    ]);
  });

  it('is immediate when nothing is in progress', () => {
    const log = new Log();
    drama(serving(10), stopAt(50, 1_000, log), [], log);
    expect(log.entries).toEqual([['stopped', 50]]);
  });

  it('goes on when whoever asked for it has left, and is waited for by whoever asks again', () => {
    const log = new Log();
    const { kernel } = drama(
      serving(100),
      function* (world) {
        yield* world.timers.sleep(50);
        yield* world.tasks.timeout(10, world.hosts!.stop('server', 1_000));
        log.add(world, stateOf(world));
        yield* world.hosts!.stop('server', 1_000);
        log.add(world, stateOf(world));
        yield* world.hosts!.stop('server', 1_000);
      },
      [[1, 0]],
      log,
    );
    expect(log.entries).toEqual([
      ['stopping', 60],
      ['stopped', 101],
      ['1: 200', 102],
    ]);
    expect(kernel.queue.pendingCount).toBe(0);
  });
});

function* stop(world: World, graceMs: number): Process<void> {
  yield* world.hosts!.stop('server', graceMs);
}

function stopAt(atMs: number, graceMs: number, log: Log): Script {
  return function* (world) {
    yield* world.timers.sleep(atMs);
    yield* stop(world, graceMs);
    log.add(world, stateOf(world));
  };
}

describe('a crash', () => {
  it('resets every open connection, working, waiting or hung, and ends every process', () => {
    const log = new Log();
    const { kernel } = drama(
      function* (world) {
        const capacity = { concurrency: 1, queueLimit: 10, overflow: 'refuse' } as const;
        world.tasks.spawn(log.nap(world, 'background', HOUR_MS));
        world.network.listen(function* ({ key }) {
          if (key === 1) return { status: 200, fate: 'hang' };
          yield* log.nap(world, `work ${key}`, 10_000);
          return { status: 200 };
        }, capacity);
      },
      function* (world) {
        yield* world.timers.sleep(50);
        world.hosts!.crash('server');
        log.add(world, stateOf(world));
      },
      [
        [1, 0],
        [2, 0],
        [3, 0],
        [4, 60],
      ],
      log,
    );
    expect(log.entries.slice(0, 3)).toEqual([
      ['work 2 gone', 50],
      ['background gone', 50],
      ['stopped', 50],
    ]);
    expect(new Set(log.entries.slice(3).map(([what, atMs]) => `${what} ${atMs}`))).toEqual(
      new Set(['1: reset 51', '2: reset 51', '3: reset 51', '4: refused 62']),
    );
    expect(log.entries).toHaveLength(7);
    expect(kernel.queue.pendingCount).toBe(0);
  });

  it('ends a stop that is under way', () => {
    const log = new Log();
    const { kernel } = drama(
      serving(10_000),
      function* (world) {
        const stopping = world.tasks.spawn(stop(world, 5_000));
        yield* world.timers.sleep(50);
        world.hosts!.crash('server');
        yield* stopping.join();
        log.add(world, stateOf(world));
      },
      [],
      log,
    );
    expect(log.entries).toEqual([['stopped', 50]]);
    expect(kernel.queue.pendingCount).toBe(0);
  });
});

describe('power over hosts', () => {
  it.each([
    [(world: World) => world.hosts!.crash('nobody'), /There is no host "nobody"/],
    [(world: World) => world.hosts!.reimage('power'), /Host "power" is running. Stop it before it is re-imaged./],
    [(world: World) => void world.hosts!.stop('power', -1), /A duration must be 0 or more milliseconds/],
  ])('names a mistake in its use (%#)', (mistake, message) => {
    const staged = stage({
      *power(world) {
        mistake(world);
      },
    });
    expect(() => staged.runUntil(1)).toThrow(message);
  });
});
