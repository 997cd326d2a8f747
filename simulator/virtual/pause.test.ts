import { describe, expect, it } from 'vitest';
import { get, Log, play, serving, type Script } from '../../test/kernel/stage.ts';
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

describe('a paused host', () => {
  it('does nothing until it is resumed; then what waited happens, in order', () => {
    const log = new Log();
    drama(
      function* (world) {
        world.tasks.spawn(ticking(world, log));
        yield* serving(10, log)(world);
      },
      function* (world) {
        yield* world.timers.sleep(15);
        world.hosts!.pause('server');
        log.add(world, stateOf(world));
        yield* world.timers.sleep(50);
        world.hosts!.resume('server');
        log.add(world, stateOf(world));
      },
      [
        [1, 8],
        [2, 30],
      ],
      log,
    );
    expect(log.entries).toEqual([
      ['tick', 10],
      ['paused', 15],
      ['running', 65],
      ['served 1', 65], // was due at 19
      ['tick', 65], // was due at 20
      ['1: 200', 66],
      ['tick', 75],
      ['served 2', 75], // arrived at 31, taken at 65
      ['2: 200', 76],
      ['tick', 85],
      ['tick', 95],
    ]);
  });

  it('loses neither an answer that came meanwhile, nor its patience, whichever was first', () => {
    const log = new Log();
    play({
      server: serving(100),
      *client(world) {
        const ask = (timeoutMs: number) => world.network.call('server', get(), { timeoutMs });
        const [one, two] = yield* world.tasks.all(ask(150), ask(90));
        log.add(world, `${one.failure ?? one.status} ${two.failure ?? two.status}`);
      },
      *power({ hosts, timers }) {
        yield* timers.sleep(50);
        hosts!.pause('client');
        yield* timers.sleep(1_000);
        hosts!.resume('client');
      },
    });
    expect(log.entries).toEqual([['200 timeout', 1_050]]);
  });

  it('keeps an answer that has come, even when the server dies before it is looked at', () => {
    const log = new Log();
    play({
      *server(world) {
        world.network.listen(function* () {
          return { status: 200, fate: 'dribble', dribbleMs: 100 };
        });
      },
      client: (world) => calling(world, log, 1, 0),
      *power({ hosts, timers }) {
        yield* timers.sleep(50);
        hosts!.pause('client');
        yield* timers.sleep(150);
        hosts!.crash('server');
        yield* timers.sleep(200);
        hosts!.resume('client');
      },
    });
    expect(log.entries).toEqual([['1: 200', 400]]);
  });

  it('does not take what it does after a time-out for the work that was timed', () => {
    const log = new Log();
    play({
      *sleeper(world) {
        yield* world.timers.sleep(1);
        // Both are due while it is paused: the work first, its time-out second.
        yield* world.tasks.timeout(20, world.timers.sleep(10));
        yield* log.nap(world, 'after', 100);
      },
      *power({ hosts, timers }) {
        yield* timers.sleep(5);
        hosts!.pause('sleeper');
        yield* timers.sleep(45);
        hosts!.resume('sleeper');
      },
    });
    expect(log.entries).toEqual([['after done', 150]]);
  });

  it('that crashes resets the callers at its door, and leaves no timer behind', () => {
    const log = new Log();
    const { kernel } = drama(
      function* (world) {
        world.tasks.spawn(log.nap(world, 'asleep', 20));
        world.tasks.spawn(patient(world, log));
        yield* serving(10)(world);
      },
      function* (world) {
        yield* world.timers.sleep(15);
        world.hosts!.pause('server');
        yield* world.timers.sleep(50);
        world.hosts!.crash('server');
      },
      [[1, 30]],
      log,
    );
    expect(log.entries).toEqual([
      ['patient gone', 65],
      ['asleep gone', 65],
      ['1: reset', 66],
    ]);
    expect(kernel.queue.pendingCount).toBe(0);
  });

  it('is not woken by a signal either', () => {
    const log = new Log();
    let wake = (): void => undefined;
    play({
      *sleeper(world) {
        const signal = world.tasks.signal<void>();
        wake = () => signal.fire();
        yield* signal.wait();
        log.add(world, 'woken');
      },
      *power({ hosts, timers }) {
        yield* timers.sleep(10);
        hosts!.pause('sleeper');
        wake();
        yield* timers.sleep(10);
        hosts!.resume('sleeper');
      },
    });
    expect(log.entries).toEqual([['woken', 20]]);
  });
});

function* ticking(world: World, log: Log): Process<void> {
  while (world.clock.nowMs() < 90) {
    yield* world.timers.sleep(10);
    log.add(world, 'tick');
  }
}

function* patient(world: World, log: Log): Process<void> {
  try {
    yield* world.tasks.timeout(25, world.timers.sleep(Infinity));
  } finally {
    log.add(world, 'patient gone');
  }
}
