import { describe, expect, test } from 'vitest';
import { cast, type FaultSpec, type Request, type Response } from '../../simulator/contract/index.ts';
import { RecordView } from '../../simulator/experiment/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { bindFault, hang, refuse } from '../faults/index.ts';
import { defaultIdpOptions, idp, type IdpOptions } from '../idp/index.ts';
import { instantly } from '../idp/rehearsal.ts';
import { rehearsal, standIn } from '../rehearsal.ts';
import type { SpaOptions } from './spa-options.ts';
import { spa } from './spa.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const OPTIONS: SpaOptions = {
  population: 'users',
  userCount: 20,
  edge: 'edge',
  idp: 'idp',
  operator: 'people',
  clientId: 'web',
  arriveFromMs: MINUTE_MS,
  arriveUntilMs: 5 * MINUTE_MS,
  leaveMeanMs: HOUR_MS,
  leaveSdMs: 0,
  actionMeanMs: 2 * MINUTE_MS,
  patienceMs: 15_000,
  signInEffortMs: 12_000,
  giveUpAfterAttempts: 5,
  reports: { afterTroubles: 2, probability: 0, delayMedianMs: 10 * MINUTE_MS, delaySigma: 0 },
};

interface Stage {
  readonly options?: Partial<SpaOptions>;
  /** What the API answers; well all the time by default. */
  readonly api?: (request: Request, nowMs: number) => Response;
  readonly apiServiceMs?: number;
  readonly idp?: Partial<IdpOptions>;
  readonly faults?: readonly FaultSpec[];
  readonly seed?: number;
}

function run({ options, api, apiServiceMs, idp: idpOptions, faults, seed = 1 }: Stage = {}): RecordView {
  const hosts = [
    cast({
      name: 'idp',
      pool: 'idp',
      role: idp,
      options: { ...defaultIdpOptions, serviceTimes: instantly, ...idpOptions },
    }),
    standIn('edge', 'edge', {
      ...(api === undefined ? {} : { answer: api }),
      ...(apiServiceMs === undefined ? {} : { serviceMs: apiServiceMs }),
    }),
    standIn('people', 'people'),
    cast({ name: 'crowd', pool: 'users', role: spa, options: { ...OPTIONS, ...options } }),
  ];
  function* nothing() {}
  const scenario = rehearsal(hosts, nothing, { endMs: 90 * MINUTE_MS, ...(faults === undefined ? {} : { faults }) });
  return new RecordView(runScenario(scenario, { seed }));
}

/** 401 to everybody in these minutes. */
function unauthorized(fromMinute: number, untilMinute: number) {
  return (_request: Request, nowMs: number): Response => ({
    status: nowMs >= fromMinute * MINUTE_MS && nowMs < untilMinute * MINUTE_MS ? 401 : 200,
  });
}

function minutesHarmed(view: RecordView, user: number): readonly number[] {
  return [...(view.record.harm.get('users')?.get(user) ?? [])];
}

const total = (view: RecordView, name: string, labels = {}): number => view.total(name, labels);

