import { describe, expect, test } from 'vitest';
import { cast, type HostSpec, type Process, type Token, type World } from '../../simulator/contract/index.ts';
import { runScenario, type RunRecord } from '../../simulator/virtual/index.ts';
import { bindFault, refuse } from '../faults/index.ts';
import { defaultIdpOptions, idp, makeBrowser, signIn } from '../idp/index.ts';
import { instantly } from '../idp/rehearsal.ts';
import { orchestrator } from '../operator/index.ts';
import { ask, rehearsal } from '../rehearsal.ts';
import {
  backend,
  BEARER_REQUESTS,
  defaultBackendOptions,
  KEYLESS_STARTS,
  METRICS_PATH,
  UNAUTHORIZED,
  VALID_REFUSED,
  verifierPreset,
  type BackendOptions,
} from './index.ts';

const MINUTE_MS = 60_000;
const swallowing = verifierPreset('boot-fetch-swallowed').profile;
const lazy = verifierPreset('jose').profile;

function app(options: Partial<BackendOptions>): HostSpec {
  const whole: BackendOptions = {
    ...defaultBackendOptions,
    idp: { host: 'idp', issuer: 'https://idp', audience: 'api' },
    bootMs: 10_000,
    serviceMeanMs: 0,
    ...options,
  };
  return cast({ name: 'app', pool: 'app', role: backend, options: whole });
}

type Script = (world: World, token: Token) => Process<void>;

/** Nothing of these paths can be had from the provider until `outageMs`; the script begins with a token of before. */
function run(
  options: Partial<BackendOptions>,
  outageMs: number,
  script: Script,
  endpoints = ['/jwks', '/.well-known'],
): RunRecord {
  const idpOptions = { ...defaultIdpOptions, serviceTimes: instantly, accessTokenLifetimeMs: 30 * MINUTE_MS };
  const binding = { id: 'away', target: 'idp', endpoints, fromMs: 1_000, untilMs: Math.max(outageMs, 1_001) };
  const platform = { events: [], supervised: ['app'] };
  const hosts = [
    cast({ name: 'idp', pool: 'idp', role: idp, options: idpOptions }),
    app(options),
    cast({ name: 'platform', pool: 'platform', role: orchestrator, options: platform }),
  ];
  function* signedIn(world: World) {
    const result = yield* signIn(world, makeBrowser({ user: 'ann', clientId: 'web', idp: 'idp' }), { key: 1 });
    if (result.ok) yield* script(world, result.tokens.accessToken);
  }
  const faults = [bindFault(refuse(), binding)];
  return runScenario(rehearsal(hosts, signedIn, { faults, endMs: 60 * MINUTE_MS }), { seed: 1 });
}

function statusAt(options: Partial<BackendOptions>, outageMs: number, path: string, minutes: readonly number[]) {
  const seen: number[] = [];
  run(options, outageMs, function* (world) {
    for (const minute of minutes) {
      yield* world.timers.sleepUntil(minute * MINUTE_MS);
      seen.push((yield* ask(world, 'app', { path, key: minute })).status);
    }
  });
  return seen;
}

describe('readiness behind keys', () => {
  test('of an instance that fetches on demand: being asked is a demand, so that it does not wait for traffic in vain', () => {
    const gated = { verifier: lazy, readiness: 'when-keys' as const };
    expect(statusAt(gated, 0, '/readyz', [1, 1.1])).toEqual([503, 200]);
    expect(statusAt(gated, 5 * MINUTE_MS, '/readyz', [1, 2, 4, 6, 6.1])).toEqual([503, 503, 503, 503, 200]);
  });

  test('acts with each check that fails for want of keys', () => {
    const gated = { verifier: swallowing, readiness: 'when-keys' as const, readinessActedAs: 'gate' };
    const record = run(gated, MINUTE_MS, function* (world) {
      yield* world.timers.sleepUntil(MINUTE_MS);
      for (let n = 0; n < 3; n++) yield* ask(world, 'app', { path: '/readyz' });
    });
    expect(record.series.find(({ name }) => name === 'mitigation.actions')?.total).toBe(3);
  });
});

