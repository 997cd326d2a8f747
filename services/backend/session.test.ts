import { describe, expect, it } from 'vitest';
import {
  cast,
  keyOf,
  type HostSpec,
  type Process,
  type Reply,
  type Request,
  type Role,
  type SealedCookie,
  type World,
} from '../../simulator/contract/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { backend, defaultBackendOptions, METRICS_PATH, SESSION_COOKIE, type SessionOptions } from './index.ts';

type Script = (world: World) => Process<void>;
const script: Role<Script> = { name: 'script', privileged: true, main: (world, run) => run(world) };

const session: SessionOptions = {
  secrets: ['secret'],
  platformValue: 'hardware',
  destructiveRejection: true,
  resignOnRead: false,
  lifetimeMs: 3_600_000,
};

/** Two instances on one kind of hardware, one of which a script may move. */
function play(options: SessionOptions, run: Script) {
  const idp = { host: 'none', issuer: 'none', audience: 'none' };
  const instance = (name: string): HostSpec =>
    cast({
      name,
      pool: 'web',
      role: backend,
      options: { ...defaultBackendOptions, idp, session: options, bootMs: 0 },
      platform: { hardware: 'old' },
    });
  return runScenario(
    {
      id: 'test',
      cast: [instance('one'), instance('two'), cast({ name: 'client', pool: 'people', role: script, options: run })],
      faults: [],
      links: {},
      windows: [{ fromMs: 0, untilMs: 7_200_000 }],
      endMs: 7_200_000,
    },
    { seed: 1 },
  );
}

let calls = 0;
function* ask(world: World, host: string, asked: Partial<Request>): Process<Reply> {
  const request: Request = { method: 'GET', path: '/app/page', source: 'client', key: keyOf(++calls), ...asked };
  return yield* world.network.call(host, request);
}

function* signIn(world: World, host: string): Process<SealedCookie> {
  yield* world.timers.sleep(1_000);
  const reply = yield* ask(world, host, { method: 'POST', path: '/login', body: { user: 'ann' } });
  return reply.cookies![SESSION_COOKIE]!;
}

function* moveTo(world: World, name: string, hardware: string): Process<void> {
  world.hosts!.setPlatform(name, { hardware });
  yield* world.hosts!.stop(name, 0);
  world.hosts!.start(name);
  yield* world.timers.sleep(1_000);
}

describe('a session key derived from a platform value', () => {
  it('is read when the process starts: a change below a running instance does not matter', () => {
    const seen: number[] = [];
    play(session, function* (world) {
      const cookie = yield* signIn(world, 'one');
      world.hosts!.setPlatform('two', { hardware: 'new' });
      seen.push((yield* ask(world, 'two', { cookies: { [SESSION_COOKIE]: cookie } })).status);
    });
    expect(seen).toEqual([200]);
  });

  it('makes instances reject each other’s cookies once one has started on other hardware, and deletes them', () => {
    const seen: Reply[] = [];
    play(session, function* (world) {
      const old = yield* signIn(world, 'one');
      yield* moveTo(world, 'two', 'new');
      seen.push(yield* ask(world, 'two', { cookies: { [SESSION_COOKIE]: old } }));
      const young = yield* signIn(world, 'two');
      seen.push(yield* ask(world, 'one', { cookies: { [SESSION_COOKIE]: young } }));
    });
    for (const reply of seen) {
      expect(reply).toMatchObject({ status: 302, headers: { location: '/login?reason=foreign-seal' } });
      expect(reply.cookies).toEqual({ [SESSION_COOKIE]: null });
    }
  });

  it('counts what it could not open in its metrics, from the start of the process, and no expired session', () => {
    const counts: unknown[] = [];
    play(session, function* (world) {
      const cookie = yield* signIn(world, 'one');
      yield* moveTo(world, 'two', 'new');
      yield* ask(world, 'two', { cookies: { [SESSION_COOKIE]: cookie } });
      yield* world.timers.sleep(session.lifetimeMs);
      yield* ask(world, 'one', { cookies: { [SESSION_COOKIE]: cookie } });
      for (const host of ['one', 'two']) counts.push((yield* ask(world, host, { path: METRICS_PATH })).body);
      yield* moveTo(world, 'two', 'new');
      counts.push((yield* ask(world, 'two', { path: METRICS_PATH })).body);
    });
    expect(counts).toEqual([{ earlyRevocationCount: 0 }, { earlyRevocationCount: 1 }, { earlyRevocationCount: 0 }]);
  });

  it('is counted as overcome when a key freed of it opens a cookie from other hardware', () => {
    const { platformValue: _bond, ...free } = session;
    const released = { ...free, releasedFrom: { platformValue: 'hardware', actedAs: 'test' } };
    const seen: number[] = [];
    const record = play(released, function* (world) {
      const cookie = yield* signIn(world, 'one');
      yield* ask(world, 'two', { cookies: { [SESSION_COOKIE]: cookie } });
      yield* moveTo(world, 'two', 'new');
      seen.push((yield* ask(world, 'two', { cookies: { [SESSION_COOKIE]: cookie } })).status);
    });
    expect(seen).toEqual([200]);
    expect(record.series.find(({ name }) => name === 'mitigation.actions')?.total).toBe(1);
  });
});

describe('a login form with a state', () => {
  it('comes back in vain to an instance with another key', () => {
    const seen: (string | undefined)[] = [];
    play({ ...session, loginState: true }, function* (world) {
      yield* world.timers.sleep(1_000);
      const form = yield* ask(world, 'one', { path: '/login' });
      const cookies = form.cookies as Record<string, SealedCookie>;
      yield* moveTo(world, 'two', 'new');
      for (const host of ['two', 'one']) {
        const reply = yield* ask(world, host, { method: 'POST', path: '/login', body: { user: 'ann' }, cookies });
        seen.push(reply.headers?.['location']);
      }
    });
    expect(seen).toEqual(['/login?reason=unknown-form', '/app/home']);
  });
});