describe('a user of a single-page application', () => {
  test('signs in once and acts without trouble while all is well', () => {
    const view = run();
    expect(total(view, 'user.sign-ins', { forced: 'no' })).toBe(20);
    expect(total(view, 'user.attempts', { outcome: 'ok' })).toBe(total(view, 'user.intentions'));
    for (const name of ['user.sign-outs', 'user.intentions-failed', 'user.sign-ins-failed'])
      expect(total(view, name)).toBe(0);
    expect(view.disruptedUserMinutes(['users'])).toBe(0);
  });

  test('stays as long as a visit lasts on average, from the own arrival on, where visits are given', () => {
    const options = { userCount: 400, arriveUntilMs: 40 * MINUTE_MS, leaveMeanMs: 0, visitMeanMs: 8 * MINUTE_MS };
    const view = run({ options });
    // An action at the arrival, and one in two minutes for eight on average.
    const perVisit = total(view, 'user.intentions') / 400;
    expect(perVisit).toBeGreaterThan(4.5);
    expect(perVisit).toBeLessThan(5.5);
  });

  test('renews the access token silently before it ends', () => {
    const view = run({ idp: { accessTokenLifetimeMs: 5 * MINUTE_MS } });
    expect(total(view, 'user.sign-ins')).toBe(20);
    // One exchange of a code each, the rest are renewals: about one in five minutes for most of an hour.
    expect(total(view, 'idp.requests', { endpoint: 'token' })).toBeGreaterThan(20 + 20 * 5);
    expect(total(view, 'user.intentions-failed')).toBe(0);
  });

  test('is signed out by a 401, signs in again at the cost of time, and is served', () => {
    let refusals = 0;
    const api = ({ path }: Request, nowMs: number): Response => {
      const refuses = path === '/api/data' && nowMs > 20 * MINUTE_MS && refusals < 1;
      if (refuses) refusals++;
      return { status: refuses ? 401 : 200 };
    };
    const view = run({ api, options: { userCount: 1 } });
    expect(total(view, 'user.sign-outs')).toBe(1);
    expect(total(view, 'user.sign-ins', { forced: 'yes' })).toBe(1);
    expect(total(view, 'user.intentions-failed')).toBe(1);
    expect(total(view, 'user.intentions-recovered')).toBe(1);
    expect(total(view, 'user.attempts', { outcome: 'unauthorized', instance: 'edge' })).toBe(1);
    expect(minutesHarmed(view, 0)).toEqual([Math.floor(view.firstAtMs('user.sign-outs')! / MINUTE_MS)]);
    const effortMs = view.firstAtMs('user.sign-ins', { forced: 'yes' })! - view.firstAtMs('user.sign-outs')!;
    expect(effortMs).toBeGreaterThan(3_000);
    expect(effortMs).toBeLessThan(48_000);
  });

  test('can be hit again and again, and gives up after so many attempts at one action: harmed to the planned end', () => {
    const view = run({ api: unauthorized(30, Infinity), options: { userCount: 1 } });
    expect(total(view, 'user.sign-outs')).toBe(5);
    expect(total(view, 'user.sign-ins', { forced: 'yes' })).toBe(4);
    const [first] = minutesHarmed(view, 0);
    // The visit ends at the full hour.
    expect(minutesHarmed(view, 0)).toEqual(Array.from({ length: 61 - first! }, (_, index) => first! + index));
  });

  test('waits for an answer no longer than its patience, and tries again after a pause', () => {
    const hung = bindFault(hang(), { id: 'hangs', target: 'edge', fromMs: 30 * MINUTE_MS, untilMs: 31 * MINUTE_MS });
    const view = run({ faults: [hung] });
    expect(total(view, 'user.attempts', { outcome: 'no-answer', instance: 'none' })).toBeGreaterThan(5);
    expect(total(view, 'user.sign-outs')).toBe(0);
    expect(total(view, 'user.intentions-recovered')).toBe(total(view, 'user.intentions-failed'));
    expect(view.lastAtMs('user.attempts', { outcome: 'no-answer' })!).toBeLessThan(31 * MINUTE_MS + 15_000);
  });

  test('reports no latency but that of good answers, from the request to its answer', () => {
    const slow = (_request: Request, nowMs: number): Response => unauthorized(30, 32)(_request, nowMs);
    const view = run({ api: slow, apiServiceMs: 198 });
    const [latency] = view.series('user.latency', { population: 'users' });
    expect(latency!.total).toBe(total(view, 'user.attempts', { outcome: 'ok' }));
    expect(latency!.total).toBeLessThan(total(view, 'user.attempts'));
    expect(latency!.sumMs / latency!.total).toBeCloseTo(200, 6);
  });
});

