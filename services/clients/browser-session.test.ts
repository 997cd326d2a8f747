import { describe, expect, test } from 'vitest';
import { cast, type FaultSpec, type HostSpec } from '../../simulator/contract/index.ts';
import { RecordView } from '../../simulator/experiment/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { backend, defaultBackendOptions, type BackendOptions, type SessionOptions } from '../backend/index.ts';
import { bindFault, status } from '../faults/index.ts';
import { rehearsal, standIn } from '../rehearsal.ts';
import { defaultRouterOptions, router } from '../router/index.ts';
import { browserSessions, type BrowserSessionOptions } from './browser-session.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const END_MS = 8 * HOUR_MS;

const OPTIONS: BrowserSessionOptions = {
  population: 'people',
  userCount: 30,
  tenantCount: 3,
  edges: ['edge'],
  operator: 'support',
  days: [{ fromMs: HOUR_MS, untilMs: END_MS, arrivals: [{ fromMs: HOUR_MS, untilMs: 3 * HOUR_MS, ratio: 1 }] }],
  visitMeanMs: HOUR_MS,
  pageMeanMs: 5 * MINUTE_MS,
  page: { requestCount: 6, connectionCount: 2, crossedSubmitRatio: 0 },
  patienceMs: 15_000,
  signInEffortMs: 8_000,
  persistence: { quickTryCount: 3, waitMedianMs: 5 * MINUTE_MS, waitSigma: 0, roundCount: 2 },
  reports: { afterTroubles: 2, probability: 0, delayMedianMs: 20 * MINUTE_MS, delaySigma: 0 },
};

/** An instance whose key is made from this secret. */
function role(name: string, secret: string, session: Partial<SessionOptions> = {}): HostSpec {
  const common = { destructiveRejection: true, resignOnRead: false, lifetimeMs: 10 * HOUR_MS };
  const options: BackendOptions = {
    ...defaultBackendOptions,
    idp: { host: 'none', issuer: 'none', audience: 'none' },
    bootMs: 0,
    session: { secrets: [secret], ...common, ...session },
  };
  return cast({ name, pool: 'web', role: backend, options });
}

interface Stage {
  readonly options?: Partial<BrowserSessionOptions>;
  readonly roles?: readonly HostSpec[];
  readonly faults?: readonly FaultSpec[];
}

function run({ options = {}, roles = [role('web-1', 'one'), role('web-2', 'one')], faults = [] }: Stage = {}) {
  const balancer = { ...defaultRouterOptions, pool: 'web', stickiness: 'connection' as const };
  const hosts = [
    ...roles,
    cast({ name: 'edge', pool: 'edge', role: router, options: balancer }),
    standIn('support', 'operations'),
    cast({ name: 'crowd', pool: 'people', role: browserSessions, options: { ...OPTIONS, ...options } }),
  ];
  function* nothing() {}
  return new RecordView(runScenario(rehearsal(hosts, nothing, { faults, endMs: END_MS }), { seed: 1 }));
}

const parted = [role('web-1', 'one'), role('web-2', 'two')];

const down = (fromMs: number, untilMs: number): readonly FaultSpec[] => [
  bindFault(status({ status: 503 }), { id: 'down', target: 'web', endpoints: ['/app/page'], fromMs, untilMs }),
];

const quiet = { 'user.sign-outs': 0, 'user.intentions-failed': 0, 'browser.gave-up': 0, 'user.sign-ins-failed': 0 };

function totals(view: RecordView, names: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.keys(names).map((name) => [name, view.total(name)]));
}

describe('people with browser sessions', () => {
  test('come once, sign in once, see every page they planned, and nobody is harmed', () => {
    const view = run();
    expect(totals(view, quiet)).toEqual(quiet);
    expect(view.total('browser.visits')).toBe(30);
    expect(view.total('user.sign-ins')).toBe(30);
    expect(view.disruptedUserMinutes(['people'])).toBe(0);
  });

  test('plan a page when they come and one for each stretch of thought within their visit', () => {
    // An hour with a page every five minutes: 1 + 12 pages on average, with a standard deviation of 12.5.
    const view = run({ options: { userCount: 1_000, page: { ...OPTIONS.page, requestCount: 1 } } });
    expect(Math.abs(view.total('user.intentions') / 1_000 - 13)).toBeLessThan((3 * 12.5) / Math.sqrt(1_000));
  });

  test('ask for each part of a page', () => {
    const pages = (view: RecordView): number => view.total('user.attempts', { request: 'page' });
    const whole = run();
    expect(pages(whole)).toBe(6 * whole.total('user.intentions'));
    const single = run({ options: { page: { ...OPTIONS.page, requestCount: 1 } } });
    expect(pages(single)).toBe(single.total('user.intentions'));
  });

  test('stay away when their share does not come, and are not there outside the hours', () => {
    const days = [
      { fromMs: HOUR_MS, untilMs: 2 * HOUR_MS, arrivals: [{ fromMs: HOUR_MS, untilMs: 1.5 * HOUR_MS, ratio: 0.5 }] },
      {
        fromMs: 4 * HOUR_MS,
        untilMs: 5 * HOUR_MS,
        arrivals: [{ fromMs: 4 * HOUR_MS, untilMs: 4.5 * HOUR_MS, ratio: 0 }],
      },
    ];
    const view = run({ options: { days, userCount: 200 } });
    expect(view.total('browser.visits')).toBeGreaterThan(80);
    expect(view.total('browser.visits')).toBeLessThan(120);
    expect(view.firstAtMs('user.intentions')!).toBeGreaterThanOrEqual(HOUR_MS);
    expect(view.lastAtMs('user.intentions')!).toBeLessThan(2 * HOUR_MS);
  });

  test('sign in again at the regular end of a session, which is neither forced nor harm', () => {
    const roles = ['web-1', 'web-2'].map((name) => role(name, 'one', { lifetimeMs: 20 * MINUTE_MS }));
    const view = run({ roles });
    expect(totals(view, quiet)).toEqual(quiet);
    expect(view.total('user.sign-ins', { forced: 'no' })).toBeGreaterThan(50);
    expect(view.total('user.sign-ins', { forced: 'yes' })).toBe(0);
    expect(view.disruptedUserMinutes(['people'])).toBe(0);
  });
});

