import { describe, expect, it } from 'vitest';
import { cytracom } from '../../../scenarios/cytracom-2021-03-16/incident.ts';
import { napta } from '../../../scenarios/napta-2025-12-19/incident.ts';
import { CYCLE_FROM_MS, T0_MS } from '../../../scenarios/uniflow-2024-09-09/clock.ts';
import { uniflow } from '../../../scenarios/uniflow-2024-09-09/incident.ts';
import { mutations } from '../../../scenarios/uniflow-2024-09-09/mutations.ts';
import { isNotApplicable, type Mitigation } from '../../../simulator/contract/index.ts';
import {
  applyAll,
  defaultValues,
  RecordView,
  runTrial,
  type Incident,
  type Span,
  type Timetable,
} from '../../../simulator/experiment/index.ts';
import { runScenario } from '../../../simulator/virtual/index.ts';
import { freezeAutoscaling } from './freeze-autoscaling.ts';
import { nonDestructiveRejection } from './non-destructive-rejection.ts';
import { signInsPerUserAlert } from './sign-ins-per-user-alert.ts';
import { silentReauthentication } from './silent-reauthentication.ts';
import { stickySessions } from './sticky-sessions.ts';

const HOUR_MS = 3_600_000;

function run(timetable: Timetable, mitigation?: Mitigation, assumptions: Record<string, number> = {}, seed = 1) {
  const mitigations = mitigation === undefined ? [] : [mitigation];
  return runTrial({ incident: uniflow, timetable, seed, mitigations, assumptions });
}

const rejections = (view: RecordView, span?: Span): number => view.total('browser.rejections', {}, span);

function objectionIn(incident: Incident, mitigation: Mitigation): string | undefined {
  const applied = mitigation.apply(incident.scored(defaultValues(incident), 'published'));
  return isNotApplicable(applied) ? applied.notApplicable : undefined;
}

const control = run('scored');

describe('sticky sessions', () => {
  const values = { ...defaultValues(uniflow), stamps: 4, stampsTouched: 4 };
  const noCycle = mutations.find(({ id }) => id === 'no-cycle')!;

  /** All stamps are touched by each event, and nobody cycles anything after the first. */
  function uncured(mitigations: readonly Mitigation[]): RecordView {
    const play = noCycle.apply(uniflow.scored(values, 'published'));
    return new RecordView(runScenario(applyAll(play, mitigations), { seed: 1 }));
  }

  it('keep everybody with one key through a scaling event, and fail at the next one', () => {
    const view = uncured([stickySessions]);
    const [first, second] = uniflow.scored(values, 'published').windows;
    const eventMs = second!.fromMs + 45 * 60_000;
    expect(rejections(view, { fromMs: T0_MS, untilMs: first!.untilMs })).toBe(0);
    expect(rejections(view, { fromMs: second!.fromMs, untilMs: eventMs })).toBe(0);
    expect(rejections(view, { fromMs: eventMs, untilMs: second!.untilMs })).toBeGreaterThan(0);
    expect(rejections(uncured([]), { fromMs: T0_MS, untilMs: first!.untilMs })).toBeGreaterThan(100);
  });

  it('leave the harm of the cycle, which takes every instance away once', () => {
    const { measures, view, actions } = run('scored', stickySessions);
    expect(rejections(view, { fromMs: T0_MS, untilMs: CYCLE_FROM_MS })).toBe(0);
    expect(measures.signOuts).toBeGreaterThan(0);
    expect(measures.disruptedUserMinutes).toBeLessThan(control.measures.disruptedUserMinutes / 10);
    expect(actions['sticky-sessions']).toBeGreaterThan(10_000);
  });

  it('cost nobody a session while all have one key', () => {
    expect(run('fair-weather', stickySessions).measures).toMatchObject({ disruptedUserMinutes: 0, signOuts: 0 });
  });
});

describe('silent re-authentication', () => {
  const renewing = run('scored', silentReauthentication);

  it('renews rejected sessions without a page or an effort, and counts none of them as a blocked sign-in', () => {
    const { view, actions, measures } = renewing;
    const silent = view.total('browser.silent-sign-in');
    expect(actions['silent-reauthentication']).toBe(silent);
    expect(silent).toBeGreaterThan(100);
    expect(view.total('idp.requests', { endpoint: 'token', status: '200' })).toBeGreaterThanOrEqual(silent);
    expect(measures.forcedSignIns).toBeLessThan(control.measures.forcedSignIns / 10);
  });

  it('is no cure where a browser’s connections end at different keys: it goes round and stops', () => {
    expect(renewing.measures.disruptedUserMinutes).toBeGreaterThan(control.measures.disruptedUserMinutes / 2);
  });

  it('is a cure where a browser has one connection: nobody notices the change of the key', () => {
    const single = { connectionsPerBrowser: 1 };
    const before = run('scored', undefined, single).measures;
    const { measures } = run('scored', silentReauthentication, single);
    expect(before.disruptedUserMinutes).toBeGreaterThan(20);
    expect(measures.disruptedUserMinutes).toBeLessThan(before.disruptedUserMinutes / 5);
  });

  it('takes sign-ins away while the provider fails on a good day; who is signed in goes on', () => {
    const { measures, faultHits, view } = run('fair-weather', silentReauthentication);
    expect(faultHits['fair-weather-dependency-identity-provider']).toBeGreaterThan(0);
    expect(view.total('user.sign-ins-failed')).toBeGreaterThan(0);
    expect(measures.disruptedUserMinutes).toBeGreaterThan(0);
    expect(measures.signOuts).toBe(0);
  });
});

