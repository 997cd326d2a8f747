import { describe, expect, test } from 'vitest';
import { cast, type Process, type Role, type World } from '../contract/index.ts';
import { runScenario } from '../virtual/index.ts';
import { measure, type MeasureInput, type Measures } from './measures.ts';
import { RecordView } from './record-view.ts';

const MINUTE_MS = 60_000;

type Entry = readonly [minute: number, write: (world: World) => void];

const scribe: Role<readonly Entry[]> = { name: 'scribe', main: writeAll };
function* writeAll(world: World, entries: readonly Entry[]): Process<void> {
  for (const [minute, write] of [...entries].sort(([a], [b]) => a - b)) {
    yield* world.timers.sleepUntil(minute * MINUTE_MS);
    write(world);
  }
}

/** A record of two hours in which these things stand. */
function recordOf(entries: readonly Entry[], endMs = 120 * MINUTE_MS): RecordView {
  const host = cast({ name: 'scribe', pool: 'scribes', role: scribe, options: entries });
  const scenario = {
    id: 'written',
    cast: [host],
    faults: [],
    links: {},
    windows: [{ fromMs: 0, untilMs: endMs }],
    endMs,
  };
  return new RecordView(runScenario(scenario, { seed: 1 }));
}

/** T0 is minute 30. */
function measured(entries: readonly Entry[], rest: Partial<MeasureInput> = {}): Measures {
  const clock = { t0Ms: 30 * MINUTE_MS, horizonMs: 120 * MINUTE_MS };
  const input = { populations: ['users'], ...clock, authCounter: 'auth', authCapacityPerSecond: 2 };
  return measure({ view: recordOf(entries), ...input, ...rest });
}

const count = (
  minute: number,
  name: string,
  amount = 1,
  labels: Record<string, string> = { population: 'users' },
): Entry => [minute, (world) => world.journal.counter(name, labels).add(amount)];
const harm = (fromMinute: number, toMinute: number, user: number, population = 'users'): Entry => [
  Math.min(fromMinute, 119),
  (world) => world.journal.disrupted(population, user, fromMinute * MINUTE_MS, toMinute * MINUTE_MS),
];
const note = (minute: number, kind: string, detail = {}): Entry => [
  minute,
  (world) => world.journal.note(kind, detail),
];
const every = (fromMinute: number, untilMinute: number, write: (minute: number) => Entry): Entry[] =>
  Array.from({ length: untilMinute - fromMinute }, (_, index) => write(fromMinute + index));

describe('harm', () => {
  test('is counted in minutes of users, each minute of a user once, every minute that is touched', () => {
    const entries = [harm(40, 42.5, 1), harm(41.2, 41.3, 1), harm(41, 41.9, 2)];
    expect(measured(entries)).toMatchObject({ disruptedUserMinutes: 4, usersHit: 2 });
  });

  test('counts from T0 to the horizon: neither what was before nor what is planned after', () => {
    const entries = [harm(10, 12, 1), harm(28, 31, 2), harm(118, 500, 3)];
    // Minutes 30 and 31 of user 2; 118 and 119 of user 3.
    expect(measured(entries)).toMatchObject({ disruptedUserMinutes: 4, usersHit: 2 });
  });

  test('of populations that do not count is left out, of several that do is added', () => {
    const entries = [harm(40, 40.5, 1), harm(40, 40.5, 1, 'admins'), harm(40, 40.5, 1, 'probes')];
    expect(measured(entries, { populations: ['users', 'admins'] })).toMatchObject({
      disruptedUserMinutes: 2,
      usersHit: 2,
    });
  });
});

