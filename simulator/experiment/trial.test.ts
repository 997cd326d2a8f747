import { describe, expect, test } from 'vitest';
import { SimulatorError, type Mitigation, type Scenario } from '../contract/index.ts';
import { doorKeeper, idleWrap, incident, T0_MS, windowCleaner } from './rehearsal.ts';
import {
  applyAll,
  castTrial,
  checkedValues,
  recordDigest,
  runTrial,
  type Timetable,
  type TrialInput,
} from './trial.ts';

const MINUTE_MS = 60_000;

function trial(mitigations: readonly Mitigation[] = [], rest: Partial<TrialInput> = {}) {
  return runTrial({ incident, timetable: 'scored', seed: 1, mitigations, assumptions: {}, ...rest });
}

describe('a trial', () => {
  test('measures the play from T0 on', () => {
    const { measures, view } = trial();
    expect(measures.intentions).toBe(view.total('user.intentions', {}, { fromMs: T0_MS, untilMs: view.record.endMs }));
    expect(measures.failedIntentions).toBeGreaterThan(50);
    expect(measures.timeToRecoverMs).toBeGreaterThan(18 * MINUTE_MS);
    expect(measures.timeToRecoverMs).toBeLessThanOrEqual(21 * MINUTE_MS);
    expect(measures.authRequests).toBe(measures.intentions);
  });

  test.each<[Timetable, number]>([
    ['historical', 50],
    ['scored', 40],
    ['scored-by-reports', 40],
    ['fair-weather', 20],
  ])('%s plays to its own end', (timetable, minutes) => {
    expect(trial([], { timetable }).scenario.endMs).toBe(minutes * MINUTE_MS);
  });

  test('measures a good day from its beginning', () => {
    const { measures, view } = trial([], { timetable: 'fair-weather' });
    expect(measures.intentions).toBe(view.total('user.intentions'));
    expect(measures.disruptedUserMinutes).toBe(0);
  });

  test('counts how often each of its mitigations acted, and 0 for one that did not', () => {
    const { actions, measures } = trial([doorKeeper, idleWrap]);
    expect(actions['door-keeper']).toBeGreaterThan(50);
    expect(actions['idle-wrap']).toBe(0);
    expect(measures.disruptedUserMinutes).toBe(0);
    expect(trial([]).actions).toEqual({});
  });

  test('with a mitigation that does nothing is the control, event for event', () => {
    const [control, idle] = [trial(), trial([idleWrap])];
    expect(idle.view.record.traceHash).toBe(control.view.record.traceHash);
    expect(recordDigest(idle)).toBe(recordDigest(control));
    expect(recordDigest(trial([doorKeeper]))).not.toBe(recordDigest(control));
  });

  test('is another under another seed, or with other assumptions', () => {
    const digests = [
      trial(),
      trial([], { seed: 2 }),
      trial([], { assumptions: { users: 21 } }),
      trial([], { assumptions: { shutMs: 1_000 } }),
    ];
    expect(new Set(digests.map(recordDigest)).size).toBe(4);
  });
});

describe('its assumptions', () => {
  test('are the defaults with the overrides laid over them', () => {
    expect(checkedValues(incident, { users: 5 })).toEqual({ users: 5, shutMs: 20 * MINUTE_MS });
  });

  test('may lie on their bounds, not outside, and must be known and numbers', () => {
    expect(checkedValues(incident, { users: 1, shutMs: 0 })).toMatchObject({ users: 1, shutMs: 0 });
    expect(() => checkedValues(incident, { users: 0 })).toThrow(
      /"users" cannot be 0\. Give a value from 1 to 1000 users/,
    );
    expect(() => checkedValues(incident, { users: 1_001 })).toThrow(SimulatorError);
    expect(() => checkedValues(incident, { users: Number.NaN })).toThrow(SimulatorError);
    expect(() => checkedValues(incident, { user: 5 })).toThrow(/no assumption "user"\. It has: users, shutMs/);
  });
});

describe('mitigations', () => {
  test('are applied in the order of their ids, whatever order they are named in', () => {
    const writing = (id: string): Mitigation => ({
      id,
      sentence: id,
      source: id,
      family: 'keys-missing-at-start',
      place: 'edge',
      hurtsWhen: 'Never.',
      change: '+ made up',
      apply: (scenario): Scenario => ({ ...scenario, id: `${scenario.id} ${id}` }),
    });
    const [a, b, c] = [writing('a'), writing('b'), writing('c')];
    const { scenario } = castTrial({ incident, timetable: 'scored', seed: 1, mitigations: [], assumptions: {} });
    for (const order of [
      [a, b, c],
      [c, b, a],
      [b, a, c],
    ])
      expect(applyAll(scenario, order).id).toBe('rehearsal a b c');
  });

  test('without an object stop the trial by name', () => {
    expect(() => trial([windowCleaner])).toThrow(/"window-cleaner" has no object in rehearsal: no window here/);
  });
});