describe('a rejection that leaves the cookie', () => {
  it('acts at each rejection, and sends fewer people through a sign-in', () => {
    const { measures, actions } = run('scored', nonDestructiveRejection);
    expect(actions['non-destructive-rejection']).toBeGreaterThan(100);
    const perSignOut = ({ forcedSignIns, signOuts }: typeof measures): number => forcedSignIns / signOuts;
    expect(perSignOut(measures)).toBeLessThan(perSignOut(control.measures));
  });

  it('does not act on a good day', () => {
    const goodDay = run('fair-weather', nonDestructiveRejection);
    expect(goodDay.actions).toEqual({ 'non-destructive-rejection': 0 });
    expect(goodDay.view.record.traceHash).toBe(run('fair-weather').view.record.traceHash);
  });
});

describe('frozen scaling', () => {
  it('holds back the events; the harm that is left comes with the cycle', () => {
    const { view, measures, actions } = run('scored', freezeAutoscaling);
    expect(actions['freeze-autoscaling']).toBe(6);
    expect(view.notes('orchestrator.moved')).toEqual([]);
    expect(rejections(view, { fromMs: 0, untilMs: CYCLE_FROM_MS })).toBe(0);
    expect(measures.signOuts).toBeGreaterThan(0);
    expect(measures.disruptedUserMinutes).toBeLessThan(control.measures.disruptedUserMinutes / 4);
  });

  it('keeps a good day’s further instance away', () => {
    const { view, actions } = run('fair-weather', freezeAutoscaling);
    expect(actions).toEqual({ 'freeze-autoscaling': 1 });
    expect(view.notes('backend.listening').map(({ host }) => host)).not.toContain('eu-4-role-5');
  });

  it('leaves a play in which nothing is scaled as it was, and has no object without a platform', () => {
    const scored = cytracom.scored(defaultValues(cytracom), 'published');
    expect(freezeAutoscaling.apply(scored)).toBe(scored);
    const bare = { ...scored, cast: scored.cast.filter(({ role }) => role.name !== 'orchestrator') };
    expect(freezeAutoscaling.apply(bare)).toEqual({ notApplicable: 'no platform that could scale anything here' });
  });

  it('keeps Napta’s new instances from ever starting without keys', () => {
    const trial = runTrial({
      incident: napta,
      timetable: 'scored',
      seed: 1,
      mitigations: [freezeAutoscaling],
      assumptions: {},
    });
    expect(trial.view.notes('keys.missing')).toEqual([]);
    expect(trial.measures.disruptedUserMinutes).toBe(0);
  });
});

describe('an alert on sign-ins per user', () => {
  it('pages in each login loop and brings the cycle forward when the right action is taken', () => {
    const { view, measures } = run('scored', signInsPerUserAlert, { rightActionProbability: 1 });
    const pages = view.notes('operator.paged').map(({ atMs }) => atMs);
    expect(pages[0]! - T0_MS).toBeLessThan(HOUR_MS);
    expect(measures.disruptedUserMinutes).toBeLessThan(control.measures.disruptedUserMinutes / 2);
  });

  it('fixes nothing when nobody takes the right action', () => {
    const { measures } = run('scored', signInsPerUserAlert, { rightActionProbability: 0 });
    expect(measures.pages).toBeGreaterThan(0);
    expect(measures.disruptedUserMinutes).toBe(control.measures.disruptedUserMinutes);
  });

  it('is silent on a good day, its wave of expiries included', () => {
    expect(run('fair-weather', signInsPerUserAlert).measures).toMatchObject({ pages: 0, disruptedUserMinutes: 0 });
  });
});

describe('without an object', () => {
  it.each([
    [stickySessions, napta, 'no session cookie here'],
    [stickySessions, cytracom, 'no two instances share their sessions here'],
    [silentReauthentication, napta, 'no session cookie here'],
    [silentReauthentication, cytracom, 'no two instances share their sessions here'],
    [nonDestructiveRejection, napta, 'no session cookie here'],
    [nonDestructiveRejection, cytracom, 'no two instances share their sessions here'],
    [signInsPerUserAlert, napta, 'no session cookie here'],
  ] as const)('$0.id says so', (mitigation, incident, reason) => {
    expect(objectionIn(incident, mitigation)).toBe(reason);
  });
});
