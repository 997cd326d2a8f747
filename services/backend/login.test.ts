import { describe, expect, test } from 'vitest';
import { cast, type HostSpec, type Process, type Reply, type World } from '../../simulator/contract/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { bindFault, hang, refuse, status, type FaultMechanism } from '../faults/index.ts';
import { defaultIdpOptions, idp } from '../idp/index.ts';
import { instantly } from '../idp/rehearsal.ts';
import { ask, rehearsal } from '../rehearsal.ts';
import { backend, defaultBackendOptions, SESSION_COOKIE, type BackendOptions, type SessionOptions } from './index.ts';

const HOUR_MS = 3_600_000;

function app(name: string, session: Partial<SessionOptions> = {}): HostSpec {
  const options: BackendOptions = {
    ...defaultBackendOptions,
    idp: { host: 'auth', issuer: 'https://auth', audience: 'portal' },
    bootMs: 0,
    serviceMeanMs: 0,
    session: { secrets: ['secret'], destructiveRejection: false, resignOnRead: false, lifetimeMs: HOUR_MS, ...session },
  };
  return cast({ name, pool: 'app', role: backend, options });
}

function word({ status: code, headers }: Reply): string {
  return code === 302 ? headers!['location']! : String(code);
}

describe('a login form with a state', () => {
  /** Fetches the form from `from`, submits it to `to`. */
  function submitted(from: string, to: string, options: { keepsCookies: boolean }): string {
    let outcome = '';
    const form = { loginState: true };
    const hosts = [
      app('a', form),
      app('b', form),
      app('odd', { ...form, secrets: ['odd'] }),
      app('ring', { ...form, secrets: ['new', 'secret'] }),
    ];
    function* script(world: World) {
      const shown = yield* ask(world, from, { path: '/login' });
      const cookies = options.keepsCookies ? (shown.cookies as NonNullable<Parameters<typeof ask>[2]>['cookies']) : {};
      const body = { user: 'ann' };
      outcome = word(
        yield* ask(world, to, { method: 'POST', path: '/login', body, ...(cookies === undefined ? {} : { cookies }) }),
      );
    }
    runScenario(rehearsal(hosts, script), { seed: 1 });
    return outcome;
  }

  test('is accepted by every instance with a key that opens its state', () => {
    expect(submitted('a', 'a', { keepsCookies: true })).toBe('/app/home');
    expect(submitted('a', 'b', { keepsCookies: true })).toBe('/app/home');
    expect(submitted('a', 'ring', { keepsCookies: true })).toBe('/app/home');
  });

  test('is not known to an instance with another key, nor without its cookie', () => {
    expect(submitted('a', 'odd', { keepsCookies: true })).toBe('/login?reason=unknown-form');
    expect(submitted('a', 'a', { keepsCookies: false })).toBe('/login?reason=unknown-form');
  });
});

describe('a portal operation', () => {
  const grant = {
    refreshToken: 'refresh/ann',
    username: 'ann',
    clientId: 'portal',
    scope: 'openid',
    expiresAtMs: HOUR_MS,
  };

  interface Outcome {
    readonly answer: string;
    readonly tookMs: number;
  }

  /** One operation at 10 s by somebody with a session, whose grant stands. */
  function operation(mechanism: FaultMechanism | undefined, before?: (world: World) => Process<void>): Outcome {
    let outcome: Outcome = { answer: '', tookMs: 0 };
    function* script(world: World) {
      const login = yield* ask(world, 'portal', { method: 'POST', path: '/login', body: { user: 'ann' } });
      if (before !== undefined) yield* before(world);
      yield* world.timers.sleepUntil(10_000);
      const cookies = { [SESSION_COOKIE]: login.cookies![SESSION_COOKIE]! };
      const reply = yield* ask(world, 'portal', { path: '/portal/settings', cookies });
      outcome = { answer: word(reply), tookMs: world.clock.nowMs() - 10_000 };
    }
    const options = { ...defaultIdpOptions, serviceTimes: instantly, preissued: [grant] };
    const hosts = [cast({ name: 'auth', pool: 'auth', role: idp, options }), app('portal')];
    const binding = { id: 'auth-ill', target: 'auth', fromMs: 5_000, untilMs: 60_000 };
    const faults = mechanism === undefined ? [] : [bindFault(mechanism, binding)];
    runScenario(rehearsal(hosts, script, { faults }), { seed: 1 });
    return outcome;
  }

  test('is done once the auth service has said that the user’s grant stands', () => {
    expect(operation(undefined)).toEqual({ answer: '200', tookMs: 4 });
  });

  test('fails with an unexpected error when the auth service hangs, after the patience for dependencies', () => {
    expect(operation(hang())).toEqual({ answer: '502', tookMs: 10_002 });
  });

  test('fails at once when the auth service is down or in trouble', () => {
    expect(operation(refuse())).toEqual({ answer: '502', tookMs: 4 });
    expect(operation(status({ status: 503 })).answer).toBe('502');
  });

  test('sends a user whose grant was revoked back to the login screen', () => {
    const revoked = operation(undefined, function* (world) {
      yield* ask(world, 'auth', { method: 'POST', path: '/revoke', body: { token: 'refresh/ann' } });
    });
    expect(revoked.answer).toBe('/login?reason=revoked');
  });

  test('needs a session', () => {
    const seen: string[] = [];
    function* script(world: World) {
      seen.push(word(yield* ask(world, 'portal', { path: '/portal/settings' })));
    }
    runScenario(rehearsal([app('portal')], script), { seed: 1 });
    expect(seen).toEqual(['/login?reason=no-cookie']);
  });
});
