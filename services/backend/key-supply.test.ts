import { describe, expect, test } from 'vitest';
import {
  cast,
  type FaultSpec,
  type HostSpec,
  type Process,
  type Token,
  type World,
} from '../../simulator/contract/index.ts';
import { runScenario, type RunRecord } from '../../simulator/virtual/index.ts';
import { bindFault, emptyKeys, refuse } from '../faults/index.ts';
import { defaultIdpOptions, idp, makeBrowser, signIn } from '../idp/index.ts';
import { instantly } from '../idp/rehearsal.ts';
import { ask, rehearsal } from '../rehearsal.ts';
import {
  backend,
  defaultBackendOptions,
  keyDepot,
  verifierPreset,
  type BackendOptions,
  type KeyDepotOptions,
  type VerifierProfile,
} from './index.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const swallowing = verifierPreset('boot-fetch-swallowed').profile;

interface Stage {
  readonly profile?: VerifierProfile;
  readonly keysFrom?: string;
  readonly more?: readonly HostSpec[];
  readonly faults?: readonly FaultSpec[];
}

const provider = cast({
  name: 'idp',
  pool: 'idp',
  role: idp,
  options: { ...defaultIdpOptions, serviceTimes: instantly, accessTokenLifetimeMs: 100 * HOUR_MS },
});

function away(fromMinute: number, untilMinute: number, callers?: readonly string[]): FaultSpec {
  const binding = { id: `away-${fromMinute}`, target: 'idp', endpoints: ['/jwks'] };
  const times = { fromMs: fromMinute * MINUTE_MS, untilMs: untilMinute * MINUTE_MS };
  return bindFault(refuse(), { ...binding, ...times, ...(callers === undefined ? {} : { callers }) });
}

/** @param script begins with a token, at the start */
function run(stage: Stage, script: (world: World, token: Token) => Process<void>): RunRecord {
  const address = { host: 'idp', issuer: 'https://idp', audience: 'api' };
  const options: BackendOptions = {
    ...defaultBackendOptions,
    bootMs: 1_000,
    serviceMeanMs: 0,
    idp: stage.keysFrom === undefined ? address : { ...address, keysFrom: stage.keysFrom },
    verifier: stage.profile ?? swallowing,
  };
  const app = cast({ name: 'app', pool: 'app', role: backend, options });
  function* signedIn(world: World) {
    const result = yield* signIn(world, makeBrowser({ user: 'ann', clientId: 'web', idp: 'idp' }), { key: 1 });
    if (result.ok) yield* script(world, result.tokens.accessToken);
  }
  const hosts = [provider, app, ...(stage.more ?? [])];
  return runScenario(rehearsal(hosts, signedIn, { faults: stage.faults ?? [], endMs: 60 * HOUR_MS }), { seed: 1 });
}

/** The app's answer at each of these minutes; before some of them it is crashed and started. */
function answers(stage: Stage, minutes: readonly number[], restartAt: readonly number[] = []): readonly number[] {
  const seen: number[] = [];
  run(stage, function* (world, token) {
    for (const minute of minutes) {
      yield* world.timers.sleepUntil(minute * MINUTE_MS);
      if (restartAt.includes(minute)) {
        world.hosts!.crash('app');
        world.hosts!.start('app');
        yield* world.timers.sleep(10_000);
      }
      seen.push((yield* ask(world, 'app', { path: '/api/data', bearer: token, key: minute })).status);
    }
  });
  return seen;
}