describe('counts', () => {
  test('are those of the populations from T0 on', () => {
    const forced = (minute: number, yes: 'yes' | 'no', amount: number): Entry =>
      count(minute, 'user.sign-ins', amount, { population: 'users', forced: yes });
    const entries = [
      count(10, 'user.intentions', 100),
      count(40, 'user.intentions', 10),
      count(40, 'user.intentions', 7, { population: 'others' }),
      count(41, 'user.intentions-failed', 3),
      count(41, 'user.sign-outs', 2),
      forced(42, 'yes', 6),
      forced(42, 'no', 4),
      count(42, 'user.sign-ins-failed', 5),
      count(43, 'edge.rate-limited', 12, {}),
      count(20, 'edge.rate-limited', 5, {}),
    ];
    expect(measured(entries)).toMatchObject({
      intentions: 10,
      failedIntentions: 3,
      signOuts: 2,
      signIns: 10,
      forcedSignIns: 6,
      signInSuccessRatio: 0.5,
      rateLimited: 12,
    });
  });

  test('of sign-ins that nobody tried give no success ratio', () => {
    expect(measured([]).signInSuccessRatio).toBeNull();
  });

  test('of the auth service from T0 on: all requests, and the busiest minute as a share of capacity', () => {
    const auth = (minute: number, amount: number): Entry => count(minute, 'auth', amount, { endpoint: 'token' });
    const entries = [auth(10, 5_000), auth(40, 60), auth(41, 90), auth(41.5, 90)];
    // 180 in a minute are 3 a second, of 2.
    expect(measured(entries)).toMatchObject({ authRequests: 240, authPeakRatio: 1.5 });
  });

  test('of instances at fault: those that answered 401, a login redirect or 5xx, and were named', () => {
    const attempt = (outcome: string, instance: string, minute = 40): Entry =>
      count(minute, 'user.attempts', 1, { population: 'users', request: 'api', outcome, instance });
    const entries = [
      attempt('unauthorized', 'app-1'),
      attempt('unauthorized', 'app-1', 50),
      attempt('server-error', 'app-2'),
      attempt('login-redirect', 'app-3'),
      attempt('ok', 'app-4'),
      attempt('rate-limited', 'app-5'),
      attempt('no-answer', 'none'),
      attempt('server-error', 'none'),
      attempt('unauthorized', 'app-6', 10),
    ];
    expect(measured(entries).instancesWithFailures).toBe(3);
  });
});

describe('time to detect', () => {
  const page = (minute: number, alert = 'a'): Entry => note(minute, 'operator.paged', { alert });
  const clear = (minute: number, alert = 'a'): Entry => note(minute, 'operator.all-clear', { alert });
  const act = (minute: number): Entry => note(minute, 'operator.acted', { label: 'restart' });
  const minutes = (entries: readonly Entry[]): number | null => {
    const { timeToDetectMs } = measured(entries);
    return timeToDetectMs === null ? null : timeToDetectMs / MINUTE_MS;
  };

  test('is that of the first page or action, whichever comes first', () => {
    expect(minutes([page(42), act(50)])).toBe(12);
    expect(minutes([act(50), page(60)])).toBe(20);
  });

  test('is null when nobody noticed', () => {
    expect(minutes([])).toBeNull();
    expect(minutes([note(40, 'operator.report')])).toBeNull();
  });

  test('is 0 for a page that still stands at T0: the cause was seen before its effect', () => {
    expect(minutes([page(28), clear(45)])).toBe(0);
    expect(minutes([page(28)])).toBe(0);
  });

  test('is not that of a false page which was over before T0, nor of what was done about it', () => {
    expect(minutes([page(10), act(15), clear(20), page(50)])).toBe(20);
    expect(minutes([page(10), act(15), clear(20)])).toBeNull();
  });

  test('keeps alerts apart: the all-clear of one does not end the other', () => {
    expect(minutes([page(10, 'a'), page(12, 'b'), clear(20, 'a')])).toBe(0);
  });

  test('goes with the count of pages from T0 on', () => {
    expect(measured([page(10), clear(20), page(40), page(50, 'b')]).pages).toBe(2);
  });
});

