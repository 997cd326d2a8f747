import { describe, expect, test } from 'vitest';
import { cast, withRole, type HostSpec, type Process } from '../../simulator/contract/index.ts';
import { runScenario, type RunRecord } from '../../simulator/virtual/index.ts';
import { backend, defaultBackendOptions, verifierPreset, type BackendOptions } from '../backend/index.ts';
import { bindFault, refuse } from '../faults/index.ts';
import { defaultIdpOptions, idp } from '../idp/index.ts';
import { instantly } from '../idp/rehearsal.ts';
import { rehearsal, standIn } from '../rehearsal.ts';
import { router, routerPreset } from '../router/index.ts';
import { journeyProbe, type JourneyProbeOptions } from './index.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const ADDRESS = { host: 'idp', issuer: 'https://idp', audience: 'api' };

function* nothing(): Process<void> {}

const provider = cast({
  name: 'idp',
  pool: 'idp',
  role: idp,
  options: { ...defaultIdpOptions, serviceTimes: instantly },
});

/** Four instances; the last one starts while the keys cannot be had. Connections go to a random one. */
function tokenStage(): readonly HostSpec[] {
  const verifier = verifierPreset('boot-fetch-swallowed').profile;
  const options: BackendOptions = { ...defaultBackendOptions, idp: ADDRESS, verifier, serviceMeanMs: 0, bootMs: 1_000 };
  const instances = [1, 2, 3, 4].map((n) => {
    return cast({ name: `app-${n}`, pool: 'app', role: backend, options, startAtMs: n === 4 ? 2 * MINUTE_MS : 0 });
  });
  return [provider, ...instances, edge()];
}

function edge(): HostSpec {
  const options = { ...routerPreset('plain').options, pool: 'app', distribution: 'hash' as const };
  return cast({ name: 'edge', pool: 'edges', role: router, options });
}

const noKeys = bindFault(refuse(), {
  id: 'no-keys',
  target: 'idp',
  endpoints: ['/jwks'],
  fromMs: MINUTE_MS,
  untilMs: 3 * MINUTE_MS,
});

function probe(options: Partial<JourneyProbeOptions>): HostSpec {
  const whole: JourneyProbeOptions = {
    alert: 'journey',
    targets: { edges: ['edge'] },
    signIn: { kind: 'token', idp: 'idp' },
    path: '/api/data',
    passes: ['2xx'],
    periodMs: MINUTE_MS,
    timeoutMs: 5_000,
    failuresInRow: 3,
    operator: 'people',
    actedAs: 'probe',
    ...options,
  };
  return cast({ name: 'probe', pool: 'monitoring', role: journeyProbe, options: whole });
}

function run(hosts: readonly HostSpec[], seed: number, endMs = HOUR_MS): RunRecord {
  const people = standIn('people', 'people', { answer: () => ({ status: 202 }) });
  return runScenario(rehearsal([...hosts, people], nothing, { faults: [noKeys], endMs }), { seed });
}

/** Minutes from the ill instance's start to the page. */
function minutesToPage(record: RunRecord): number {
  const page = record.notes.find(({ kind, detail }) => kind === 'served' && detail['path'] === '/page');
  return page === undefined ? Infinity : (page.atMs - 2 * MINUTE_MS) / MINUTE_MS;
}

describe('a synthetic user, one of four instances ill', () => {
  test('around the balancer it pages after its three failures, whatever the seed', () => {
    for (const seed of [1, 2, 3]) {
      const minutes = minutesToPage(run([...tokenStage(), probe({ targets: { pools: ['app'] } })], seed));
      expect(minutes).toBeLessThan(4);
    }
  });

  test('through the balancer it takes more than an hour on average: 84 probes by the closed form', () => {
    const seeds = Array.from({ length: 40 }, (_, index) => index + 1);
    const minutes = seeds.map((seed) => minutesToPage(run([...tokenStage(), probe({})], seed, 14 * HOUR_MS)));
    expect(minutes.every((each) => each < Infinity)).toBe(true);
    const mean = minutes.reduce((sum, each) => sum + each, 0) / minutes.length;
    // T·(1 − f³)/(f³·(1 − f)) with f = 1/4; its spread is about its mean, so 84 ± 2 · 84/√40.
    expect(mean).toBeGreaterThan(57);
    expect(mean).toBeLessThan(111);
  });

  test('is silent while all is well', () => {
    const well = tokenStage().filter(({ name }) => name !== 'app-4');
    expect(minutesToPage(run([...well, probe({ targets: { pools: ['app'] } })], 1))).toBe(Infinity);
    expect(minutesToPage(run([...well, probe({})], 1))).toBe(Infinity);
  });

  test('renews its token: hours later it is as well as at first', () => {
    const well = tokenStage().filter(({ name }) => name !== 'app-4');
    const record = run([...well, probe({ targets: { pools: ['app'] } })], 1, 5 * HOUR_MS);
    expect(minutesToPage(record)).toBe(Infinity);
  });
});

describe('a synthetic user with a session cookie', () => {
  /** Of four, the last has another key. */
  function cookieStage(odd: boolean): readonly HostSpec[] {
    const session = {
      secrets: ['secret'] as const,
      destructiveRejection: true,
      resignOnRead: false,
      lifetimeMs: HOUR_MS,
    };
    const instances = [1, 2, 3, 4].map((n) => {
      const secrets = odd && n === 4 ? (['another'] as const) : session.secrets;
      const options: BackendOptions = {
        ...defaultBackendOptions,
        idp: ADDRESS,
        session: { ...session, secrets },
        bootMs: 1_000,
      };
      return cast({ name: `app-${n}`, pool: 'app', role: backend, options });
    });
    return [provider, ...instances, edge()];
  }
  const byCookie = { signIn: { kind: 'cookie' as const }, path: '/app/page' };

  test('shows the cookie of one instance to the others, and finds the odd one', () => {
    const around = probe({ ...byCookie, targets: { pools: ['app'] } });
    expect(minutesToPage(run([...cookieStage(true), around], 1))).toBeLessThan(4);
    expect(minutesToPage(run([...cookieStage(false), around], 1))).toBe(Infinity);
  });

  test('follows the login through to the second page: a login alone would not see it', () => {
    const record = run([...cookieStage(true), probe(byCookie)], 1, 24 * HOUR_MS);
    expect(minutesToPage(record)).toBeLessThan(24 * 60);
    expect(minutesToPage(run([...cookieStage(false), probe(byCookie)], 1, 24 * HOUR_MS))).toBe(Infinity);
  });

  test('takes a new connection for each request: over one that stays with an instance it would see nothing', () => {
    const sticky = withRole(rehearsal(cookieStage(true), nothing, { endMs: 24 * HOUR_MS }), router, (options) => ({
      ...options,
      stickiness: 'connection' as const,
    }));
    const hosts = sticky.cast.filter(({ name }) => name !== 'caller');
    expect(minutesToPage(run([...hosts, probe(byCookie)], 1, 24 * HOUR_MS))).toBeLessThan(24 * 60);
  });
});