describe('keys on the disk', () => {
  const remembering: VerifierProfile = { ...swallowing, fallbacks: { disk: { forMs: HOUR_MS, actedAs: 'disk' } } };

  test('outlive the process: the next one judges by them when it gets none', () => {
    const faults = [away(5, 30)];
    expect(answers({ faults }, [1, 10, 20], [10])).toEqual([200, 401, 401]);
    expect(answers({ faults, profile: remembering }, [1, 10, 20], [10])).toEqual([200, 200, 200]);
  });

  test('not when they are older than agreed', () => {
    const stage = { faults: [away(5, 300)], profile: remembering };
    expect(answers(stage, [1, 50, 59, 61], [50])).toEqual([200, 200, 200, 401]);
  });

  test('are for a process that never got any: keys of its own that have gone stale are not replaced by older ones', () => {
    const lazy: VerifierProfile = { ...verifierPreset('jose').profile, fallbacks: remembering.fallbacks! };
    const stage = { faults: [away(5, 60)], profile: lazy };
    expect(answers(stage, [1, 2, 20], [2])).toEqual([200, 200, 401]);
    expect(answers({ faults: [away(1.5, 60)], profile: lazy }, [1, 2, 20], [2])).toEqual([200, 200, 200]);
  });

  test('not when the machine is another one', () => {
    const seen: number[] = [];
    run({ faults: [away(5, 30)], profile: remembering }, function* (world, token) {
      yield* world.timers.sleepUntil(10 * MINUTE_MS);
      world.hosts!.crash('app');
      world.hosts!.reimage('app');
      world.hosts!.start('app');
      yield* world.timers.sleep(10_000);
      seen.push((yield* ask(world, 'app', { path: '/api/data', bearer: token })).status);
    });
    expect(seen).toEqual([401]);
  });

  test('step back once keys have been fetched, and say each time that they were used', () => {
    const profile: VerifierProfile = { ...remembering, unknownKid: 'refetch' };
    const record = run({ faults: [away(5, 30)], profile }, function* (world, token) {
      yield* world.timers.sleepUntil(10 * MINUTE_MS);
      world.hosts!.crash('app');
      world.hosts!.start('app');
      for (const minute of [11, 12, 40, 41]) {
        yield* world.timers.sleepUntil(minute * MINUTE_MS);
        yield* ask(world, 'app', { path: '/api/data', bearer: token, key: minute });
      }
    });
    expect(record.series.find(({ name }) => name === 'mitigation.actions')?.total).toBe(2);
  });
});

describe('keys in the image', () => {
  const baked: VerifierProfile = { ...swallowing, fallbacks: { image: { host: 'image', actedAs: 'image' } } };
  const image = (atMs: readonly number[]): HostSpec => {
    const options: KeyDepotOptions = { idp: 'idp', atMs, retryMs: 5_000, timeoutMs: 1_000 };
    return cast({ name: 'image', pool: 'platform', role: keyDepot, options });
  };

  test('serve a process that never got any', () => {
    const stage = { faults: [away(5, 30)], profile: baked, more: [image([0])] };
    expect(answers(stage, [1, 10, 20], [10])).toEqual([200, 200, 200]);
  });

  test('are there only once the image has been built', () => {
    const faults = [away(0, 12, ['app']), away(13, 60)];
    const stage = { faults, profile: baked, more: [image([9 * MINUTE_MS])] };
    expect(answers(stage, [5, 10, 20], [10, 20])).toEqual([401, 200, 200]);
  });
});

describe('a key depot', () => {
  const depot = (rest: Partial<KeyDepotOptions> = {}): HostSpec => {
    const options: KeyDepotOptions = {
      idp: 'idp',
      atMs: [0],
      everyMs: 300_000,
      retryMs: 5_000,
      timeoutMs: 1_000,
      ...rest,
    };
    return cast({ name: 'depot', pool: 'platform', role: keyDepot, options: { ...options, actedAs: 'depot' } });
  };

  test('hands out the last good set while the provider is away, and counts what it hands out', () => {
    const stage = { keysFrom: 'depot', more: [depot()], faults: [away(5, 300)] };
    expect(answers(stage, [1, 100, 200], [100, 200])).toEqual([200, 200, 200]);
    const record = run(stage, function* () {});
    expect(record.series.find(({ name }) => name === 'mitigation.actions')?.total).toBe(1);
  });

  test('does not take an empty set for a good one', () => {
    const empty = bindFault(emptyKeys(), {
      id: 'empty',
      target: 'idp',
      fromMs: 5 * MINUTE_MS,
      untilMs: 60 * MINUTE_MS,
    });
    expect(answers({ keysFrom: 'depot', more: [depot()], faults: [empty] }, [1, 30], [30])).toEqual([200, 200]);
  });

  test('asks again every few seconds until it has one: 503 before that', () => {
    const seen: number[] = [];
    run({ more: [depot()], faults: [away(0, 2)] }, function* (world) {
      for (const second of [60, 126]) {
        yield* world.timers.sleepUntil(second * 1000);
        seen.push((yield* ask(world, 'depot', { path: '/jwks' })).status);
      }
    });
    expect(seen).toEqual([503, 200]);
  });
});