describe('time to recover', () => {
  const intend = (fromMinute: number, untilMinute: number, perMinute: number): Entry[] =>
    every(fromMinute, untilMinute, (minute) => count(minute, 'user.intentions', perMinute));
  const fail = (fromMinute: number, untilMinute: number, perMinute: number): Entry[] =>
    every(fromMinute, untilMinute, (minute) => count(minute, 'user.intentions-failed', perMinute));
  const minutes = (...entries: readonly Entry[][]): number | null => {
    const { timeToRecoverMs } = measured(entries.flat());
    return timeToRecoverMs === null ? null : timeToRecoverMs / MINUTE_MS;
  };

  test('is 0 when it was never bad', () => {
    expect(minutes(intend(0, 120, 10))).toBe(0);
    expect(minutes([])).toBe(0);
  });

  test('ends with the last failures of the last bad window', () => {
    expect(minutes(intend(0, 120, 10), fail(40, 60, 5))).toBe(30);
  });

  test('is null when it is still bad at the horizon', () => {
    expect(minutes(intend(0, 120, 10), fail(40, 120, 5))).toBeNull();
    expect(minutes(intend(0, 120, 10), fail(40, 115, 5))).toBeNull();
  });

  test('needs 20 intentions in 10 minutes: with fewer nothing can be said', () => {
    expect(minutes(intend(40, 59, 1), fail(40, 59, 1))).toBe(0);
    expect(minutes(intend(40, 60, 2), fail(40, 60, 2))).toBe(30);
  });

  test('looks no further than the horizon: what comes back after it is trouble anew', () => {
    const twice = [...intend(40, 110, 20), ...fail(40, 45, 10), ...fail(100, 105, 10)];
    expect(minutes(twice)).toBe(75);
    expect(measured(twice, { horizonMs: 90 * MINUTE_MS }).timeToRecoverMs).toBe(15 * MINUTE_MS);
    expect(measured(twice, { horizonMs: 43 * MINUTE_MS }).timeToRecoverMs).toBeNull();
  });

  test('takes a share that is surely above 1 %: one failure in 20 is chance, two are not', () => {
    expect(minutes(intend(40, 41, 20), fail(40, 41, 1))).toBe(0);
    expect(minutes(intend(40, 41, 20), fail(40, 41, 2))).toBe(11);
    // 18 of 1,000 are surely above 1 %, 12 of 1,000 are not.
    expect(minutes(intend(40, 41, 1_000), fail(40, 41, 18))).toBe(11);
    expect(minutes(intend(40, 41, 1_000), fail(40, 41, 12))).toBe(0);
  });

  test('is that of the last trouble when it comes back', () => {
    expect(minutes(intend(0, 120, 10), fail(40, 50, 5), fail(80, 90, 5))).toBe(60);
  });

  test('is not negative for trouble that was over before T0', () => {
    expect(minutes(intend(0, 120, 10), fail(15, 27, 5))).toBe(0);
  });

  test('bears failures that are counted a minute after their intentions', () => {
    const late = [...intend(40, 41, 30), ...fail(41, 42, 30)];
    expect(minutes(late)).toBe(12);
  });
});

describe('latency of good answers', () => {
  const observed = (durationMs: number, times = 1): Entry[] =>
    Array.from({ length: times }, () => [
      40,
      (world) => world.journal.timing('user.latency', { population: 'users' }).observe(durationMs),
    ]);

  test('has no quantiles where there is none', () => {
    expect(measured([])).toMatchObject({ goodLatencyP50Ms: null, goodLatencyP99Ms: null });
  });

  test('is told within a factor of 1.25, never below the truth', () => {
    for (const durationMs of [0.2, 1, 7, 15, 40, 100, 999, 15_000, 60_000]) {
      const { goodLatencyP50Ms, goodLatencyP99Ms } = measured(observed(durationMs, 3));
      expect(goodLatencyP50Ms! / durationMs).toBeGreaterThan(1);
      expect(goodLatencyP50Ms! / durationMs).toBeLessThanOrEqual(1.25);
      expect(goodLatencyP99Ms).toBe(goodLatencyP50Ms);
    }
  });

  test('tells the half and the slowest hundredth apart', () => {
    const { goodLatencyP50Ms, goodLatencyP99Ms } = measured([...observed(10, 98), ...observed(1_000, 2)]);
    expect(goodLatencyP50Ms!).toBeLessThan(13);
    expect(goodLatencyP99Ms!).toBeGreaterThan(1_000);
    expect(measured([...observed(10, 99), ...observed(1_000, 1)]).goodLatencyP99Ms!).toBeLessThan(13);
  });
});
