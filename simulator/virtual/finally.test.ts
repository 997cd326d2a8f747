import { describe, expect, it } from 'vitest';
import { HOUR_MS, Log, play, stage } from '../../test/kernel/stage.ts';
import type { Handle, Operation, Process, World } from '../contract/index.ts';

/** Runs one script on a host called `one`. */
function alone(script: (world: World, log: Log) => Process<void>) {
  const log = new Log();
  return { log, ...play({ one: (world) => script(world, log) }) };
}

function* ensured(work: Process<void>, last: () => void): Process<void> {
  try {
    yield* work;
  } finally {
    last();
  }
}

describe('a finally block', () => {
  function* stubborn(world: World, last: () => Operation<unknown>): Process<void> {
    try {
      yield* world.timers.sleep(100);
    } finally {
      yield* last();
    }
  }

  it('must not wait in a cancelled process: the run is void, with a clear error', () => {
    const staged = stage(
      {
        *one(world) {
          yield* world.tasks.timeout(
            10,
            stubborn(world, () => world.timers.sleep(1)),
          );
        },
      },
      { seed: 7 },
    );
    const message =
      /host one failed at 10 ms of seed 7: A cancelled process waited in finally.*must release and return/;
    expect(() => staged.runUntil(100)).toThrow(message);
  });

  it('may wait where the process ends by itself', () => {
    const { log } = alone(function* (world, log) {
      yield* world.tasks.spawn(stubborn(world, () => world.timers.sleep(1))).join();
      log.add(world, 'over');
    });
    expect(log.entries).toEqual([['over', 101]]);
  });

  it('that throws in a cancelled process voids the run', () => {
    const staged = stage({
      *one(world) {
        yield* world.tasks.timeout(
          10,
          ensured(nap(world, 100), () => fail('in finally')),
        );
      },
    });
    expect(() => staged.runUntil(100)).toThrow(/failed at 10 ms of seed 1: in finally/);
  });

  it('starts nothing in a cancelled process that would outlive it', () => {
    const { log } = alone(function* (world, log) {
      const spawning = ensured(nap(world, 100), () => void world.tasks.spawn(log.nap(world, 'late', 1)));
      yield* world.tasks.timeout(10, spawning);
      log.add(world, 'over');
    });
    expect(log.entries).toEqual([['over', 10]]);
  });

  it('starts nothing on a host that has crashed, in the background neither', () => {
    const log = new Log();
    play({
      *server(world) {
        yield* ensured(nap(world, HOUR_MS), () => void world.tasks.background(log.nap(world, 'late', 1)));
      },
      *killer(world) {
        yield* world.timers.sleep(10);
        world.hosts!.crash('server');
      },
    });
    expect(log.entries).toEqual([]);
  });

  it('may cancel a brother, and the parent that is cancelling it', () => {
    const { log } = alone(function* (world, log) {
      const family: { parent?: Handle<void>; brother?: Handle<string> } = {};
      family.parent = world.tasks.spawn(quarrel(world, family, log));
      yield* world.timers.sleep(10);
      family.parent.cancel();
    });
    expect(log.entries).toEqual([
      ['brother gone', 10],
      ['quarreller gone', 10],
    ]);
  });
});

function* nap(world: World, durationMs: number): Process<void> {
  yield* world.timers.sleep(durationMs);
}

function fail(message: string): never {
  throw new Error(message);
}

function* quarrel(world: World, family: { parent?: Handle<void>; brother?: Handle<string> }, log: Log): Process<void> {
  family.brother = world.tasks.spawn(log.nap(world, 'brother', 100));
  const last = () => {
    family.brother!.cancel();
    family.parent!.cancel();
    log.add(world, 'quarreller gone');
  };
  yield* world.tasks.all(ensured(nap(world, 100), last));
}
