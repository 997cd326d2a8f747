import { describe, expect, test } from 'vitest';
import { cast, type FaultSpec } from '../../simulator/contract/index.ts';
import { RecordView } from '../../simulator/experiment/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { backend, defaultBackendOptions, type BackendOptions } from '../backend/index.ts';
import { bindFault, hang } from '../faults/index.ts';
import { defaultIdpOptions, idp } from '../idp/index.ts';
import { rehearsal } from '../rehearsal.ts';
import { steadyUsers, type SteadyUsersOptions } from './steady-users.ts';

const HOUR_MS = 3_600_000;

const OPTIONS: Omit<SteadyUsersOptions, 'population' | 'request' | 'path' | 'withSession'> = {
  target: 'app',
  perDay: 120,
  midnightsMs: [0],
  weights: [1, 1, 1],
  patienceMs: 30_000,
  endMs: 3 * HOUR_MS,
};

/** The grant of the population that uses the portal; who signs in is called like it. */
const grant = {
  refreshToken: 'refresh/portal',
  username: 'portal',
  clientId: 'portal',
  scope: 'openid',
  expiresAtMs: 1e9,
};

function run(
  faults: readonly FaultSpec[],
  options: Partial<BackendOptions> = {},
  rest: Partial<SteadyUsersOptions> = {},
): RecordView {
  const app: BackendOptions = {
    ...defaultBackendOptions,
    idp: { host: 'auth', issuer: 'https://auth', audience: 'app' },
    bootMs: 1_000,
    session: { secrets: ['s'], destructiveRejection: false, resignOnRead: false, lifetimeMs: 24 * HOUR_MS },
    ...options,
  };
  const crowd = (population: string, path: string, withSession: boolean) =>
    cast({
      name: `${population}-users`,
      pool: 'users',
      role: steadyUsers,
      options: { ...OPTIONS, population, request: population, path, withSession, ...rest },
    });
  const hosts = [
    cast({ name: 'auth', pool: 'auth', role: idp, options: { ...defaultIdpOptions, preissued: [grant] } }),
    cast({ name: 'app', pool: 'app', role: backend, options: app }),
    crowd('messages', '/app/messages', true),
    crowd('calls', '/public/call', false),
    crowd('portal', '/portal/settings', true),
  ];
  function* nothing() {}
  return new RecordView(runScenario(rehearsal(hosts, nothing, { faults, endMs: 4 * HOUR_MS }), { seed: 1 }));
}

const authHangs = [bindFault(hang(), { id: 'hangs', target: 'auth', fromMs: HOUR_MS, untilMs: 2 * HOUR_MS })];

function failed(view: RecordView, population: string): number {
  return view.total('user.attempts', { population }) - view.total('user.attempts', { population, outcome: 'ok' });
}

describe('while the auth service hangs', () => {
  const view = run(authHangs);

  test('users with a session and those who need none notice nothing', () => {
    for (const population of ['messages', 'calls']) {
      expect(view.total('user.attempts', { population })).toBeGreaterThan(100);
      expect(failed(view, population)).toBe(0);
      expect(view.disruptedUserMinutes([population])).toBe(0);
    }
  });

  test('operations that cross it fail with a server error, those in the outage and no others', () => {
    const errors = { population: 'portal', outcome: 'server-error' };
    expect(failed(view, 'portal')).toBe(view.total('user.attempts', errors));
    expect(failed(view, 'portal')).toBeGreaterThan(20);
    expect(view.firstAtMs('user.attempts', errors)).toBeGreaterThan(HOUR_MS);
    expect(view.lastAtMs('user.attempts', errors)).toBeLessThan(2 * HOUR_MS + 11_000);
    expect(view.total('user.intentions-failed', { population: 'portal' })).toBe(failed(view, 'portal'));
    expect(view.usersHit('portal')).toHaveLength(failed(view, 'portal'));
  });
});

test('all is well while nothing is wrong, and what is wanted is the same', () => {
  const [well, ill] = [run([]), run(authHangs)];
  for (const population of ['messages', 'calls', 'portal']) {
    expect(failed(well, population)).toBe(0);
    expect(well.byMinute('user.intentions', { population })).toEqual(ill.byMinute('user.intentions', { population }));
  }
});

test('a session that ends early sends its users to the login screen: harm, and no error', () => {
  const view = run([], {
    session: { secrets: ['s'], destructiveRejection: false, resignOnRead: false, lifetimeMs: HOUR_MS },
  });
  expect(view.total('user.attempts', { population: 'messages', outcome: 'login-redirect' })).toBe(
    failed(view, 'messages'),
  );
  expect(failed(view, 'messages')).toBeGreaterThan(50);
  expect(failed(view, 'calls')).toBe(0);
});

test('an answer later than the patience of users is none', () => {
  const view = run([], { serviceMeanMs: 600_000 }, { patienceMs: 1_000 });
  expect(view.total('user.attempts', { population: 'calls', outcome: 'no-answer' })).toBeGreaterThan(100);
});

test('users come on each of their days, at other moments, and not after the end', () => {
  const view = run([], {}, { midnightsMs: [0, 2 * HOUR_MS], endMs: 4 * HOUR_MS });
  const calls = view.byMinute('user.intentions', { population: 'calls' });
  const sum = (fromMinute: number, untilMinute: number) =>
    calls.slice(fromMinute, untilMinute).reduce((all, each) => all + each, 0);
  // 120 a day over three hours each: 40 an hour, and as many from each day where they overlap.
  expect(sum(0, 120)).toBeGreaterThan(60);
  expect(sum(120, 180)).toBeGreaterThan(60);
  expect(view.lastAtMs('user.intentions')!).toBeLessThan(4 * HOUR_MS);
});