describe('instances that do not open each other’s cookies', () => {
  test('send people back to the login, who sign in again by force and are harmed', () => {
    const view = run({ roles: parted });
    const signOuts = view.total('user.sign-outs');
    expect(signOuts).toBeGreaterThan(30);
    expect(view.total('browser.rejections')).toBe(signOuts);
    expect(view.total('user.attempts', { outcome: 'login-redirect' })).toBe(signOuts);
    expect(view.total('user.sign-ins', { forced: 'yes' })).toBeGreaterThan(30);
    expect(view.disruptedUserMinutes(['people'])).toBeGreaterThan(30);
  });

  test('do no harm to a browser with one connection, until that is opened anew on the other instance', () => {
    const one = { ...OPTIONS.page, connectionCount: 1 };
    const keptOpen = run({ roles: parted, options: { page: one, pageMeanMs: MINUTE_MS / 2 } });
    const often = run({ roles: parted, options: { page: one, pageMeanMs: 20 * MINUTE_MS } });
    const perIntention = (view: RecordView): number => view.total('user.sign-outs') / view.total('user.intentions');
    expect(perIntention(often)).toBeGreaterThan(0.2);
    expect(perIntention(keptOpen)).toBeLessThan(0.05);
  });

  test('make loops: a sign-in within a minute of the last one, a second rejection in a row', () => {
    const view = run({ roles: parted });
    expect(view.total('browser.sign-ins-repeated')).toBeGreaterThan(10);
    expect(view.total('browser.rejections', { streak: '2' })).toBeGreaterThan(10);
    const [first, second] = ['1', '2'].map((streak) => view.total('browser.rejections', { streak }));
    expect(second!).toBeLessThanOrEqual(first!);
  });

  test('lose a form that was served by the one and submitted to the other', () => {
    const form = { loginState: true };
    const roles = [role('web-1', 'one', form), role('web-2', 'two', form)];
    const crossed = run({ roles, options: { page: { ...OPTIONS.page, crossedSubmitRatio: 1 } } });
    expect(crossed.total('user.sign-ins-failed')).toBeGreaterThan(10);
    expect(
      run({ roles: ['web-1', 'web-2'].map((name) => role(name, 'one', form)) }).total('user.sign-ins-failed'),
    ).toBe(0);
  });
});

describe('somebody whose page does not come', () => {
  const untilTheEnd = down(0, END_MS);

  test('tries three times at once, waits, tries three times more and gives up the visit', () => {
    const view = run({ faults: untilTheEnd, options: { visitMeanMs: 1_000 * HOUR_MS } });
    expect(view.total('user.attempts', { request: 'page', outcome: 'server-error' })).toBe(30 * 6);
    expect(view.total('user.intentions')).toBe(30);
    expect(view.total('user.intentions-failed')).toBe(30);
    expect(view.total('browser.gave-up')).toBe(30);
    expect(view.total('browser.tries-again-failed', { wait: 'under-1-min' })).toBe(30 * 4);
    expect(view.total('browser.tries-again-failed', { wait: 'over-4-min' })).toBe(30);
  });

  test('is harmed until the end of the planned visit', () => {
    const view = run({ faults: untilTheEnd, options: { visitMeanMs: 1_000 * HOUR_MS } });
    for (const minutes of view.record.harm.get('people')!.values()) {
      expect(Math.max(...minutes)).toBeGreaterThanOrEqual(END_MS / MINUTE_MS - 1);
    }
  });

  test('has failed once at that page, however often it was tried, and goes on when it comes', () => {
    const view = run({ faults: down(2 * HOUR_MS, 2 * HOUR_MS + MINUTE_MS) });
    const failed = view.total('user.intentions-failed');
    expect(failed).toBeGreaterThan(0);
    expect(view.total('user.attempts', { outcome: 'server-error' })).toBeGreaterThan(failed);
    expect(view.total('browser.gave-up')).toBe(0);
    expect(view.total('browser.tries-again-ok')).toBe(failed);
  });

  test('writes to support after the second trouble of a visit, once, after a while', () => {
    const reports = { ...OPTIONS.reports, probability: 1 };
    const view = run({ faults: untilTheEnd, options: { reports, visitMeanMs: 1_000 * HOUR_MS } });
    const written = view.notes('served').filter(({ host }) => host === 'support');
    expect(written).toHaveLength(30);
    const secondTroubleMs = view.firstAtMs('user.intentions-failed')!;
    expect(written[0]!.atMs).toBeGreaterThan(secondTroubleMs + 20 * MINUTE_MS);
    const patient = run({ faults: untilTheEnd, options: { reports: { ...reports, afterTroubles: 7 } } });
    expect(patient.notes('served')).toEqual([]);
  });
});