describe('liveness', () => {
  test('is about the process: alive without keys and without a provider', () => {
    expect(statusAt({ verifier: swallowing }, 5 * MINUTE_MS, '/livez', [1, 6])).toEqual([200, 200]);
  });

  test('that asks the provider fails with it', () => {
    const trapped = { verifier: swallowing, liveness: 'identity-provider' as const };
    expect(statusAt(trapped, 5 * MINUTE_MS, '/livez', [1, 6])).toEqual([503, 200]);
  });
});

describe('a self-test', () => {
  const selfTest = { idp: 'idp', timeoutMs: 1_000, actedAs: 'self-test' };
  const firstListening = (record: RunRecord) => record.notes.find(({ kind }) => kind === 'backend.listening')!.atMs;
  function* nothing(): Process<void> {}

  test('keeps the door shut until a real token is judged right', () => {
    const record = run({ verifier: swallowing, selfTest }, 2 * MINUTE_MS, nothing);
    expect(firstListening(record)).toBeGreaterThan(2 * MINUTE_MS);
    const reasons = record.notes
      .filter(({ kind }) => kind === 'mitigation.acted')
      .map(({ detail }) => detail['reason']);
    expect(new Set(reasons)).toEqual(new Set(['keys-unavailable']));
  });

  test('fails where no token can be had, though the keys are there', () => {
    const record = run({ verifier: swallowing, selfTest }, 2 * MINUTE_MS, nothing, ['/token']);
    expect(record.notes.find(({ kind }) => kind === 'keys.loaded')!.atMs).toBeLessThan(MINUTE_MS);
    expect(firstListening(record)).toBeGreaterThan(2 * MINUTE_MS);
    expect(record.notes.find(({ kind }) => kind === 'mitigation.acted')!.detail['reason']).toBe('no token');
  });

  test('passes at once on a good day', () => {
    const record = run({ verifier: swallowing, selfTest }, 0, nothing);
    expect(firstListening(record)).toBeLessThan(11_000);
    expect(record.notes.some(({ kind }) => kind === 'mitigation.acted')).toBe(false);
  });
});

describe('what monitoring can read', () => {
  function numbers(options: Partial<BackendOptions>, outageMs: number): Readonly<Record<string, number>> {
    let body: unknown;
    run(options, outageMs, function* (world, token) {
      const visit = (minute: number, rest: object) =>
        ask(world, 'app', { path: '/api/data', bearer: token, key: minute, ...rest });
      yield* world.timers.sleepUntil(MINUTE_MS);
      yield* visit(1, {});
      yield* visit(2, {});
      yield* visit(3, { weightless: true });
      yield* visit(4, { bearer: { ...token, signature: 'forged' } });
      yield* visit(5, { bearer: undefined });
      yield* world.timers.sleepUntil(40 * MINUTE_MS);
      yield* visit(6, {});
      ({ body } = yield* ask(world, 'app', { path: METRICS_PATH }));
    });
    return body as Readonly<Record<string, number>>;
  }

  test('well: a forged and an expired token are refused, neither of them wrongly', () => {
    expect(numbers({ verifier: swallowing }, 0)).toMatchObject({
      [BEARER_REQUESTS]: 4,
      [UNAUTHORIZED]: 2,
      [VALID_REFUSED]: 0,
      [KEYLESS_STARTS]: 0,
    });
  });

  test('without keys: every token is refused for want of keys; measuring requests are not counted', () => {
    expect(numbers({ verifier: swallowing }, 5 * MINUTE_MS)).toMatchObject({
      [BEARER_REQUESTS]: 4,
      [UNAUTHORIZED]: 4,
      [VALID_REFUSED]: 4,
      [KEYLESS_STARTS]: 1,
    });
  });

  test('503 in place of 401 is still a valid token refused, and an instance that fetches on demand has not started without', () => {
    const honest = { verifier: { ...swallowing, statusOnKeysUnavailable: 503 as const } };
    expect(numbers(honest, 5 * MINUTE_MS)).toMatchObject({ [UNAUTHORIZED]: 0, [VALID_REFUSED]: 4 });
    expect(numbers({ verifier: lazy }, 5 * MINUTE_MS)[KEYLESS_STARTS]).toBe(0);
  });
});
