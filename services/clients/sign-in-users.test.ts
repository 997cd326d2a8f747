import { describe, expect, test } from 'vitest';
import { cast, Draws, type FaultSpec } from '../../simulator/contract/index.ts';
import { RecordView } from '../../simulator/experiment/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { bindFault, hang, refuse, status } from '../faults/index.ts';
import { defaultIdpOptions, idp } from '../idp/index.ts';
import { rehearsal, standIn } from '../rehearsal.ts';
import { signInUsers, type SignInUsersOptions } from './sign-in-users.ts';
import { momentOfDay } from './working-day.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const OPTIONS: SignInUsersOptions = {
  population: 'people',
  auth: 'auth',
  operator: 'support',
  signInsPerDay: 60,
  midnightsMs: [0],
  weights: [1, 1, 1],
  patienceMedianMs: 45_000,
  patienceSigma: 0.4,
  requestTimeoutMs: 60_000,
  retryAfterMeanMs: 2 * MINUTE_MS,
  triesBeforeGivingUp: 3,
  visitMeanMs: HOUR_MS,
  endMs: 3 * HOUR_MS,
  reports: { afterTroubles: 1, probability: 0, delayMedianMs: MINUTE_MS, delaySigma: 0 },
};

function run(options: Partial<SignInUsersOptions> = {}, faults: readonly FaultSpec[] = [], seed = 1): RecordView {
  const hosts = [
    cast({ name: 'auth', pool: 'auth', role: idp, options: defaultIdpOptions }),
    standIn('support', 'people'),
    cast({ name: 'crowd', pool: 'people', role: signInUsers, options: { ...OPTIONS, ...options } }),
  ];
  function* nothing() {}
  return new RecordView(runScenario(rehearsal(hosts, nothing, { faults, endMs: 4 * HOUR_MS }), { seed }));
}

const ill = (mechanism = hang()): readonly FaultSpec[] => [
  bindFault(mechanism, { id: 'ill', target: 'auth', fromMs: HOUR_MS, untilMs: 2 * HOUR_MS }),
];

const count = (view: RecordView, name: string): number => view.total(name, { population: 'people' });
const reports = (view: RecordView): number => view.notes('served').filter(({ host }) => host === 'support').length;

describe('people who want to sign in', () => {
  test('come at moments of their own, each tries once while all is well, and nobody is harmed', () => {
    const view = run();
    expect(count(view, 'user.intentions')).toBe(60);
    expect(count(view, 'user.sign-ins')).toBe(60);
    for (const name of ['user.sign-ins-failed', 'user.sign-ins-hung', 'user.intentions-failed'])
      expect(count(view, name)).toBe(0);
    expect(view.disruptedUserMinutes(['people'])).toBe(0);
    expect(view.series('user.latency')[0]!.total).toBe(60);
  });

  test('meet silence as a hang, after their patience, which is not the client’s', () => {
    const view = run({}, ill());
    expect(count(view, 'user.sign-ins-hung')).toBeGreaterThan(20);
    expect(count(view, 'user.sign-ins-hung')).toBe(count(view, 'user.sign-ins-failed'));
    // Patience has a median of 45 s: the first to fail came at least that order of time before.
    expect(view.firstAtMs('user.sign-ins-failed')!).toBeGreaterThan(HOUR_MS + 10_000);
  });

  test('meet a request that their client gives up as a hang as well', () => {
    const view = run({ requestTimeoutMs: 1_000, patienceMedianMs: HOUR_MS }, ill());
    expect(count(view, 'user.sign-ins-hung')).toBeGreaterThan(20);
    expect(count(view, 'user.sign-ins-hung')).toBe(count(view, 'user.sign-ins-failed'));
  });

  test.each([
    ['refused', refuse()],
    ['in error', status({ status: 503 })],
  ])('do not call it a hang when they are %s', (_, mechanism) => {
    const view = run({}, ill(mechanism));
    expect(count(view, 'user.sign-ins-failed')).toBeGreaterThan(20);
    expect(count(view, 'user.sign-ins-hung')).toBe(0);
  });

  test('try again after a pause, so many times, and are harmed to the planned end when they give up', () => {
    const view = run({}, [bindFault(refuse(), { id: 'ill', target: 'auth', fromMs: 0, untilMs: 4 * HOUR_MS })]);
    expect(count(view, 'user.intentions')).toBe(60);
    expect(count(view, 'user.intentions-failed')).toBe(60);
    expect(count(view, 'user.sign-ins')).toBe(180);
    const moments = new Draws(1, 'population/people', 'moment');
    const visits = new Draws(1, 'population/people', 'visit');
    let stayedOn = 0;
    for (let user = 0; user < 60; user++) {
      const comesMs = momentOfDay(OPTIONS.weights, moments, user, 0);
      const leavesMs = Math.min(OPTIONS.endMs, comesMs + visits.exponential(OPTIONS.visitMeanMs, user));
      const minutes = [...view.record.harm.get('people')!.get(user)!];
      expect(minutes[0]).toBe(Math.floor(comesMs / MINUTE_MS));
      expect(minutes.at(-1)).toBeGreaterThanOrEqual(Math.floor(leavesMs / MINUTE_MS));
      // Who meant to leave before they had tried three times is harmed no longer than that took.
      if (minutes.at(-1) === Math.floor(leavesMs / MINUTE_MS)) stayedOn++;
    }
    expect(stayedOn).toBeGreaterThan(45);
  });

  test('who get in at a later try are harmed only while they tried', () => {
    const view = run({ triesBeforeGivingUp: 100, retryAfterMeanMs: 5 * MINUTE_MS }, ill(refuse()));
    expect(count(view, 'user.intentions-failed')).toBeGreaterThan(10);
    // All 60 are in at last.
    expect(count(view, 'user.sign-ins') - count(view, 'user.sign-ins-failed')).toBe(60);
    const last = Math.max(...[...view.record.harm.get('people')!.values()].flatMap((minutes) => [...minutes]));
    expect(last).toBeLessThan(120);
  });

  test('want the same at the same moments whatever happens to them', () => {
    const well = run().byMinute('user.intentions');
    for (const mechanism of [hang(), refuse()])
      expect(run({}, ill(mechanism)).byMinute('user.intentions')).toEqual(well);
    expect(run({}, [], 2).byMinute('user.intentions')).not.toEqual(well);
  });

  test('come on each of their days, and not outside the scenario', () => {
    const view = run({ midnightsMs: [-HOUR_MS, HOUR_MS], endMs: 3 * HOUR_MS });
    // The first day lost its first hour of three, the second its last.
    expect(count(view, 'user.intentions')).toBeGreaterThan(60);
    expect(count(view, 'user.intentions')).toBeLessThan(100);
    expect(view.lastAtMs('user.intentions')!).toBeLessThan(3 * HOUR_MS);
  });
});

describe('their reports', () => {
  test('are written after as many failed tries as the options say, once each', () => {
    const always = { afterTroubles: 1, probability: 1, delayMedianMs: MINUTE_MS, delaySigma: 0 };
    const first = run({ reports: always }, ill(refuse()));
    expect(reports(first)).toBe(count(first, 'user.intentions-failed'));
    const third = run({ reports: { ...always, afterTroubles: 3 } }, ill(refuse()));
    expect(reports(third)).toBeLessThan(reports(first));
    expect(reports(third)).toBeGreaterThan(0);
    expect(reports(run({ reports: { ...always, afterTroubles: 4 } }, ill(refuse())))).toBe(0);
  });
});
