import { describe, expect, test } from 'vitest';
import { napta } from '../../scenarios/napta-2025-12-19/incident.ts';
import { cast, type FaultSpec, type HostSpec, type World } from '../../simulator/contract/index.ts';
import { defaultValues, RecordView, type ExposureFinding } from '../../simulator/experiment/index.ts';
import { exposureOf } from '../../simulator/experiment/exposure.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import {
  backend,
  defaultBackendOptions,
  verifierPreset,
  type BackendOptions,
  type VerifierProfile,
} from '../backend/index.ts';
import { bindFault, emptyKeys, emptyObject, html200, refuse } from '../faults/index.ts';
import { defaultIdpOptions, idp, KEYS_PATH, withRotation, type IdpOptions } from '../idp/index.ts';
import { rehearsal, standIn, type Script } from '../rehearsal.ts';
import { attacker, type AttackerOptions } from './attacker.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const TARGETS: AttackerOptions = {
  everyMs: 30 * MINUTE_MS,
  tokens: { idp: 'idp', edge: 'app', path: '/api/data' },
  cookies: { edge: 'app', path: '/app/page' },
};

function app(profile: VerifierProfile = verifierPreset('jose').profile): HostSpec {
  const options: BackendOptions = {
    ...defaultBackendOptions,
    idp: { host: 'idp', issuer: 'https://idp', audience: 'api' },
    bootMs: 0,
    verifier: profile,
    session: { secrets: ['s'], destructiveRejection: false, resignOnRead: false, lifetimeMs: HOUR_MS },
  };
  return cast({ name: 'app', pool: 'app', role: backend, options });
}

interface Stage {
  readonly app?: HostSpec;
  readonly idp?: Partial<IdpOptions>;
  readonly targets?: AttackerOptions;
  readonly faults?: readonly FaultSpec[];
  /** What else happens; nothing by default. */
  readonly script?: Script;
  /** Six by default. */
  readonly hours?: number;
}

function* nothing() {}

/** What the attacker found, by kind. */
function findings({
  app: target = app(),
  idp: idpOptions,
  targets = TARGETS,
  faults = [],
  script = nothing,
  hours = 6,
}: Stage = {}) {
  const hosts = [
    cast({ name: 'idp', pool: 'idp', role: idp, options: { ...defaultIdpOptions, ...idpOptions } }),
    target,
    cast({ name: 'attacker', pool: 'attackers', role: attacker, options: targets }),
  ];
  const record = runScenario(rehearsal(hosts, script, { faults, endMs: hours * HOUR_MS }), { seed: 1 });
  return new Map(exposureOf(new RecordView(record)).map((finding) => [finding.kind, finding]));
}

const FORGED = ['foreign-cookie', 'forged-signature', 'alg-none', 'wrong-issuer', 'wrong-audience', 'expired-token'];

/** A rotation after two hours, with the old key gone from the key set at once. */
const rotated: Partial<IdpOptions> = {
  keys: withRotation(defaultIdpOptions.keys, { kid: 'key-2', atMs: 2 * HOUR_MS, publishAheadMs: HOUR_MS, retainMs: 0 }),
  accessTokenLifetimeMs: 24 * HOUR_MS,
};

function admitted(found: ReadonlyMap<string, ExposureFinding>): readonly string[] {
  return [...found.values()].filter(({ admittedCount }) => admittedCount > 0).map(({ kind }) => kind);
}

describe('the attacker', () => {
  test('is refused by a correct backend with each forged credential that it tries', () => {
    const found = findings();
    for (const kind of FORGED) {
      expect(found.get(kind)!.attemptedCount).toBeGreaterThanOrEqual(9);
      expect(found.get(kind)).toMatchObject({ admittedCount: 0, longestAdmittedMs: 0 });
    }
    expect(found.get('refresh-reuse')).toMatchObject({ attemptedCount: 12, admittedCount: 0 });
  });

  test('is let in with every one of them where everything is accepted, and the findings say so', () => {
    const found = findings({ app: standIn('app', 'app'), idp: rotated });
    const expired = findings({ app: standIn('app', 'app') });
    for (const kind of [...FORGED.slice(0, 5), 'revoked-session', 'removed-key']) {
      expect(found.get(kind)!.attemptedCount).toBeGreaterThan(0);
      expect(found.get(kind)!.admittedCount).toBe(found.get(kind)!.attemptedCount);
    }
    expect(expired.get('expired-token')!.admittedCount).toBe(expired.get('expired-token')!.attemptedCount);
    // The token of the first round was valid for an hour; the last round is five and a half hours after it.
    expect(expired.get('expired-token')!.longestAdmittedMs / HOUR_MS).toBeCloseTo(4.5, 2);
  });

  test.each<[string, VerifierProfile, string]>([
    ['skews its clock by an hour', { ...verifierPreset('jose').profile, clockToleranceMs: HOUR_MS }, 'expired-token'],
  ])('finds the one mistake of a backend that %s', (_, profile, kind) => {
    expect(admitted(findings({ app: app(profile) })).filter((each) => FORGED.includes(each))).toEqual([kind]);
  });

  test('does not blame a backend for the five minutes that any verifier may forgive', () => {
    const lenient = { ...verifierPreset('jose').profile, clockToleranceMs: 5 * MINUTE_MS };
    const often = { ...TARGETS, everyMs: MINUTE_MS };
    const idpOptions = { accessTokenLifetimeMs: 10 * MINUTE_MS };
    const found = findings({ app: app(lenient), idp: idpOptions, targets: often, hours: 0.75 }).get('expired-token')!;
    expect(found.attemptedCount).toBeGreaterThan(20);
    expect(found.admittedCount).toBe(0);
  });
});

