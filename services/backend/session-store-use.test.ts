import { describe, expect, test } from 'vitest';
import {
  cast,
  type FaultSpec,
  type HostSpec,
  type Process,
  type SealedCookie,
  type World,
} from '../../simulator/contract/index.ts';
import { RecordView } from '../../simulator/experiment/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { bindFault, hang, refuse } from '../faults/index.ts';
import { ask, rehearsal } from '../rehearsal.ts';
import { defaultSessionStoreOptions, sessionStore } from '../session-store/index.ts';
import { backend, defaultBackendOptions, SESSION_COOKIE, type SessionOptions, type SessionStoreUse } from './index.ts';

const USE: SessionStoreUse = { host: 'store', timeoutMs: 1_000, onFailure: 'unavailable', actedAs: 'stored' };

function sessionOf(name: string): SessionOptions & { readonly store: SessionStoreUse } {
  const plain = { destructiveRejection: true, resignOnRead: false, lifetimeMs: 1_800_000 };
  return { secrets: [`secret of ${name}`], ...plain, store: USE };
}

function withSession(name: string, session: SessionOptions): HostSpec {
  const idp = { host: 'none', issuer: 'none', audience: 'none' };
  const options = { ...defaultBackendOptions, idp, bootMs: 0, serviceMeanMs: 0, session };
  return cast({ name, pool: 'app', role: backend, options });
}

/** An instance with a secret of its own and the store. */
function app(name: string, use: Partial<SessionStoreUse> = {}): HostSpec {
  return withSession(name, { ...sessionOf(name), store: { ...USE, ...use } });
}

const store = (durable = false): HostSpec =>
  cast({ name: 'store', pool: 'store', role: sessionStore, options: { ...defaultSessionStoreOptions, durable } });

function run(
  hosts: readonly HostSpec[],
  script: (world: World) => Process<void>,
  faults: readonly FaultSpec[] = [],
): RecordView {
  return new RecordView(runScenario(rehearsal(hosts, script, { faults }), { seed: 1 }));
}

function* signInAt(world: World, host: string): Process<SealedCookie> {
  const login = yield* ask(world, host, { method: 'POST', path: '/login', body: { user: 'ann' } });
  return login.cookies![SESSION_COOKIE]!;
}

function* pageAt(world: World, host: string, cookie: SealedCookie): Process<string> {
  const reply = yield* ask(world, host, { path: '/app/page', cookies: { [SESSION_COOKIE]: cookie } });
  return reply.headers?.['location'] ?? String(reply.status);
}

const down = (mechanism = refuse()): readonly FaultSpec[] => [
  bindFault(mechanism, { id: 'down', target: 'store', fromMs: 60_000, untilMs: 120_000 }),
];

describe('a session in the store', () => {
  test('is there for every instance, whatever its key, and each such page is counted', () => {
    const seen: string[] = [];
    const view = run([app('a'), app('b'), store()], function* (world) {
      const cookie = yield* signInAt(world, 'a');
      for (const host of ['a', 'b', 'b']) seen.push(yield* pageAt(world, host, cookie));
    });
    expect(seen).toEqual(['200', '200', '200']);
    // The two at b: a cookie sealed by a would have been foreign there.
    expect(view.total('mitigation.actions', { mitigation: 'stored' })).toBe(2);
    expect(view.total('store.requests', { method: 'GET' })).toBe(3);
  });

  test('is over at its end, and gone for every copy of its cookie once its owner has signed out', () => {
    const seen: string[] = [];
    run([app('a'), app('b'), store()], function* (world) {
      const cookie = yield* signInAt(world, 'a');
      const other = yield* signInAt(world, 'a');
      const copy = { [SESSION_COOKIE]: cookie };
      yield* ask(world, 'b', { method: 'POST', path: '/logout', cookies: copy });
      for (const each of [cookie, other]) seen.push(yield* pageAt(world, 'a', each));
      yield* world.timers.sleepUntil(1_900_000);
      seen.push(yield* pageAt(world, 'a', other));
    });
    expect(seen).toEqual(['/login?reason=unknown-session', '200', '/login?reason=expired']);
  });

  test('is not gone for a copy where the session is all in the cookie', () => {
    const seen: string[] = [];
    const { store: _store, ...sealed } = sessionOf('a');
    run([withSession('a', sealed)], function* (world) {
      const cookie = yield* signInAt(world, 'a');
      yield* ask(world, 'a', { method: 'POST', path: '/logout', cookies: { [SESSION_COOKIE]: cookie } });
      seen.push(yield* pageAt(world, 'a', cookie));
    });
    expect(seen).toEqual(['200']);
  });

  test('cannot be named by whoever only guesses how names look under a seal of their own', () => {
    const seen: string[] = [];
    run([app('a'), store()], function* (world) {
      yield* signInAt(world, 'a');
      seen.push(yield* pageAt(world, 'a', yield* world.seals.sealCookie('forger', 'a/1/1')));
    });
    expect(seen).toEqual(['/login?reason=foreign-seal']);
  });

  test('may be a cookie of before: what the own key seals is still opened', () => {
    const seen: string[] = [];
    run([app('a', { fromMs: 10_000 }), store()], function* (world) {
      const before = yield* signInAt(world, 'a');
      yield* world.timers.sleepUntil(20_000);
      world.hosts!.crash('a');
      world.hosts!.start('a');
      yield* world.timers.sleep(10);
      const after = yield* signInAt(world, 'a');
      seen.push(before.seal, yield* pageAt(world, 'a', before), yield* pageAt(world, 'a', after));
    });
    expect(seen).toEqual(['secret of a', '200', '200']);
  });
});

describe('while the store does not answer', () => {
  function* during(world: World, seen: string[]): Process<void> {
    const cookie = yield* signInAt(world, 'a');
    yield* world.timers.sleepUntil(60_010);
    seen.push(yield* pageAt(world, 'a', cookie));
    seen.push(String((yield* ask(world, 'a', { method: 'POST', path: '/login', body: { user: 'bob' } })).status));
    yield* world.timers.sleepUntil(130_000);
    seen.push(yield* pageAt(world, 'a', cookie));
  }

  test.each([
    ['refuses', refuse()],
    ['hangs', hang()],
  ])('nobody has a page and nobody can sign in, but no session is lost: it %s', (_, mechanism) => {
    const seen: string[] = [];
    run([app('a'), store()], (world) => during(world, seen), down(mechanism));
    expect(seen).toEqual(['503', '503', '200']);
  });

  test('and that is taken for no session, everybody is signed out', () => {
    const seen: string[] = [];
    const lenient = app('a', { onFailure: 'no-session' });
    run([lenient, store()], (world) => during(world, seen), down());
    expect(seen).toEqual(['/login?reason=unknown-session', '503', '200']);
  });
});

describe('a store that is restarted', () => {
  test.each([
    ['forgets its sessions', false, '/login?reason=unknown-session'],
    ['keeps them where it is durable', true, '200'],
  ])('%s', (_, durable, expected) => {
    const seen: string[] = [];
    run([app('a'), store(durable)], function* (world) {
      const cookie = yield* signInAt(world, 'a');
      world.hosts!.crash('store');
      world.hosts!.start('store');
      yield* world.timers.sleep(10);
      seen.push(yield* pageAt(world, 'a', cookie));
    });
    expect(seen).toEqual([expected]);
  });

  test('answers what it does not know with 404', () => {
    const seen: number[] = [];
    run([store()], function* (world) {
      for (const path of ['/sessions/nobody', '/keys']) seen.push((yield* ask(world, 'store', { path })).status);
    });
    expect(seen).toEqual([404, 404]);
  });
});
