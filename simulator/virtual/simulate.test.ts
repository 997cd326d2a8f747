import { describe, expect, expectTypeOf, it } from 'vitest';
import { failing, get, Log } from '../../test/kernel/stage.ts';
import { SimulatorError, type World } from '../contract/index.ts';
import { simulate } from './simulate.ts';

describe('simulate', () => {
  it('runs a program to its end and hands back what it returned, typed, with the moment', () => {
    const result = simulate({ seed: 1 }, function* ({ timers }) {
      yield* timers.sleep(1.5);
      return { answer: 42 };
    });
    expectTypeOf(result.value).toEqualTypeOf<{ answer: number }>();
    expect(result).toMatchObject({ value: { answer: 42 }, nowMs: 1.5, eventCount: 1 });
    expect(result.traceHash).toMatch(/^[0-9a-f]{16}$/);
  });

  it('ends with the program: its children end with it, their finally blocks run', () => {
    const log = new Log();
    const { nowMs } = simulate({ seed: 1, untilMs: 1_000 }, function* (world) {
      world.tasks.spawn(log.nap(world, 'child', 100));
      world.tasks.background(log.nap(world, 'background', 100));
      yield* world.timers.sleep(10);
    });
    expect(log.entries).toEqual([
      ['background gone', 10],
      ['child gone', 10],
    ]);
    expect(nowMs).toBe(10);
  });

  it('lets a program return that never waits, and one that returns at its limit', () => {
    expect(simulate({ seed: 1 }, immediate)).toMatchObject({ value: 7, nowMs: 0, eventCount: 0 });
    const last = simulate({ seed: 1, untilMs: 5 }, function* ({ timers }) {
      yield* timers.sleepUntil(5);
      return 'in time';
    });
    expect(last.value).toBe('in time');
  });

  it('gives one history for a seed, another for another', () => {
    const run = (seed: number) =>
      simulate({ seed }, function* (world) {
        const pause = world.draws('pause');
        for (let n = 0; n < 100; n++) yield* world.timers.sleep(pause.exponential(10, n));
      });
    expect(run(3)).toEqual(run(3));
    expect(run(4).traceHash).not.toBe(run(3).traceHash);
  });

  it('has a door to call, without latency unless it is given a link', () => {
    const calls = (world: World) => callingItself(world);
    expect(simulate({ seed: 1 }, calls)).toMatchObject({ value: 200, nowMs: 10 });
    const link = { baseMs: 2, jitterMeanMs: 0 };
    expect(simulate({ seed: 1, link }, calls)).toMatchObject({ value: 200, nowMs: 14 });
  });

  it('is refused by whoever gives an impossible seed or limit', () => {
    for (const [options, message] of [
      [{ seed: -1 }, /The seed must be a whole number/],
      [{ seed: 1, untilMs: NaN }, /A duration must be 0 or more milliseconds/],
    ] as const) {
      expect(() => simulate(options, immediate)).toThrow(message);
    }
  });

  it('says so when the program does not return in time', () => {
    const endless = function* ({ timers }: World) {
      for (;;) yield* timers.sleep(1);
    };
    expect(() => simulate({ seed: 9, untilMs: 100 }, endless)).toThrow(
      'The program (seed 9) had not returned by 100 ms. Let it return by then, or give untilMs a later moment.',
    );
  });

  it('says so when the program waits for what can no longer happen', () => {
    const stuck = function* ({ tasks }: World) {
      yield* tasks.signal<void>().wait();
    };
    expect(() => simulate({ seed: 9 }, stuck)).toThrow(/program \(seed 9\) waits for what can no longer happen/);
  });

  it('throws what the program throws, with the seed, the moment and the cause', () => {
    const error = (() => {
      try {
        return simulate({ seed: 9 }, (world) => failing(world, 3, 'my mistake'));
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toBeInstanceOf(SimulatorError);
    expect(error).toMatchObject({ code: 'process-failed', cause: { message: 'my mistake' } });
    expect((error as Error).message).toContain('failed at 3 ms of seed 9: my mistake');
  });
});

function* immediate() {
  return 7;
}

function* callingItself(world: World) {
  world.network.listen(function* () {
    yield* world.timers.sleep(10);
    return { status: 200 };
  });
  return (yield* world.network.call(world.host.name, get())).status;
}