describe('what users intend', () => {
  const well = run();
  const troubles: Readonly<Record<string, Stage>> = {
    'the API refuses everybody for a while': { api: unauthorized(20, 40) },
    'the API refuses everybody for good': { api: unauthorized(20, Infinity) },
    'the API hangs for longer than they planned to think': {
      faults: [bindFault(hang(), { id: 'hangs', target: 'edge', fromMs: 20 * MINUTE_MS, untilMs: 40 * MINUTE_MS })],
    },
    'nobody can sign in': {
      faults: [bindFault(refuse(), { id: 'down', target: 'idp', fromMs: 0, untilMs: 30 * MINUTE_MS })],
    },
  };

  test.each(Object.entries(troubles))('is the same, at the same times, when %s', (_, trouble) => {
    const ill = run(trouble);
    expect(total(ill, 'user.intentions-failed')).toBeGreaterThan(10);
    expect(ill.byMinute('user.intentions')).toEqual(well.byMinute('user.intentions'));
  });

  test('is another thing under another seed', () => {
    expect(run({ seed: 2 }).byMinute('user.intentions')).not.toEqual(well.byMinute('user.intentions'));
  });

  test('and cannot be had any more since they gave up has failed, each time', () => {
    const gone = run({ api: unauthorized(20, Infinity) });
    // From when everybody has given up until the visits end.
    const late = { fromMs: 45 * MINUTE_MS, untilMs: 60 * MINUTE_MS };
    const intended = gone.total('user.intentions', {}, late);
    expect(intended).toBeGreaterThan(100);
    expect(gone.total('user.intentions-failed', {}, late)).toBe(intended);
    expect(gone.total('user.attempts', {}, late)).toBe(0);
  });

  test('waits for what they are doing: a user does one thing at a time', () => {
    const view = run({
      apiServiceMs: 10 * MINUTE_MS,
      options: { userCount: 1, patienceMs: HOUR_MS, actionMeanMs: 10_000 },
    });
    // Ten minutes each from minute 1 to 5 on: by minute 90 at most nine were begun.
    expect(view.notes('served').filter(({ detail }) => detail['path'] === '/api/data').length).toBeLessThanOrEqual(9);
  });
});

describe('reports', () => {
  const always = { afterTroubles: 2, probability: 1, delayMedianMs: 10 * MINUTE_MS, delaySigma: 0 };

  test('are written by users who were hit often enough, once each, after a while', () => {
    const refusedTwice = new Map<string, number>();
    const api = ({ source }: Request, nowMs: number): Response => {
      const count = refusedTwice.get(source) ?? 0;
      // u0 to u9 are refused twice, the others once.
      const refuses = nowMs > 20 * MINUTE_MS && count < (Number(source.slice(1)) < 10 ? 2 : 1);
      if (refuses) refusedTwice.set(source, count + 1);
      return { status: refuses ? 401 : 200 };
    };
    const view = run({ api, options: { reports: always } });
    const reports = view.notes('served').filter(({ host }) => host === 'people');
    expect(reports.map(({ detail }) => String(detail['source'])).sort((a, b) => (a < b ? -1 : 1))).toEqual(
      Array.from({ length: 10 }, (_, user) => `u${user}`),
    );
    const firstTroubleMs = view.firstAtMs('user.sign-outs')!;
    expect(Math.min(...reports.map(({ atMs }) => atMs))).toBeGreaterThan(firstTroubleMs + 10 * MINUTE_MS);
  });

  test('are written by the share of them that writes', () => {
    const reports = { ...always, probability: 0.3 };
    const view = run({ api: unauthorized(20, 22), options: { userCount: 400, actionMeanMs: 30_000, reports } });
    const count = view.notes('served').filter(({ host }) => host === 'people').length;
    // Nearly all 400 are hit twice in two minutes: 120 ± 24 is a 99 % band.
    expect(count).toBeGreaterThan(90);
    expect(count).toBeLessThan(144);
  });

  test('are written by users who cannot sign in, too', () => {
    const faults = [bindFault(refuse(), { id: 'down', target: 'idp', fromMs: 0, untilMs: 30 * MINUTE_MS })];
    const view = run({ faults, options: { reports: always } });
    expect(view.notes('served').filter(({ host }) => host === 'people')).toHaveLength(20);
  });

  test('come also from users who have left meanwhile', () => {
    const late = { ...always, delayMedianMs: 50 * MINUTE_MS };
    const view = run({ api: unauthorized(20, 25), options: { reports: late } });
    const reports = view.notes('served').filter(({ host }) => host === 'people');
    expect(reports.length).toBeGreaterThan(10);
    expect(reports.every(({ atMs }) => atMs > HOUR_MS)).toBe(true);
  });
});
