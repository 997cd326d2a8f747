import { describe, expect, test } from 'vitest';
import {
  cast,
  type HostSpec,
  type Process,
  type Reply,
  type Token,
  type World,
} from '../../simulator/contract/index.ts';
import { runScenario, type RunRecord } from '../../simulator/virtual/index.ts';
import { bindFault, refuse } from '../faults/index.ts';
import { defaultIdpOptions, idp, makeBrowser, signIn } from '../idp/index.ts';
import { instantly } from '../idp/rehearsal.ts';
import { orchestrator } from '../operator/index.ts';
import { ask, rehearsal } from '../rehearsal.ts';
import { defaultRouterOptions, router } from '../router/index.ts';
import { backend, defaultBackendOptions, verifierPreset, type BackendOptions, type VerifierProfile } from './index.ts';

const BOOT_MS = 20_000;
const swallowing = verifierPreset('boot-fetch-swallowed').profile;

function instance(name: string, profile: VerifierProfile, rest: Partial<BackendOptions> = {}): HostSpec {
  const options: BackendOptions = {
    ...defaultBackendOptions,
    idp: { host: 'idp', issuer: 'https://idp', audience: 'api' },
    verifier: profile,
    bootMs: BOOT_MS,
    ...rest,
  };
  return cast({ name, pool: 'app', role: backend, options });
}

/** Sign-in works all the time; the keys cannot be had from the beginning until `outageMs`. */
function run(
  hosts: readonly HostSpec[],
  outageMs: number,
  script: (world: World, token: Token) => Process<void>,
): RunRecord {
  const options = { ...defaultIdpOptions, serviceTimes: instantly, accessTokenLifetimeMs: 86_400_000 };
  const faults = [
    bindFault(refuse(), {
      id: 'no-keys',
      target: 'idp',
      endpoints: ['/jwks', '/.well-known/openid-configuration'],
      fromMs: 0,
      untilMs: outageMs,
    }),
  ];
  function* signedIn(world: World) {
    const result = yield* signIn(world, makeBrowser({ user: 'ann', clientId: 'web', idp: 'idp' }), { key: 1 });
    if (result.ok) yield* script(world, result.tokens.accessToken);
  }
  const provider = cast({ name: 'idp', pool: 'idp', role: idp, options });
  return runScenario(rehearsal([provider, ...hosts], signedIn, { faults, endMs: 7_200_000 }), { seed: 1 });
}

function* api(world: World, host: string, token: Token, key: number) {
  return yield* ask(world, host, { path: '/api/data', bearer: token, key });
}

const wordOf = ({ status, failure }: Reply): string | number => failure ?? status;

/** What a valid token gets from `app-1` at these moments, in seconds. */
function answersAt(
  profile: VerifierProfile,
  outageMs: number,
  momentsS: readonly number[],
  rest: Partial<BackendOptions> = {},
) {
  const seen: (string | number)[] = [];
  const record = run([instance('app-1', profile, rest)], outageMs, function* (world, token) {
    for (const [key, atS] of momentsS.entries()) {
      yield* world.timers.sleepUntil(atS * 1000);
      seen.push(wordOf(yield* api(world, 'app-1', token, key)));
    }
  });
  return { seen, record };
}