describe('what ought to be refused after a while', () => {
  test('a revoked session is admitted as long as its access token lives, since nobody asks', () => {
    const found = findings({ idp: { accessTokenLifetimeMs: 22 * MINUTE_MS } }).get('revoked-session')!;
    // Tried every five minutes: 5, 10, 15, 20, and refused at 25.
    expect(found.admittedCount * 5).toBe(found.attemptedCount * 4);
    expect(found.longestAdmittedMs).toBeGreaterThan(19 * MINUTE_MS);
    expect(found.longestAdmittedMs).toBeLessThanOrEqual(22 * MINUTE_MS);
  });

  test('a removed key is admitted until the verifier fetches again: for ever where it never does', () => {
    const jose = findings({ idp: rotated }).get('removed-key')!;
    expect(jose.attemptedCount).toBeGreaterThan(5);
    // Its set is at most ten minutes old; the attacker looks every five.
    expect(jose.longestAdmittedMs).toBeLessThanOrEqual(10 * MINUTE_MS);
    const never = findings({ app: app(verifierPreset('boot-fetch-swallowed').profile), idp: rotated }).get(
      'removed-key',
    )!;
    expect(never.admittedCount).toBe(never.attemptedCount);
    expect(never.longestAdmittedMs).toBeGreaterThan(3.8 * HOUR_MS);
  });

  test('a key that is put back is a good one again: from then on its tokens are tried no more', () => {
    function* putBack(world: World) {
      yield* world.timers.sleepUntil(2.5 * HOUR_MS);
      const body = { changes: [{ kid: 'key-1', does: 'publish' }] };
      yield* world.network.call('idp', { method: 'POST', path: KEYS_PATH, body, source: 'admin', key: 1 });
    }
    const never = app(verifierPreset('boot-fetch-swallowed').profile);
    const found = findings({ app: never, idp: rotated, script: putBack }).get('removed-key')!;
    expect(found.admittedCount).toBeGreaterThan(5);
    expect(found.admittedCount).toBe(found.attemptedCount);
    expect(found.longestAdmittedMs).toBeLessThanOrEqual(30 * MINUTE_MS);
  });

  test('a key that is still published is nobody’s fault: it is not tried', () => {
    expect(findings().has('removed-key')).toBe(false);
  });

  test('a reused refresh token is admitted within the grace that the provider gives, and the time is told', () => {
    const found = findings({ idp: { refreshReuseGraceMs: MINUTE_MS } }).get('refresh-reuse')!;
    expect(found.admittedCount).toBe(found.attemptedCount);
    expect(found.longestAdmittedMs).toBeGreaterThan(0);
    expect(found.longestAdmittedMs).toBeLessThan(MINUTE_MS);
  });
});

test.each([html200(), emptyKeys(), emptyObject()])(
  'a key set spoilt by $name is not taken for a removal',
  (mechanism) => {
    const faults = [
      bindFault(mechanism, {
        id: 'spoilt',
        target: 'idp',
        endpoints: ['/jwks'],
        callers: ['attacker'],
        fromMs: 0,
        untilMs: 6 * HOUR_MS,
      }),
    ];
    const found = findings({ faults });
    expect(found.has('removed-key')).toBe(false);
    expect(found.get('revoked-session')!.attemptedCount).toBeGreaterThan(50);
  },
);

test('without a sign-in there is nothing to forge from, and the next round tries again', () => {
  const faults = [bindFault(refuse(), { id: 'down', target: 'idp', fromMs: 0, untilMs: 3 * HOUR_MS })];
  const found = findings({ faults });
  expect(found.get('foreign-cookie')!.attemptedCount).toBe(12);
  expect(found.get('forged-signature')!.attemptedCount).toBe(6);
});

test('only what there is is attacked', () => {
  const { cookies, tokens, everyMs } = TARGETS;
  expect([...findings({ targets: { everyMs, cookies: cookies! } }).keys()]).toEqual(['foreign-cookie']);
  expect(findings({ targets: { everyMs, tokens: tokens! } }).has('foreign-cookie')).toBe(false);
});

test('users and the auth service notice nothing of the attacker', () => {
  const values = {
    ...defaultValues(napta),
    instances: 4,
    startedInside: 1,
    users: 20,
    actionMeanMs: 60_000,
    restartEveryMs: 290_000,
  };
  const play = napta.historical(values);
  const view = (scenario: typeof play) => new RecordView(runScenario(scenario, { seed: 1 }));
  const attacked = view(play);
  const left = view({ ...play, cast: play.cast.filter(({ pool }) => pool !== 'attackers') });
  expect(attacked.total('attacker.attempts')).toBeGreaterThan(30);
  expect(left.total('attacker.attempts')).toBe(0);
  expect(attacked.disruptedUserMinutes(['users'])).toBeGreaterThan(20);
  expect([...attacked.record.harm]).toEqual([...left.record.harm]);
  for (const name of ['idp.requests', 'user.attempts', 'user.sign-ins']) {
    const counted = (each: RecordView) =>
      each.series(name).map(({ labels, minutes, counts }) => ({ labels, minutes, counts }));
    expect(counted(attacked)).toEqual(counted(left));
  }
});
