import { describe, expect, test } from 'vitest';
import { cast, type FaultSpec, type HostSpec } from '../../simulator/contract/index.ts';
import { RecordView } from '../../simulator/experiment/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { backend, defaultBackendOptions } from '../backend/index.ts';
import { bindFault, refuse } from '../faults/index.ts';
import { defaultIdpOptions, idp } from '../idp/index.ts';
import { rehearsal, standIn } from '../rehearsal.ts';
import { defaultRouterOptions, router } from '../router/index.ts';
import { browserSessions, type BrowserSessionOptions } from './browser-session.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const END_MS = 8 * HOUR_MS;

function instance(name: string, secret: string, lifetimeMs: number): HostSpec {
  const session = { secrets: [secret] as const, destructiveRejection: true, resignOnRead: false, loginState: true };
  const options = {
    ...defaultBackendOptions,
    idp: { host: 'none', issuer: 'none', audience: 'none' },
    bootMs: 0,
    session: { ...session, lifetimeMs, signOn: { host: 'provider', clientId: 'web', timeoutMs: 1_000 } },
  };
  return cast({ name, pool: 'web', role: backend, options });
}

const PEOPLE: BrowserSessionOptions = {
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
  signOn: { idp: 'provider', clientId: 'web', renewalLimit: 5, actedAs: 'silent' },
};

interface Stage {
  readonly secrets?: readonly [string, string];
  readonly people?: Partial<BrowserSessionOptions>;
  readonly sessionMs?: number;
  /** Of the provider's own sessions. */
  readonly ssoMs?: number;
  readonly faults?: readonly FaultSpec[];
}

function run({ secrets = ['one', 'one'], people, sessionMs = HOUR_MS, ssoMs = END_MS, faults = [] }: Stage) {
  const provider = { ...defaultIdpOptions, issuer: 'https://provider', audience: 'web', sessionLifetimeMs: ssoMs };
  const balancer = { ...defaultRouterOptions, pool: 'web', stickiness: 'connection' as const };
  const hosts = [
    ...secrets.map((secret, index) => instance(`web-${index}`, secret, sessionMs)),
    cast({ name: 'edge', pool: 'edge', role: router, options: balancer }),
    cast({ name: 'provider', pool: 'provider', role: idp, options: provider }),
    standIn('support', 'operations'),
    cast({ name: 'crowd', pool: 'people', role: browserSessions, options: { ...PEOPLE, ...people } }),
  ];
  function* nothing() {}
  return new RecordView(runScenario(rehearsal(hosts, nothing, { faults, endMs: END_MS }), { seed: 1 }));
}

const shown = (view: RecordView): number => view.total('idp.requests', { endpoint: 'sign-in' });

describe('people whose application signs them in at a provider', () => {
  test('type once: a session that ends is begun anew without a page and without harm', () => {
    const view = run({ sessionMs: 20 * MINUTE_MS });
    expect(shown(view)).toBe(30);
    expect(view.total('user.sign-ins')).toBe(30);
    expect(view.total('browser.silent-sign-in')).toBeGreaterThan(30);
    expect(view.total('mitigation.actions', { mitigation: 'silent' })).toBe(view.total('browser.silent-sign-in'));
    expect(view.disruptedUserMinutes(['people'])).toBe(0);
  });

  test('type again when the provider has forgotten them, too', () => {
    const view = run({ sessionMs: 20 * MINUTE_MS, ssoMs: 10 * MINUTE_MS });
    expect(shown(view)).toBe(view.total('user.sign-ins'));
    expect(shown(view)).toBeGreaterThan(45);
    expect(view.total('browser.silent-sign-in')).toBe(0);
  });

  test('come to nothing by it where their connections end at two keys: each page goes round five times and stops', () => {
    const view = run({ secrets: ['one', 'two'] });
    const tries = view.total('user.sign-outs');
    expect(tries).toBeGreaterThan(100);
    // A sign-in before the page and five detours, all of which end at the door of the other instance.
    expect(view.total('browser.silent-sign-in') / tries).toBeGreaterThan(4.9);
    expect(view.total('browser.silent-sign-in') / tries).toBeLessThanOrEqual(6);
    expect(view.total('browser.gave-up')).toBeGreaterThan(20);
  });

  test('cannot sign in while the provider is down, and stay signed in when they are', () => {
    const down = { id: 'down', target: 'provider', fromMs: 2 * HOUR_MS, untilMs: END_MS };
    const view = run({ sessionMs: END_MS, faults: [bindFault(refuse(), down)] });
    const before = view.total('browser.visits', {}, { fromMs: 0, untilMs: 2 * HOUR_MS });
    expect(shown(view)).toBe(before);
    expect(before).toBeLessThan(30);
    expect(view.total('browser.gave-up')).toBe(30 - before);
    expect(view.total('user.sign-outs')).toBe(0);
  });

  test('ask a provider that does not answer once for each rejected page, not five times', () => {
    const since = { fromMs: 2 * HOUR_MS, untilMs: END_MS };
    const faults = [bindFault(refuse(), { id: 'down', target: 'provider', ...since })];
    const view = run({ secrets: ['one', 'two'], people: { userCount: 100 }, sessionMs: END_MS, faults });
    const rejected = view.total('user.sign-outs', {}, since);
    expect(rejected).toBeGreaterThan(0);
    expect(view.total('fault.hits')).toBe(rejected + view.total('user.sign-ins-failed', {}, since));
  });
});
