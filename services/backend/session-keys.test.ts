import { describe, expect, test } from 'vitest';
import { cast, type HostSpec, type Process, type SealedCookie, type World } from '../../simulator/contract/index.ts';
import { RecordView } from '../../simulator/experiment/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { ask, rehearsal } from '../rehearsal.ts';
import { backend, defaultBackendOptions, SESSION_COOKIE, type SessionOptions } from './index.ts';

const MINUTE_MS = 60_000;
const PLAIN: SessionOptions = {
  secrets: ['configured'],
  destructiveRejection: false,
  resignOnRead: false,
  lifetimeMs: 600 * MINUTE_MS,
};

function app(name: string, session: Partial<SessionOptions>, hardware = 'one'): HostSpec {
  const idp = { host: 'none', issuer: 'none', audience: 'none' };
  const options = { ...defaultBackendOptions, idp, bootMs: 0, serviceMeanMs: 0, session: { ...PLAIN, ...session } };
  return cast({ name, pool: 'app', role: backend, options, platform: { hardware } });
}

function run(hosts: readonly HostSpec[], script: (world: World) => Process<void>): RecordView {
  return new RecordView(runScenario(rehearsal(hosts, script), { seed: 1 }));
}

function* signInAt(world: World, host: string): Process<SealedCookie> {
  const login = yield* ask(world, host, { method: 'POST', path: '/login', body: { user: 'ann' } });
  return login.cookies![SESSION_COOKIE]!;
}

function* statusAt(world: World, host: string, cookie: SealedCookie): Process<number> {
  return (yield* ask(world, host, { path: '/app/page', cookies: { [SESSION_COOKIE]: cookie } })).status;
}

function* restarted(world: World, host: string): Process<void> {
  world.hosts!.crash(host);
  world.hosts!.start(host);
  yield* world.timers.sleep(10);
}

/** Old alone; from 10 min both, sealing with the old; from 20 min both, sealing with the new; from 30 min the new alone. */
const rotation: NonNullable<SessionOptions['rotation']> = {
  secret: 'coming',
  actedAs: 'ring',
  phases: [
    { fromMs: 10 * MINUTE_MS, ring: ['old', 'new'] },
    { fromMs: 20 * MINUTE_MS, ring: ['new', 'old'] },
    { fromMs: 30 * MINUTE_MS, ring: ['new'] },
  ],
};

describe('a rotation', () => {
  test('is what a process reads when it starts: a running one keeps its ring', () => {
    const seen: number[][] = [];
    run([app('a', { rotation }), app('b', { rotation })], function* (world) {
      for (const atMs of [1, 11, 21, 31].map((minute) => minute * MINUTE_MS)) {
        yield* world.timers.sleepUntil(atMs);
        yield* restarted(world, 'a');
        const fromA = yield* signInAt(world, 'a');
        const fromB = yield* signInAt(world, 'b');
        seen.push([yield* statusAt(world, 'b', fromA), yield* statusAt(world, 'a', fromB)]);
      }
    });
    // b knows the old key alone, all the time.
    expect(seen).toEqual([
      [200, 200],
      [200, 200],
      [302, 200],
      [302, 302],
    ]);
  });

  test('in two phases is never felt between neighbours, in one phase it is', () => {
    const neighbours = (...pair: readonly [readonly ('old' | 'new')[], readonly ('old' | 'new')[]]): number[] => {
      const seen: number[] = [];
      const hosts = pair.map((ring, index) => {
        return app(`i${index}`, { rotation: { ...rotation, phases: [{ fromMs: 0, ring }] } });
      });
      run(hosts, function* (world) {
        seen.push(yield* statusAt(world, 'i1', yield* signInAt(world, 'i0')));
        seen.push(yield* statusAt(world, 'i0', yield* signInAt(world, 'i1')));
      });
      return seen;
    };
    expect(neighbours(['old'], ['old', 'new'])).toEqual([200, 200]);
    expect(neighbours(['old', 'new'], ['new', 'old'])).toEqual([200, 200]);
    expect(neighbours(['new', 'old'], ['new'])).toEqual([200, 200]);
    expect(neighbours(['old'], ['new', 'old'])).toEqual([200, 302]);
  });

  test('counts what it lets in: a cookie of the other key, a cookie from other hardware, and nothing else', () => {
    const bound = {
      platformValue: 'hardware',
      rotation: { ...rotation, phases: [{ fromMs: 0, ring: ['new'] as const }] },
    };
    const counts: number[] = [];
    for (const hardware of ['one', 'two']) {
      const view = run([app('a', bound), app('b', bound, hardware)], function* (world) {
        const cookie = yield* signInAt(world, 'a');
        for (const host of ['a', 'b', 'b']) yield* statusAt(world, host, cookie);
      });
      counts.push(view.total('mitigation.actions', { mitigation: 'ring' }));
      expect(view.notes('session.key-derived')).toEqual([]);
    }
    expect(counts).toEqual([0, 2]);
    const both = { rotation: { ...rotation, phases: [{ fromMs: MINUTE_MS, ring: ['new', 'old'] as const }] } };
    const view = run([app('a', both)], function* (world) {
      const old = yield* signInAt(world, 'a');
      yield* statusAt(world, 'a', old);
      yield* world.timers.sleepUntil(2 * MINUTE_MS);
      yield* restarted(world, 'a');
      yield* statusAt(world, 'a', old);
      yield* statusAt(world, 'a', yield* signInAt(world, 'a'));
    });
    expect(view.total('mitigation.actions', { mitigation: 'ring' })).toBe(1);
  });
});

describe('a key that is sealed with', () => {
  test('is the first of the ring, or the last where that is the mistake', () => {
    const sealWith = (sealsWith: 'first' | 'last'): string => {
      let seal = '';
      run([app('a', { secrets: ['new', 'old'], sealsWith })], function* (world) {
        seal = (yield* signInAt(world, 'a')).seal;
      });
      return seal;
    };
    expect([sealWith('first'), sealWith('last')]).toEqual(['new', 'old']);
  });
});
