import { describe, expect, test } from 'vitest';
import type { Capacity, Process, Reply, World } from '../../simulator/contract/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { makeBrowser, refresh, signIn } from './client.ts';
import { defaultIdpOptions, type IdpOptions, type ServiceTime } from './options.ts';
import { rehearsal } from './rehearsal.ts';

const HOUR_MS = 3_600_000;

function busyFor(meanMs: number, shape: ServiceTime['shape'] = 'fixed'): IdpOptions['serviceTimes'] {
  return { ...defaultIdpOptions.serviceTimes, jwks: { meanMs, shape } };
}

interface Answer {
  readonly reply: Reply;
  readonly atMs: number;
}

function* fetchKeys(world: World, key: number, timeoutMs: number): Process<Answer> {
  const request = { method: 'GET', path: '/jwks', source: `u${key}`, key } as const;
  const reply = yield* world.network.call('idp', request, { timeoutMs });
  return { reply, atMs: world.clock.nowMs() };
}

describe('past its capacity', () => {
  /** One request fills the only worker for 100 s; 10 ms later a second one comes. */
  function secondCaller(overflow: Capacity['overflow'], queueLimit: number, timeoutMs: number): Answer {
    const answers: Answer[] = [];
    function* script(world: World) {
      world.tasks.spawn(fetchKeys(world, 1, Infinity));
      yield* world.timers.sleep(10);
      answers.push(yield* fetchKeys(world, 2, timeoutMs));
    }
    const options = { capacity: { concurrency: 1, queueLimit, overflow }, serviceTimes: busyFor(100_000) };
    runScenario(rehearsal(script, options), { seed: 1 });
    return answers[0]!;
  }

  test('a dropped caller hangs until its own patience ends', () => {
    const { reply, atMs } = secondCaller('drop', 0, 30_000);
    expect(reply).toMatchObject({ status: 0, failure: 'timeout' });
    expect(atMs).toBe(30_010);
  });

  test('a dropped caller with patience gets in when TCP tries again after the worker is free', () => {
    const { reply, atMs } = secondCaller('drop', 0, Infinity);
    expect(reply.status).toBe(200);
    // Attempts at 0, 1, 3, 7, 15, 31, 63, 127 s after the first: the worker is free at 100 s.
    expect(atMs).toBeGreaterThan(127_000 + 100_000);
    expect(atMs).toBeLessThan(127_000 + 100_000 + 100);
  });

  test('a refused caller knows at once', () => {
    const { reply, atMs } = secondCaller('refuse', 0, 30_000);
    expect(reply).toMatchObject({ status: 0, failure: 'refused' });
    expect(atMs).toBe(12);
  });

  test('a queued caller is served when the worker is free', () => {
    const { reply, atMs } = secondCaller('drop', 1, Infinity);
    expect(reply.status).toBe(200);
    expect(atMs).toBe(1 + 200_000 + 1);
  });
});

test.each(['fixed', 'exponential', 'erlang2'] as const)(
  '%s service times keep their mean and their spread',
  (shape) => {
    const durations: number[] = [];
    const count = 4000;
    function* script(world: World) {
      for (let key = 0; key < count; key++) {
        const startMs = world.clock.nowMs();
        const { atMs } = yield* fetchKeys(world, key, Infinity);
        durations.push(atMs - startMs - 2);
      }
    }
    const record = runScenario(rehearsal(script, { serviceTimes: busyFor(20, shape) }), { seed: 3 });
    const mean = durations.reduce((sum, ms) => sum + ms, 0) / count;
    const variance = durations.reduce((sum, ms) => sum + (ms - mean) * (ms - mean), 0) / (count - 1);
    const ratio = { fixed: 0, exponential: 1, erlang2: 0.5 }[shape];
    // 4 standard errors of the mean; at this count the variance is known to some 10 %.
    expect(Math.abs(mean - 20)).toBeLessThanOrEqual(4 * 20 * Math.sqrt(ratio / count) + 0.001);
    expect(Math.abs(variance / 400 - ratio)).toBeLessThanOrEqual(0.15);
    const latency = record.series.find(({ name, labels }) => name === 'idp.latency' && labels['endpoint'] === 'jwks')!;
    expect(latency.total).toBe(count);
    expect(latency.sumMs / count).toBeCloseTo(mean, 6);
  },
);

test('the same request takes the same time whatever else is asked', () => {
  const latencies = [false, true].map((hasOthers) => {
    const seen: number[] = [];
    function* script(world: World) {
      if (hasOthers) for (let key = 100; key < 200; key++) world.tasks.spawn(fetchKeys(world, key, Infinity));
      const { atMs } = yield* fetchKeys(world, 7, Infinity);
      seen.push(atMs);
    }
    const capacity: Capacity = { concurrency: 1000, queueLimit: 0, overflow: 'drop' };
    runScenario(rehearsal(script, { capacity, serviceTimes: busyFor(20, 'exponential') }), { seed: 1 });
    return seen[0];
  });
  expect(latencies[0]).toBe(latencies[1]);
});

