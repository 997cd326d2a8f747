import { describe, expect, test } from 'vitest';
import { cast, type Process, type Role, type World } from '../contract/index.ts';
import { runScenario } from '../virtual/index.ts';
import { exposureOf } from './exposure.ts';
import { RecordView } from './record-view.ts';

const MINUTE_MS = 60_000;

type Script = (world: World) => Process<void>;
const scribe: Role<Script> = { name: 'scribe', main: (world, script) => script(world) };

function recordOf(script: Script, endMs = 10 * MINUTE_MS): RecordView {
  const host = cast({ name: 'scribe', pool: 'scribes', role: scribe, options: script });
  return new RecordView(
    runScenario(
      { id: 'written', cast: [host], faults: [], links: {}, windows: [{ fromMs: 0, untilMs: endMs }], endMs },
      { seed: 1 },
    ),
  );
}

const view = recordOf(function* (world) {
  const { journal, timers } = world;
  const api = (outcome: string, instance: string) => journal.counter('attempts', { request: 'api', outcome, instance });
  const ok = api('ok', 'app-1');
  const bad = api('unauthorized', 'app-2');
  api('never', 'app-3');
  journal.note('begun', { who: 'a' });
  ok.add();
  journal.disrupted('users', 7, 0, 0);
  yield* timers.sleepUntil(90_000);
  ok.add(2);
  bad.add();
  journal.disrupted('users', 7, 60_000, 200_000);
  journal.disrupted('users', 3, 120_000, 179_999);
  journal.disrupted('admins', 7, 120_000, 120_000);
  yield* timers.sleepUntil(8 * MINUTE_MS);
  bad.add(4);
  journal.note('begun', { who: 'b' });
  journal.note('ended');
});

describe('counts', () => {
  test('are added over the series that carry all the labels asked for', () => {
    expect(view.total('attempts')).toBe(8);
    expect(view.total('attempts', { outcome: 'ok' })).toBe(3);
    expect(view.total('attempts', { request: 'api', instance: 'app-2' })).toBe(5);
    expect(view.total('attempts', { outcome: 'ok', instance: 'app-2' })).toBe(0);
    expect(view.total('attempts', { unheard: 'of' })).toBe(0);
    expect(view.total('unheard of')).toBe(0);
  });

  test('within a span are those of every minute that it touches', () => {
    const ok = (fromMs: number, untilMs: number): number =>
      view.total('attempts', { outcome: 'ok' }, { fromMs, untilMs });
    expect(ok(0, 60_000)).toBe(1);
    expect(ok(60_000, 120_000)).toBe(2);
    // A millisecond of minute 1 is touched: all of it counts.
    expect(ok(0, 60_001)).toBe(3);
    expect(ok(119_999, 120_000)).toBe(2);
    expect(ok(120_000, 10 * MINUTE_MS)).toBe(0);
    expect(ok(60_000, 60_000)).toBe(0);
  });

  test('by the minute run from the first to the end of the record, zeros included', () => {
    expect(view.byMinute('attempts')).toEqual([1, 3, 0, 0, 0, 0, 0, 0, 4, 0, 0]);
    expect(view.byMinute('attempts', { outcome: 'ok' })).toEqual([1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(view.byMinute('unheard of')).toEqual(Array(11).fill(0));
  });

  test('by the minute hold what happens at the very end', () => {
    const last = recordOf(function* (world) {
      yield* world.timers.sleepUntil(10 * MINUTE_MS);
      world.journal.counter('late').add();
    });
    expect(last.byMinute('late')).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  test('have a first and a last moment, over all series together; none of those never counted', () => {
    expect(view.firstAtMs('attempts')).toBe(0);
    expect(view.firstAtMs('attempts', { outcome: 'unauthorized' })).toBe(90_000);
    expect(view.lastAtMs('attempts', { outcome: 'ok' })).toBe(90_000);
    expect(view.lastAtMs('attempts')).toBe(8 * MINUTE_MS);
    expect(view.firstAtMs('attempts', { outcome: 'never' })).toBeUndefined();
    expect(view.lastAtMs('unheard of')).toBeUndefined();
  });

  test('name the values of a label, each once, in order of first use', () => {
    expect(view.valuesOf('attempts', 'instance')).toEqual(['app-1', 'app-2', 'app-3']);
    expect(view.valuesOf('attempts', 'request')).toEqual(['api']);
    expect(view.valuesOf('attempts', 'instance', { outcome: 'ok' })).toEqual(['app-1']);
    expect(view.valuesOf('attempts', 'unheard')).toEqual([]);
  });
});

test('notes are found by kind, in order of time', () => {
  expect(view.notes('begun').map(({ atMs, host, detail }) => `${atMs} ${host} ${String(detail['who'])}`)).toEqual([
    '0 scribe a',
    '480000 scribe b',
  ]);
  expect(view.notes('unheard of')).toEqual([]);
});

describe('harm', () => {
  test('is one for each minute of each user', () => {
    // User 7: minutes 0 to 3; user 3: minute 2; admin 7: minute 2.
    expect(view.disruptedUserMinutes(['users'])).toBe(5);
    expect(view.disruptedUserMinutes(['users', 'admins'])).toBe(6);
    expect(view.disruptedUserMinutes(['nobody'])).toBe(0);
  });

  test('within a span counts every minute that the span touches', () => {
    expect(view.disruptedUserMinutes(['users'], { fromMs: 60_000, untilMs: 120_000 })).toBe(1);
    expect(view.disruptedUserMinutes(['users'], { fromMs: 119_999, untilMs: 120_001 })).toBe(3);
    expect(view.disruptedUserMinutes(['users'], { fromMs: 4 * MINUTE_MS, untilMs: 9 * MINUTE_MS })).toBe(0);
  });

  test('names the users hit', () => {
    expect(view.usersHit('users')).toEqual([7, 3]);
    expect(view.usersHit('users', { fromMs: 0, untilMs: 60_000 })).toEqual([7]);
    expect(view.usersHit('users', { fromMs: 4 * MINUTE_MS, untilMs: 9 * MINUTE_MS })).toEqual([]);
    expect(view.usersHit('nobody')).toEqual([]);
  });
});

test('exposure is told by kind: attempts, admissions, and the longest that a credential outlived its refusal', () => {
  const attacked = recordOf(function* ({ journal }) {
    const tried = (kind: string): void => journal.counter('attacker.attempts', { kind }).add();
    const admitted = (kind: string, sinceMs: number): void => {
      tried(kind);
      journal.counter('attacker.admitted', { kind }).add();
      journal.note('attacker.admitted', { kind, sinceMs });
    };
    tried('alg-none');
    tried('alg-none');
    admitted('revoked-session', 300_000);
    admitted('revoked-session', 900_000);
    admitted('revoked-session', 600_000);
    tried('revoked-session');
  });
  expect(exposureOf(attacked)).toEqual([
    { kind: 'alg-none', attemptedCount: 2, admittedCount: 0, longestAdmittedMs: 0 },
    { kind: 'revoked-session', attemptedCount: 4, admittedCount: 3, longestAdmittedMs: 900_000 },
  ]);
  expect(exposureOf(view)).toEqual([]);
});
