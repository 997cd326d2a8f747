import { describe, expect, test } from 'vitest';
import { cast, type HostSpec, type Reply, type SealedCookie } from '../../../simulator/contract/index.ts';
import { runScenario } from '../../../simulator/virtual/index.ts';
import { ask, rehearsal } from '../../rehearsal.ts';
import { backend, defaultBackendOptions, SESSION_COOKIE } from '../index.ts';
import { SESSION_PRESETS, sessionPreset } from './index.ts';

/** An instance of the library with these secrets. */
function instance(name: string, preset: string, ...secrets: readonly [string, ...string[]]): HostSpec {
  const session = { secrets, lifetimeMs: 3_600_000, ...sessionPreset(preset).behaviour };
  const idp = { host: 'none', issuer: 'none', audience: 'none' };
  const options = { ...defaultBackendOptions, idp, bootMs: 0, serviceMeanMs: 0, session };
  return cast({ name, pool: 'app', role: backend, options });
}

interface Answers {
  readonly statuses: readonly number[];
  /** What the browser holds in the end: the first cookie, another one, or none. */
  readonly keeps: 'its cookie' | 'another cookie' | 'nothing';
}

/** Signs in at the first instance and asks all for a page in turn, with the cookie that the browser holds by then. */
function tour(hosts: readonly HostSpec[], route: readonly string[]): Answers {
  const statuses: number[] = [];
  let first: SealedCookie | undefined;
  let held: SealedCookie | null = null;
  const script = rehearsal(hosts, function* (world) {
    const login = yield* ask(world, route[0]!, { method: 'POST', path: '/login', body: { user: 'ann' } });
    held = first = login.cookies![SESSION_COOKIE]!;
    for (const host of route.slice(1)) {
      const cookies: Record<string, SealedCookie> = held === null ? {} : { [SESSION_COOKIE]: held };
      const reply: Reply = yield* ask(world, host, { path: '/app/page', cookies });
      statuses.push(reply.status);
      const change = reply.cookies?.[SESSION_COOKIE];
      if (change !== undefined) held = change;
    }
  });
  runScenario(script, { seed: 1 });
  if (held === null) return { statuses, keeps: 'nothing' };
  return { statuses, keeps: held === first ? 'its cookie' : 'another cookie' };
}

describe('an instance with another key', () => {
  test.each([
    ['cookie-session', 302, 'nothing'],
    ['express-session-default', 302, 'nothing'],
    ['express-session', 200, 'its cookie'],
    ['fastify-secure-session', 200, 'its cookie'],
    ['iron-session', 200, 'its cookie'],
    ['express-openid-connect', 302, 'nothing'],
    ['aspnet-data-protection', 200, 'its cookie'],
    ['rails', 200, 'its cookie'],
    ['django-signed-cookies', 302, 'nothing'],
    ['flask', 200, 'its cookie'],
  ])('%s: rejects the session, and back at the first one it gives %i: the browser keeps %s', (id, back, keeps) => {
    const hosts = [instance('a', id, 'one'), instance('b', id, 'two')];
    expect(tour(hosts, ['a', 'b', 'a'])).toEqual({ statuses: [302, back], keeps });
  });
});

describe('a rolling deploy of [new, old]', () => {
  test.each([
    ['cookie-session', 302],
    ['fastify-secure-session', 302],
    ['rails', 302],
    ['express-session', 200],
    ['iron-session', 200],
    ['django-signed-cookies', 200],
    ['flask', 200],
  ])('%s: a session read by a new instance and taken back to an old one gives %i', (id, status) => {
    const hosts = [instance('old', id, 'old'), instance('new', id, 'new', 'old')];
    expect(tour(hosts, ['old', 'new', 'old']).statuses).toEqual([200, status]);
  });
});

describe('keys that nobody shares', () => {
  test.each(['aspnet-data-protection-in-memory', 'aspnet-machine-key', 'mod-auth-openidc-no-passphrase'])(
    '%s: the same configuration gives every instance a key of its own',
    (id) => {
      const hosts = [instance('a', id, 'one'), instance('b', id, 'one')];
      expect(tour(hosts, ['a', 'a', 'b']).statuses).toEqual([200, 302]);
    },
  );

  test.each([
    ['aspnet-data-protection-in-memory', 302],
    ['mod-auth-openidc-no-passphrase', 302],
    ['aspnet-machine-key', 200],
    ['aspnet-data-protection', 200],
  ])('%s: after a restart the old cookie gives %i', (id, status) => {
    let seen = 0;
    const script = rehearsal([instance('a', id, 'one')], function* (world) {
      const login = yield* ask(world, 'a', { method: 'POST', path: '/login', body: { user: 'ann' } });
      world.hosts!.crash('a');
      world.hosts!.start('a');
      yield* world.timers.sleep(10);
      const cookies = { [SESSION_COOKIE]: login.cookies![SESSION_COOKIE]! };
      seen = (yield* ask(world, 'a', { path: '/app/page', cookies })).status;
    });
    runScenario(script, { seed: 1 });
    expect(seen).toBe(status);
  });
});

describe('Flask 3.1.0', () => {
  test('signs with the key that was to be replaced: taking the fallback away signs everybody out', () => {
    const after = (id: string) =>
      tour([instance('a', id, 'new', 'old'), instance('b', id, 'new')], ['a', 'b']).statuses;
    expect(after('flask-3.1.0')).toEqual([302]);
    expect(after('flask')).toEqual([200]);
  });
});

describe('the list', () => {
  test('names each once, says where it is known from, and is plain data', () => {
    const ids = SESSION_PRESETS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(SESSION_PRESETS.every(({ source, sentence }) => source.length > 20 && sentence.endsWith('.'))).toBe(true);
    expect(JSON.parse(JSON.stringify(SESSION_PRESETS))).toEqual(SESSION_PRESETS);
  });

  test('tells what there is when asked for another', () => {
    expect(() => sessionPreset('php')).toThrow(/no session preset "php".*cookie-session, express-session-default/);
  });
});