describe('a restart', () => {
  function afterRestart(options: Partial<IdpOptions>): boolean[] {
    const outcomes: boolean[] = [];
    function* script(world: World) {
      const browser = makeBrowser({ user: 'u1', clientId: 'app', idp: 'idp' });
      yield* signIn(world, browser, { key: 1 });
      world.hosts!.crash('idp');
      world.hosts!.start('idp');
      yield* world.timers.sleep(10);
      outcomes.push((yield* refresh(world, browser, { key: 2 })).ok);
      outcomes.push((yield* signIn(world, browser, { key: 3, silent: true })).ok);
      // New names must not collide with those of before the restart.
      outcomes.push((yield* signIn(world, browser, { key: 4 })).ok);
      outcomes.push((yield* refresh(world, browser, { key: 5 })).ok);
    }
    runScenario(rehearsal(script, options), { seed: 1 });
    return outcomes;
  }

  test('of a durable IdP loses neither sessions nor refresh families', () => {
    expect(afterRestart({ durable: true })).toEqual([true, true, true, true]);
  });

  test('of one without a store loses both, and users can sign in anew', () => {
    expect(afterRestart({ durable: false })).toEqual([false, false, true, true]);
  });

  test('hands out no name a second time: whoever signs in after it takes nobody else’s place', () => {
    const subjects: unknown[] = [];
    function* script(world: World) {
      const [one, other] = ['u1', 'u2'].map((user) => makeBrowser({ user, clientId: 'app', idp: 'idp' }));
      yield* signIn(world, one!, { key: 1 });
      world.hosts!.crash('idp');
      world.hosts!.start('idp');
      yield* world.timers.sleep(10);
      yield* signIn(world, other!, { key: 2 });
      for (const browser of [one!, other!]) {
        yield* refresh(world, browser, { key: 3 });
        yield* signIn(world, browser, { key: 4, silent: true });
        subjects.push(browser.tokens!.accessToken.claims['sub']);
      }
    }
    runScenario(rehearsal(script), { seed: 1 });
    expect(subjects).toEqual(['u1', 'u2']);
  });

  test.each([true, false])('does not bring back a token of before the scenario (durable: %s)', (durable) => {
    const statuses: number[] = [];
    const body = { grant_type: 'refresh_token', refresh_token: 'refresh/old', client_id: 'app' };
    function* script(world: World) {
      for (let turn = 0; turn < 2; turn++) {
        const request = { method: 'POST', path: '/token', body, source: 'u1', key: turn } as const;
        statuses.push((yield* world.network.call('idp', request)).status);
        world.hosts!.crash('idp');
        world.hosts!.start('idp');
        yield* world.timers.sleep(10);
      }
    }
    const grant = { refreshToken: 'refresh/old', username: 'u1', clientId: 'app', scope: 'openid' };
    runScenario(rehearsal(script, { durable, preissued: [{ ...grant, expiresAtMs: HOUR_MS }] }), { seed: 1 });
    expect(statuses).toEqual([200, 400]);
  });

  test('after a re-imaging even a durable IdP has lost its state', () => {
    const outcomes: boolean[] = [];
    function* script(world: World) {
      const browser = makeBrowser({ user: 'u1', clientId: 'app', idp: 'idp' });
      yield* signIn(world, browser, { key: 1 });
      world.hosts!.crash('idp');
      world.hosts!.reimage('idp');
      world.hosts!.start('idp');
      yield* world.timers.sleep(10);
      outcomes.push((yield* refresh(world, browser, { key: 2 })).ok);
      outcomes.push((yield* refresh(world, browser, { key: 3 })).ok);
    }
    runScenario(rehearsal(script, { durable: true }), { seed: 1 });
    expect(outcomes).toEqual([false, false]);
  });
});

test('the IdP judges by its own clock: one that runs ahead ends lifetimes early', () => {
  const outcomes: boolean[] = [];
  function* script(world: World) {
    const browser = makeBrowser({ user: 'u1', clientId: 'app', idp: 'idp' });
    const preissued = { accessToken: { header: { alg: 'ES256' }, claims: {}, signature: '' }, expiresAtMs: 0 };
    browser.tokens = { ...preissued, refreshToken: 'refresh/old' };
    outcomes.push((yield* refresh(world, browser, { key: 1 })).ok);
  }
  const grant = { refreshToken: 'refresh/old', username: 'u1', clientId: 'app', scope: 'openid', expiresAtMs: 60_000 };
  for (const clockErrorMs of [0, 120_000]) {
    const scenario = rehearsal(script, { preissued: [grant] });
    const cast = scenario.cast.map((host) => (host.name === 'idp' ? { ...host, clockErrorMs } : host));
    runScenario({ ...scenario, cast }, { seed: 1 });
  }
  expect(outcomes).toEqual([true, false]);
});

test('the same seed gives the same trace, another seed another', () => {
  function* user(world: World, index: number): Process<void> {
    const browser = makeBrowser({ user: `u${index}`, clientId: 'app', idp: 'idp' });
    for (let turn = 0; turn < 10; turn++) {
      const call = { key: index * 100 + turn, timeoutMs: 3000 };
      if (!(yield* refresh(world, browser, call)).ok) yield* signIn(world, browser, call);
      yield* world.timers.sleep(10_000);
    }
  }
  function* crowd(world: World): Process<void> {
    for (let index = 0; index < 50; index++) world.tasks.spawn(user(world, index));
    yield* world.timers.sleep(HOUR_MS);
  }
  const { serviceTimes } = defaultIdpOptions;
  const hash = (seed: number) => runScenario(rehearsal(crowd, { serviceTimes }), { seed }).traceHash;
  expect(hash(1)).toBe(hash(1));
  expect(hash(1)).not.toBe(hash(2));
});
