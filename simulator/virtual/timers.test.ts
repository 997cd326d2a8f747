import { describe, expect, it } from 'vitest';
import { HOUR_MS, Log, stage } from '../../test/kernel/stage.ts';
import type { Process, Window, World } from '../contract/index.ts';

const DAY_MS = 24 * HOUR_MS;

/** The moments at which a script does something, run for a hundred days. */
function moments(script: (world: World, mark: () => void) => Process<void>, windows?: readonly Window[]) {
  const atMs: number[] = [];
  const staged = stage(
    {
      one: (world) => script(world, () => atMs.push(world.clock.nowMs())),
    },
    windows === undefined ? {} : { windows },
  );
  staged.runUntil(100 * DAY_MS);
  return { atMs, ...staged };
}

describe('sleep', () => {
  it('wakes at its moment, to the microsecond', () => {
    const { atMs } = moments(function* ({ timers }, mark) {
      for (const durationMs of [0, 0.0004, 0.001, 0.0015, 1000 / 3, 12.345678]) {
        yield* timers.sleep(durationMs);
        mark();
      }
    });
    expect(atMs).toEqual([0, 0, 0.001, 0.003, 333.336, 345.682]);
  });

  it('wakes timers that are 30 days ahead, among many short ones, in order', () => {
    const { atMs, kernel } = moments(function* ({ timers, tasks }, mark) {
      function* late(afterMs: number): Process<void> {
        yield* timers.sleep(afterMs);
        mark();
      }
      for (const days of [90, 30, 60]) tasks.spawn(late(days * DAY_MS + days));
      for (let n = 0; n < 1000; n++) yield* timers.sleep(7 * HOUR_MS - n);
      yield* timers.sleepUntil(95 * DAY_MS);
    });
    expect(atMs).toEqual([30 * DAY_MS + 30, 60 * DAY_MS + 60, 90 * DAY_MS + 90]);
    expect(kernel.queue.pendingCount).toBe(1); // the last of the short ones lies beyond the end
  });

  it('of Infinity never wakes and costs no timer', () => {
    const { atMs, kernel } = moments(function* ({ timers }, mark) {
      yield* timers.sleep(Infinity);
      mark();
    });
    expect(atMs).toEqual([]);
    expect(kernel.queue.scheduledCount).toBe(0);
  });

  it.each([-1, NaN, -Infinity, 1e300])('of %d ms is an error that says so', (durationMs) => {
    const run = () =>
      moments(function* ({ timers }) {
        yield* timers.sleep(durationMs);
      });
    expect(run).toThrow(
      `A duration must be 0 or more milliseconds, and less than 142 years or Infinity, got ${durationMs}`,
    );
  });
});

describe('sleepUntil', () => {
  it('waits for a moment, and returns at once when it has passed', () => {
    const { atMs } = moments(function* ({ timers }, mark) {
      for (const untilMs of [10, 5, -1, 10, 11.5]) {
        yield* timers.sleepUntil(untilMs);
        mark();
      }
    });
    expect(atMs).toEqual([10, 10, 10, 10, 11.5]);
  });
});

describe('sleepPeriod', () => {
  const windows = [
    { fromMs: 0, untilMs: 100 },
    { fromMs: 30 * DAY_MS, untilMs: 30 * DAY_MS + 100 },
  ];

  it('turns every period inside a window, jumps the time between windows, and stops after the last', () => {
    const { atMs, kernel } = moments(function* ({ timers }, mark) {
      for (;;) {
        yield* timers.sleepPeriod(40);
        mark();
      }
    }, windows);
    expect(atMs).toEqual([40, 80, 30 * DAY_MS, 30 * DAY_MS + 40, 30 * DAY_MS + 80]);
    expect(kernel.trace.eventCount).toBe(5);
  });

  it('takes the last moment of a window for inside it', () => {
    const { atMs } = moments(function* ({ timers }, mark) {
      yield* timers.sleepPeriod(100);
      mark();
      yield* timers.sleepPeriod(0.001);
      mark();
    }, windows);
    expect(atMs).toEqual([100, 30 * DAY_MS]);
  });
});

it('the wall clock of a host is off by its clock error, and nothing else is', () => {
  const log = new Log();
  stage({
    fast: {
      clockErrorMs: 250,
      *main(world) {
        yield* world.timers.sleep(10);
        log.add(world, String(world.clock.wallMs()));
      },
    },
  }).runUntil(20);
  expect(log.entries).toEqual([['260', 10]]);
});
