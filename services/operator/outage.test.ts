import { describe, expect, test } from 'vitest';
import { cast, type HostSpec, type World } from '../../simulator/contract/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { backend, defaultBackendOptions, verifierPreset } from '../backend/index.ts';
import { bindFault, refuse } from '../faults/index.ts';
import { defaultIdpOptions, idp, makeBrowser, signIn } from '../idp/index.ts';
import { instantly } from '../idp/rehearsal.ts';
import { ask, rehearsal } from '../rehearsal.ts';
import { operator, orchestrator, probeAlert } from './index.ts';

const MINUTE_MS = 60_000;
const INSTANCES = ['app-1', 'app-2', 'app-3'];
const PATHS = ['/jwks', '/.well-known/openid-configuration'];

/** Instances that fetch keys once, at boot; keys that cannot be had from minute 10 to 60; a restart published at minute 100. */
function hosts(rightActionProbability: number, alerted: boolean): readonly HostSpec[] {
  const response = {
    atMs: 100 * MINUTE_MS,
    label: 'restart',
    actions: [{ kind: 'restart' as const, pool: 'app', everyMs: MINUTE_MS, graceMs: 1_000 }],
  };
  const people = {
    orchestrator: 'platform',
    response: [response],
    reports: { thresholdCount: Infinity, triageMs: 0 },
    onPage: { reactionMedianMs: 5 * MINUTE_MS, reactionSigma: 0, rightActionProbability },
  };
  const probe = {
    alert: 'provider down',
    target: { host: 'idp', method: 'GET' as const, path: '/jwks' },
    periodMs: MINUTE_MS,
    timeoutMs: 5_000,
    passes: ['200'] as const,
    failuresInRow: 3,
    aboutDependency: true,
    operator: 'people',
    actedAs: 'probe',
  };
  const idpOptions = { ...defaultIdpOptions, serviceTimes: instantly, accessTokenLifetimeMs: 86_400_000 };
  const address = { host: 'idp', issuer: 'https://idp', audience: 'api' };
  const verifier = verifierPreset('boot-fetch-swallowed').profile;
  const options = { ...defaultBackendOptions, idp: address, verifier, serviceMeanMs: 0 };
  return [
    cast({ name: 'idp', pool: 'idp', role: idp, options: idpOptions }),
    ...INSTANCES.map((name) => cast({ name, pool: 'app', role: backend, options })),
    cast({ name: 'platform', pool: 'platform', role: orchestrator, options: { events: [], supervised: [] } }),
    cast({ name: 'people', pool: 'people', role: operator, options: people }),
    ...(alerted ? [cast({ name: 'probe', pool: 'monitoring', role: probeAlert, options: probe })] : []),
  ];
}

/** What a valid token gets from each instance at these minutes. */
function answers(rightActionProbability: number, alerted = true): readonly (readonly number[])[] {
  const seen: (readonly number[])[] = [];
  function* script(world: World) {
    const result = yield* signIn(world, makeBrowser({ user: 'ann', clientId: 'web', idp: 'idp' }), { key: 1 });
    if (!result.ok) return;
    for (const minute of [9, 40, 90, 110]) {
      yield* world.timers.sleepUntil(minute * MINUTE_MS);
      const statuses: number[] = [];
      for (const host of INSTANCES) {
        statuses.push((yield* ask(world, host, { path: '/api/data', bearer: result.tokens.accessToken })).status);
      }
      seen.push(statuses);
    }
  }
  const faults = [
    bindFault(refuse(), {
      id: 'no-keys',
      target: 'idp',
      endpoints: PATHS,
      fromMs: 10 * MINUTE_MS,
      untilMs: 60 * MINUTE_MS,
    }),
  ];
  runScenario(rehearsal(hosts(rightActionProbability, alerted), script, { faults, endMs: 120 * MINUTE_MS }), {
    seed: 1,
  });
  return seen;
}

const well = [200, 200, 200];
const keyless = [401, 401, 401];

describe('people who are paged about a provider’s outage', () => {
  test('and restart into it take the keys from instances that had them', () => {
    expect(answers(0)).toEqual([well, keyless, keyless, well]);
  });

  test('and wait for the all-clear harm nobody', () => {
    expect(answers(1)).toEqual([well, well, well, well]);
  });

  test('would not have had to do anything: without the alert nothing happens', () => {
    expect(answers(0, false)).toEqual([well, well, well, well]);
  });
});
