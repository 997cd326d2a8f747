import { describe, expect, test } from 'vitest';
import {
  cast,
  type HostSpec,
  type Process,
  type Reply,
  type SealedCookie,
  type World,
} from '../../simulator/contract/index.ts';
import { RecordView } from '../../simulator/experiment/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { ask, rehearsal } from '../rehearsal.ts';
import { backend, defaultBackendOptions, METRICS_PATH, SESSION_COOKIE, type SessionOptions } from './index.ts';

const HOUR_MS = 3_600_000;
const PLAIN: SessionOptions = {
  secrets: ['new'],
  destructiveRejection: false,
  resignOnRead: false,
  lifetimeMs: HOUR_MS,
};

function app(
  name: string,
  session: Partial<SessionOptions> = {},
  platform?: Readonly<Record<string, string>>,
): HostSpec {
  const idp = { host: 'none', issuer: 'none', audience: 'none' };
  const options = { ...defaultBackendOptions, idp, bootMs: 0, serviceMeanMs: 0, session: { ...PLAIN, ...session } };
  const host = { name, pool: 'app', role: backend, options };
  return cast(platform === undefined ? host : { ...host, platform });
}

function run(hosts: readonly HostSpec[], script: (world: World) => Process<void>): RecordView {
  return new RecordView(runScenario(rehearsal(hosts, script, { endMs: 4 * HOUR_MS }), { seed: 1 }));
}

function* signInAt(world: World, host: string, user = 'ann'): Process<SealedCookie> {
  const reply = yield* ask(world, host, { method: 'POST', path: '/login', body: { user } });
  return reply.cookies![SESSION_COOKIE]!;
}

function* page(world: World, host: string, cookie: SealedCookie, weightless = false): Process<Reply> {
  return yield* ask(world, host, { path: '/app/page', cookies: { [SESSION_COOKIE]: cookie }, weightless });
}

/** `200`, or where the user is sent. */
function word({ status, headers }: Reply): string {
  return status === 302 ? headers!['location']! : String(status);
}

describe('a session', () => {
  test('begins with a password and opens pages on every instance with the same secret', () => {
    const seen: string[] = [];
    run([app('a'), app('b')], function* (world) {
      const form = yield* ask(world, 'a', { path: '/login' });
      const login = yield* ask(world, 'a', { method: 'POST', path: '/login', body: { user: 'ann' } });
      const cookie = login.cookies![SESSION_COOKIE]!;
      seen.push(word(form), word(login), JSON.stringify(login.body));
      for (const host of ['a', 'b']) seen.push(word(yield* page(world, host, cookie)));
    });
    expect(seen).toEqual(['200', '/app/home', '{"maxAgeMs":3600000}', '200', '200']);
  });

  test('is needed for a page: without a cookie the user is sent to the login screen', () => {
    const seen: string[] = [];
    run([app('a')], function* (world) {
      seen.push(word(yield* ask(world, 'a', { path: '/app/page' })));
    });
    expect(seen).toEqual(['/login?reason=no-cookie']);
  });

  test('lasts its lifetime, to the moment, and is then over on any instance', () => {
    const seen: string[] = [];
    run([app('a'), app('b', { secrets: ['other', 'new'] })], function* (world) {
      const cookie = yield* signInAt(world, 'a');
      // Sealed at 1 ms; a page asked for at t is judged at t + 1 ms.
      for (const [atMs, host] of [
        [HOUR_MS, 'a'],
        [HOUR_MS + 2, 'a'],
        [HOUR_MS + 10, 'b'],
      ] as const) {
        yield* world.timers.sleepUntil(atMs);
        seen.push(word(yield* page(world, host, cookie)));
      }
    });
    expect(seen).toEqual(['200', '/login?reason=expired', '/login?reason=expired']);
  });
});