describe('an instance that boots while the keys cannot be had', () => {
  test('refuses connections until its boot is over', () => {
    expect(answersAt(swallowing, 1, [0.1, 19.9, 20.1]).seen).toEqual(['refused', 'refused', 200]);
  });

  test('swallowing the error: opens its door without keys and answers 401 to a valid token long after the outage', () => {
    const { seen, record } = answersAt(swallowing, 60_000, [30, 120, 3_600, 7_000]);
    expect(seen).toEqual([401, 401, 401, 401]);
    const listening = record.notes.filter(({ kind }) => kind === 'backend.listening');
    expect(listening.map(({ detail }) => detail)).toEqual([{ holdsKeys: false }]);
  });

  test('swallowing the error: a restart after the outage heals it, one inside the outage does not', () => {
    const seen: (string | number)[] = [];
    run([instance('app-1', swallowing)], 600_000, function* (world, token) {
      for (const [key, atS] of [100, 700].entries()) {
        yield* world.timers.sleepUntil(atS * 1000);
        yield* world.hosts!.stop('app-1', 1_000);
        world.hosts!.start('app-1');
        yield* world.timers.sleep(30_000);
        seen.push(wordOf(yield* api(world, 'app-1', token, key)));
      }
    });
    expect(seen).toEqual([401, 200]);
  });

  test.each([401, 500, 503] as const)('answers %i when that is its status for missing keys', (status) => {
    expect(answersAt({ ...swallowing, statusOnKeysUnavailable: status }, 60_000, [30]).seen).toEqual([status]);
  });

  test('fetching lazily: its door opens at once, and it heals with the first request after the outage', () => {
    const { seen, record } = answersAt(verifierPreset('jose').profile, 60_000, [30, 59, 61]);
    expect(seen).toEqual([401, 401, 200]);
    expect(record.notes.find(({ kind }) => kind === 'backend.listening')?.detail).toEqual({ holdsKeys: false });
  });

  test('crashing: the process ends, and the platform starts it again, later each time', () => {
    const crashing = { ...swallowing, startup: { mode: 'eager-crash' as const } };
    const platform = cast({
      name: 'platform',
      pool: 'p',
      role: orchestrator,
      options: { events: [], supervised: ['app'] },
    });
    const seen: (string | number)[] = [];
    const record = run([instance('app-1', crashing), platform], 1_500_000, function* (world, token) {
      for (const [key, atS] of [30, 1_499, 2_000].entries()) {
        yield* world.timers.sleepUntil(atS * 1000);
        seen.push(wordOf(yield* api(world, 'app-1', token, key)));
      }
    });
    expect(seen).toEqual(['refused', 'refused', 200]);
    const restarts = record.notes.filter(({ kind }) => kind === 'orchestrator.restarted-crashed');
    expect(restarts.map(({ detail }) => Number(detail['delayMs']) / 1000)).toEqual([
      10, 20, 40, 80, 160, 300, 300, 300, 300,
    ]);
    expect(record.notes.filter(({ kind }) => kind === 'host.exited')).toHaveLength(9);
    // Well from 1,500 s on, yet down for the rest of its last pause.
    const opened = record.notes.filter(({ kind }) => kind === 'backend.listening').map(({ atMs }) => atMs);
    expect(opened).toHaveLength(1);
    expect(opened[0]).toBeGreaterThan(1_500_000);
    expect(opened[0]).toBeLessThan(1_500_000 + 300_000 + 1_000 + BOOT_MS + 100);
  });
});

describe('readiness', () => {
  const retrying: VerifierProfile = {
    ...swallowing,
    startup: { mode: 'eager-background-retry', retry: { kind: 'fixed', everyMs: 5_000 } },
  };

  function readyAt(readiness: BackendOptions['readiness']): readonly (readonly [number, number])[] {
    const seen: (readonly [number, number])[] = [];
    run([instance('app-1', retrying, { readiness })], 60_000, function* (world) {
      for (const atS of [21, 59, 70]) {
        yield* world.timers.sleepUntil(atS * 1000);
        const ready = yield* ask(world, 'app-1', { path: '/readyz' });
        const alive = yield* ask(world, 'app-1', { path: '/healthz' });
        seen.push([ready.status, alive.status]);
      }
    });
    return seen;
  }

  test('when-keys says 503 until keys are held, while liveness stays well', () => {
    expect(readyAt('when-keys')).toEqual([
      [503, 200],
      [503, 200],
      [200, 200],
    ]);
  });

  test('always says 200 from the moment the door is open', () => {
    expect(readyAt('always').map(([ready]) => ready)).toEqual([200, 200, 200]);
  });

  test('when-keys keeps traffic away from the instance without keys', () => {
    const statuses = (readiness: BackendOptions['readiness']): readonly number[] => {
      const seen: number[] = [];
      const edge = cast({
        name: 'edge',
        pool: 'edges',
        role: router,
        options: { ...defaultRouterOptions, pool: 'app' },
      });
      const lazy = instance('app-2', verifierPreset('jose').profile, { readiness: 'always' });
      run([instance('app-1', swallowing, { readiness }), lazy, edge], 60_000, function* (world, token) {
        yield* world.timers.sleepUntil(120_000);
        for (let key = 0; key < 10; key++) seen.push((yield* api(world, 'edge', token, key)).status);
      });
      return seen;
    };
    expect(statuses('when-keys')).toEqual(Array(10).fill(200));
    expect(statuses('always').filter((status) => status === 401)).toHaveLength(5);
  });
});
