import { describe, expect, it } from 'vitest';
import { cytracom } from '../../../scenarios/cytracom-2021-03-16/incident.ts';
import { napta } from '../../../scenarios/napta-2025-12-19/incident.ts';
import { uniflow } from '../../../scenarios/uniflow-2024-09-09/incident.ts';
import { hostsOf, isNotApplicable, type Mitigation } from '../../../simulator/contract/index.ts';
import { defaultValues, runTrial, type Incident, type Timetable } from '../../../simulator/experiment/index.ts';
import { backend } from '../../backend/index.ts';
import { cycleInstances } from './cycle-instances.ts';
import { earlyRevocationAlert } from './early-revocation-alert.ts';
import { sharedCookieKey } from './shared-cookie-key.ts';

const family = [sharedCookieKey, earlyRevocationAlert, cycleInstances];

function run(timetable: Timetable, mitigations: readonly Mitigation[], assumptions: Record<string, number> = {}) {
  return runTrial({ incident: uniflow, timetable, seed: 1, mitigations, assumptions });
}

function objectionIn(incident: Incident, mitigation: Mitigation): string | undefined {
  const applied = mitigation.apply(incident.scored(defaultValues(incident), 'published'));
  return isNotApplicable(applied) ? applied.notApplicable : undefined;
}

describe('a session key that does not depend on the host', () => {
  it('stays clean through all three scaling events, and says how often it was needed', () => {
    const { measures, actions } = run('scored', [sharedCookieKey]);
    expect(measures).toMatchObject({ disruptedUserMinutes: 0, signOuts: 0, failedIntentions: 0 });
    expect(actions['shared-cookie-key']).toBeGreaterThan(100);
  });

  it('does not act when the hardware stays the same', () => {
    expect(run('fair-weather', [sharedCookieKey]).actions).toEqual({ 'shared-cookie-key': 0 });
  });

  it('costs whoever is signed in a sign-in or more when it is rolled out: in every pool, not before, not an hour later', () => {
    const { measures, view } = run('fair-weather', [sharedCookieKey]);
    const began = view.notes('orchestrator.began').filter(({ detail }) => String(detail['label']).startsWith('deploy'));
    const deployMinute = began[0]!.atMs / 60_000;
    const pools = new Set(hostsOf(uniflow.fairWeather(defaultValues(uniflow)), backend).map(({ pool }) => pool));
    expect(began).toHaveLength(pools.size);
    expect(new Set(began.map(({ atMs }) => atMs)).size).toBe(1);
    const within = { fromMs: deployMinute * 60_000, untilMs: (deployMinute + 60) * 60_000 };
    expect(view.total('user.sign-outs', {}, within)).toBe(measures.signOuts);
    expect(measures.signOuts).toBeGreaterThan(50);
    expect(measures.forcedSignIns).toBeGreaterThan(50);
  });

  it('cannot be rolled out where nothing is deployed', () => {
    const scored = uniflow.scored(defaultValues(uniflow), 'published');
    expect(sharedCookieKey.rollOut!(scored)).toEqual({ notApplicable: 'nothing is deployed on this day' });
  });

  it('has no object where the key does not depend on the host, or where there is no cookie', () => {
    expect(objectionIn(cytracom, sharedCookieKey)).toBe('the session key does not depend on the host');
    expect(objectionIn(napta, sharedCookieKey)).toBe('no session cookie here');
  });
});

describe('an alert on early revocation', () => {
  it('brings the cycle forward when the right action is taken, on each of the three days', () => {
    const control = run('scored', []);
    const alerted = run('scored', [earlyRevocationAlert], { rightActionProbability: 1 });
    const acted = alerted.view.notes('operator.acted').map(({ atMs }) => atMs);
    const published = control.view.notes('operator.acted').map(({ atMs }) => atMs);
    expect(published).toHaveLength(3);
    expect(acted).toHaveLength(3);
    acted.forEach((atMs, index) => expect(atMs).toBeLessThan(published[index]!));
    expect(alerted.measures.disruptedUserMinutes).toBeLessThan(control.measures.disruptedUserMinutes / 2);
  });

  it('fixes nothing when nobody takes the right action', () => {
    const control = run('scored', []);
    const alerted = run('scored', [earlyRevocationAlert], { rightActionProbability: 0 });
    expect(alerted.measures.pages).toBeGreaterThan(0);
    expect(alerted.measures.disruptedUserMinutes).toBe(control.measures.disruptedUserMinutes);
  });
});

describe('cycling on alert', () => {
  it('restarts the stamps that reject sessions and no others', () => {
    const { view, measures } = run('scored', [cycleInstances]);
    const pools = view.notes('mitigation.acted').map(({ detail }) => String(detail['pool']));
    expect(pools.sort((a, b) => (a < b ? -1 : 1))).toEqual(['eu-1', 'eu-3', 'eu-4', 'eu-5', 'eu-7', 'eu-8']);
    expect(measures.disruptedUserMinutes).toBeLessThan(run('scored', []).measures.disruptedUserMinutes / 2);
  });
});

describe('the family on a good day', () => {
  it.each(family)('$id pages nobody and does not act', (mitigation) => {
    const { measures, actions } = run('fair-weather', [mitigation]);
    expect(measures.pages).toBe(0);
    expect(Object.values(actions)).toEqual([0]);
  });

  it.each([earlyRevocationAlert, cycleInstances])('$id harms nobody while metrics cannot be read', (mitigation) => {
    const { measures, faultHits } = run('fair-weather', [mitigation]);
    expect(Object.values(faultHits).every((hits) => hits > 0)).toBe(true);
    expect(measures).toMatchObject({ signOuts: 0, disruptedUserMinutes: 0 });
  });

  it('is a good day without any of them: a deploy, a scale-out and a wave of expiries harm nobody', () => {
    const { measures, view } = run('fair-weather', []);
    expect(measures).toMatchObject({ signOuts: 0, disruptedUserMinutes: 0, forcedSignIns: 0 });
    expect(view.notes('orchestrator.restarted')).toHaveLength(4);
    const listening = view.notes('backend.listening').map(({ host }) => host);
    expect(listening).toContain('eu-4-role-5');
    // The sessions of the rush end together an hour later; who is still there signs in again.
    const wave = view.total('user.sign-ins', {}, { fromMs: 138 * 60_000, untilMs: 150 * 60_000 });
    const before = view.total('user.sign-ins', {}, { fromMs: 126 * 60_000, untilMs: 138 * 60_000 });
    expect(wave).toBeGreaterThan(1.5 * before);
  });
});