describe('a key ring', () => {
  test('opens with older secrets and seals with the first', () => {
    const seen: string[] = [];
    run([app('old', { secrets: ['old'] }), app('both', { secrets: ['new', 'old'] }), app('new')], function* (world) {
      const fromOld = yield* signInAt(world, 'old');
      const fromBoth = yield* signInAt(world, 'both');
      for (const host of ['old', 'both', 'new']) seen.push(word(yield* page(world, host, fromOld)));
      for (const host of ['old', 'both', 'new']) seen.push(word(yield* page(world, host, fromBoth)));
    });
    const rejected = '/login?reason=foreign-seal';
    expect(seen).toEqual(['200', '200', rejected, rejected, '200', '200']);
  });

  test('re-signing on read hands out a cookie that instances with the old secret alone reject', () => {
    const seen: (string | undefined)[] = [];
    const ring = { secrets: ['new', 'old'] as const, resignOnRead: true };
    run([app('old', { secrets: ['old'] }), app('both', ring)], function* (world) {
      const cookie = yield* signInAt(world, 'old');
      const read = yield* page(world, 'both', cookie);
      const resigned = read.cookies![SESSION_COOKIE]!;
      for (const host of ['both', 'old']) seen.push(word(yield* page(world, host, resigned)));
      // What is sealed with the first secret already is left alone.
      seen.push((yield* page(world, 'both', resigned)).cookies === undefined ? 'left alone' : 'sealed again');
    });
    expect(seen).toEqual(['200', '/login?reason=foreign-seal', 'left alone']);
  });

  test('without re-signing the browser keeps its cookie, which ends when it would have', () => {
    const seen: (string | undefined)[] = [];
    run([app('old', { secrets: ['old'] }), app('both', { secrets: ['new', 'old'] })], function* (world) {
      const cookie = yield* signInAt(world, 'old');
      seen.push((yield* page(world, 'both', cookie)).cookies === undefined ? 'kept' : 'sealed anew');
    });
    expect(seen).toEqual(['kept']);
  });

  test('a re-signed session does not live longer for it', () => {
    const seen: string[] = [];
    run(
      [app('old', { secrets: ['old'] }), app('both', { secrets: ['new', 'old'], resignOnRead: true })],
      function* (world) {
        const cookie = yield* signInAt(world, 'old');
        yield* world.timers.sleepUntil(HOUR_MS - 10_000);
        const resigned = (yield* page(world, 'both', cookie)).cookies![SESSION_COOKIE]!;
        yield* world.timers.sleepUntil(HOUR_MS + 10_000);
        seen.push(word(yield* page(world, 'both', resigned)));
      },
    );
    expect(seen).toEqual(['/login?reason=expired']);
  });
});

describe('a rejection', () => {
  function rejections(destructiveRejection: boolean): readonly unknown[] {
    const seen: unknown[] = [];
    run([app('a', { secrets: ['other'] }), app('b', { destructiveRejection })], function* (world) {
      const cookie = yield* signInAt(world, 'a');
      seen.push((yield* page(world, 'b', cookie)).cookies);
      seen.push((yield* ask(world, 'b', { path: '/app/page' })).cookies);
      const own = yield* signInAt(world, 'b');
      yield* world.timers.sleepUntil(2 * HOUR_MS);
      seen.push((yield* page(world, 'b', own)).cookies);
    });
    return seen;
  }

  test('that destroys deletes the cookie which other instances would have accepted', () => {
    expect(rejections(true)).toEqual([{ [SESSION_COOKIE]: null }, undefined, { [SESSION_COOKIE]: null }]);
  });

  test('that does not destroy leaves the browser its cookie', () => {
    expect(rejections(false)).toEqual([undefined, undefined, undefined]);
  });
});

describe('a key that depends on the platform', () => {
  const bound = { platformValue: 'hardware' };
  const on = (name: string, hardware: string) => app(name, bound, { hardware });

  test('parts instances on different hardware, whose configured secret is the same', () => {
    const seen: string[] = [];
    run([on('a', 'one'), on('b', 'one'), on('c', 'two')], function* (world) {
      const cookie = yield* signInAt(world, 'a');
      for (const host of ['a', 'b', 'c']) seen.push(word(yield* page(world, host, cookie)));
      const other = yield* signInAt(world, 'c');
      for (const host of ['c', 'a']) seen.push(word(yield* page(world, host, other)));
    });
    const rejected = '/login?reason=foreign-seal';
    expect(seen).toEqual(['200', '200', rejected, '200', rejected]);
  });

  test('is derived when the process starts: a change of the platform matters from the next start on', () => {
    const seen: string[] = [];
    const view = run([on('a', 'one'), on('b', 'one')], function* (world) {
      const hosts = world.hosts!;
      const before = yield* signInAt(world, 'a');
      hosts.setPlatform('a', { hardware: 'two' });
      hosts.setPlatform('b', { hardware: 'two' });
      yield* world.timers.sleep(60_000);
      for (const host of ['a', 'b']) seen.push(word(yield* page(world, host, before)));
      yield* hosts.stop('b', 1_000);
      hosts.start('b');
      yield* world.timers.sleep(60_000);
      for (const host of ['a', 'b']) seen.push(word(yield* page(world, host, before)));
      yield* hosts.stop('a', 1_000);
      hosts.start('a');
      yield* world.timers.sleep(60_000);
      const after = yield* signInAt(world, 'a');
      for (const host of ['a', 'b']) seen.push(word(yield* page(world, host, after)));
    });
    expect(seen).toEqual(['200', '200', '200', '/login?reason=foreign-seal', '200', '200']);
    const derived = view.notes('session.key-derived').map(({ host, detail }) => `${host} ${String(detail['from'])}`);
    expect(derived).toEqual(['a one', 'b one', 'b two', 'a two']);
  });

  test('once taken away is a key that all hardware shares, and each cookie that it saves is counted', () => {
    const seen: string[] = [];
    const releasedFrom = { platformValue: 'hardware', actedAs: 'shared-cookie-key' };
    const free = (name: string, hardware: string) => app(name, { releasedFrom }, { hardware });
    const view = run([free('a', 'one'), free('b', 'one'), free('c', 'two')], function* (world) {
      const cookie = yield* signInAt(world, 'a');
      for (const host of ['a', 'b', 'c', 'c']) seen.push(word(yield* page(world, host, cookie)));
    });
    expect(seen).toEqual(['200', '200', '200', '200']);
    expect(view.total('mitigation.actions', { mitigation: 'shared-cookie-key' })).toBe(2);
  });
});

describe('what metrics tell of early revocations', () => {
  function* count(world: World): Process<number> {
    return ((yield* ask(world, 'b', { path: METRICS_PATH })).body as { earlyRevocationCount: number })
      .earlyRevocationCount;
  }

  test('counts cookies that no key opens, not what is expired or missing, and begins anew with the process', () => {
    const seen: number[] = [];
    run([app('a', { secrets: ['other'] }), app('b')], function* (world) {
      const foreign = yield* signInAt(world, 'a');
      const own = yield* signInAt(world, 'b');
      for (let time = 0; time < 3; time++) yield* page(world, 'b', foreign);
      yield* page(world, 'b', own);
      yield* ask(world, 'b', { path: '/app/page' });
      yield* world.timers.sleepUntil(2 * HOUR_MS);
      yield* page(world, 'b', own);
      seen.push(yield* count(world));
      world.hosts!.crash('b');
      world.hosts!.start('b');
      yield* world.timers.sleep(10);
      seen.push(yield* count(world));
    });
    expect(seen).toEqual([3, 0]);
  });

  test('does not count measuring requests', () => {
    const seen: number[] = [];
    run([app('a', { secrets: ['other'] }), app('b')], function* (world) {
      const foreign = yield* signInAt(world, 'a');
      yield* page(world, 'b', foreign, true);
      seen.push(yield* count(world));
    });
    expect(seen).toEqual([0]);
  });
});
