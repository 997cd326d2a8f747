import { describe, expect, test } from 'vitest';
import type { Claims, SigningKey, Token } from '../../../simulator/contract/index.ts';
import {
  ask,
  failing,
  issue,
  notesOf,
  play,
  refusing,
  serving,
  totalsOf,
} from '../../../test/parity/verifier-stage.ts';
import { verifierPreset, verifierProfile, type Verdict, type VerifierProfile } from './index.ts';

const MINUTE_MS = 60_000;

/** The verdict on one token by a verifier with the good key, or none. */
function judged(
  knobs: Partial<VerifierProfile>,
  forge: (token: Token, key: SigningKey) => Token = (token) => token,
  { changes = {}, clockErrorMs = 0, down = false }: { changes?: Claims; clockErrorMs?: number; down?: boolean } = {},
): Verdict | undefined {
  let verdict: Verdict | undefined;
  play(
    verifierProfile(knobs),
    function* ({ world, verifier, idp }) {
      const key = world.seals.createKey('good');
      idp.answer = down ? refusing : serving(world.seals.publicJwk(key));
      verdict = yield* verifier.verify(forge(yield* issue(world, key, changes), key), { key: 1 });
    },
    { clockErrorMs },
  );
  return verdict;
}

describe('the verdict', () => {
  test('an accepted token hands over its claims', () => {
    expect(judged({})).toMatchObject({ ok: true, claims: { sub: 'ada' } });
  });

  test('the profile chooses the status for missing keys and for unknown kids, apart', () => {
    const knobs = { statusOnKeysUnavailable: 503, statusOnUnknownKid: 500 } as const;
    const unknown = (token: Token): Token => ({ ...token, header: { alg: 'ES256', kid: 'unknown' } });
    expect(judged(knobs, undefined, { down: true })).toEqual({ ok: false, reason: 'keys-unavailable', status: 503 });
    expect(judged(knobs, unknown)).toEqual({ ok: false, reason: 'unknown-kid', status: 500 });
    const stranger = (token: Token): Token => ({ ...token, signature: 'stranger' });
    expect(judged(knobs, stranger)).toEqual({ ok: false, reason: 'bad-signature', status: 401 });
  });

  test('something that is no token is malformed, and costs no fetch', () => {
    expect(judged({}, () => ({}) as Token, { down: true })).toMatchObject({ reason: 'malformed' });
    expect(judged({}, undefined, { changes: { exp: 'tomorrow' } })).toMatchObject({ reason: 'malformed' });
    expect(judged({}, undefined, { changes: { nbf: true } })).toMatchObject({ reason: 'malformed' });
  });

  test('clockToleranceMs: a clock that is 30 s behind rejects a fresh token unless it is tolerated', () => {
    // The token's times are whole seconds of the true clock, which stands at one when it is issued.
    const justIssued = (clockToleranceMs: number) =>
      judged({ clockToleranceMs }, undefined, { changes: { nbf: 3_600 }, clockErrorMs: -30_000 });
    expect(justIssued(0)).toMatchObject({ reason: 'not-yet-valid' });
    expect(justIssued(29_000)).toMatchObject({ reason: 'not-yet-valid' });
    expect(justIssued(30_000)).toMatchObject({ ok: true });
  });

  test('clockToleranceMs: a clock that is ahead expires tokens early by as much as is not tolerated', () => {
    const ahead = (clockToleranceMs: number) =>
      judged({ clockToleranceMs }, undefined, { changes: { exp: 3_610 }, clockErrorMs: 60_000 });
    expect(ahead(0)).toMatchObject({ reason: 'expired' });
    expect(ahead(50_000)).toMatchObject({ reason: 'expired' });
    expect(ahead(51_000)).toMatchObject({ ok: true });
  });
});

describe('tokenErrorCacheTtlMs', () => {
  /** Verdicts on one token each minute; the IdP is down for the first. */
  function eachMinute(tokenErrorCacheTtlMs: number): readonly string[] {
    const seen: string[] = [];
    play(verifierProfile({ tokenErrorCacheTtlMs }), function* (stage) {
      const { world, idp } = stage;
      const key = world.seals.createKey('good');
      const token = yield* issue(world, key);
      idp.answer = failing(503);
      seen.push(yield* ask(stage, token));
      idp.answer = serving(world.seals.publicJwk(key));
      for (let minute = 1; minute <= 11; minute++) {
        yield* world.timers.sleep(MINUTE_MS);
        seen.push(yield* ask(stage, { ...token }));
      }
      seen.push(yield* ask(stage, yield* issue(world, key, { sub: 'bob' })));
    });
    return seen;
  }

  test('off: the token is accepted as soon as the IdP is back', () => {
    expect(eachMinute(0)).toEqual(['keys-unavailable', ...Array<string>(12).fill('accepted')]);
  });

  test('on: the same token stays rejected with a healthy IdP, another one does not', () => {
    expect(eachMinute(10 * MINUTE_MS)).toEqual([
      ...Array<string>(10).fill('keys-unavailable'),
      ...Array<string>(3).fill('accepted'),
    ]);
  });

  test('the oldest of a thousand rejected tokens makes room', () => {
    const seen: string[] = [];
    play(verifierProfile({ tokenErrorCacheTtlMs: 10 * MINUTE_MS }), function* (stage) {
      const { world, idp } = stage;
      const key = world.seals.createKey('good');
      const token = yield* issue(world, key);
      idp.answer = failing(503);
      seen.push(yield* ask(stage, token));
      idp.answer = serving(world.seals.publicJwk(key));
      for (const count of [999, 1]) {
        for (let i = 0; i < count; i++) yield* ask(stage, yield* issue(world, key, { aud: `other-${count}-${i}` }));
        seen.push(yield* ask(stage, token));
      }
    });
    expect(seen).toEqual(['keys-unavailable', 'keys-unavailable', 'accepted']);
  });
});

describe('copiesPerInstance', () => {
  test('each copy fetches for itself, and all have to hold keys before the instance does', () => {
    const seen: unknown[] = [];
    const record = play(verifierProfile({ copiesPerInstance: 4 }), function* (stage) {
      const { world, idp, verifier } = stage;
      const key = world.seals.createKey('good');
      const token = yield* issue(world, key);
      idp.answer = serving(world.seals.publicJwk(key));
      seen.push(yield* ask(stage, token, { key: 1 }), verifier.holdsKeys, verifier.keysFetchedAtMs);
      for (let i = 0; i < 100; i++) yield* ask(stage, token, { key: i });
      seen.push(verifier.holdsKeys, idp.requests.length, new Set(idp.requests.map((request) => request.key)).size);
    });
    expect(seen).toEqual(['accepted', false, undefined, true, 4, 4]);
    expect(notesOf(record).length).toBe(4);
  });
});

describe('what is left in the record', () => {
  test('notes mark changes of luck, never single requests', () => {
    const record = play(verifierProfile({ ttlMs: MINUTE_MS }), function* (stage) {
      const { world, idp } = stage;
      const key = world.seals.createKey('good');
      const token = yield* issue(world, key);
      for (const healthy of [true, true, false, false, false, true, true]) {
        idp.answer = healthy ? serving(world.seals.publicJwk(key)) : failing(503);
        yield* ask(stage, token);
        yield* world.timers.sleep(MINUTE_MS);
      }
    });
    expect(notesOf(record)).toEqual([
      'keys.loaded {"kids":"good","keyCount":1}',
      'keys.fetch-failed {"reason":"status 503","attempt":3}',
      'keys.loaded {"kids":"good","keyCount":1}',
    ]);
    expect(totalsOf(record, 'keys.fetches', 'outcome')).toEqual({ ok: 4, status: 3 });
  });

  test('a rotation leaves a note with the new kids', () => {
    const record = play(verifierProfile({ ttlMs: MINUTE_MS }), function* (stage) {
      const { world, idp } = stage;
      const keys = ['first', 'second'].map((kid) => world.seals.createKey(kid));
      for (const published of [[0], [0], [0, 1], [1]]) {
        idp.answer = serving(...published.map((i) => world.seals.publicJwk(keys[i]!)));
        yield* ask(stage, yield* issue(world, keys[0]!));
        yield* world.timers.sleep(MINUTE_MS);
      }
    });
    expect(record.notes.map((note) => note.detail['kids'])).toEqual(['first', 'first, second', 'second']);
  });

  test('a followed request tells why it was rejected, and its key fetch is part of its chain', () => {
    const chains: unknown[] = [];
    const record = play(
      verifierPreset('jose').profile,
      function* (stage) {
        const { world, idp } = stage;
        const key = world.seals.createKey('good');
        idp.answer = refusing;
        yield* ask(stage, yield* issue(world, key), { key: 1, chain: 'u17' });
        idp.answer = serving(world.seals.publicJwk(key));
        yield* ask(stage, yield* issue(world, key), { key: 2, chain: 'u17' });
        yield* ask(stage, yield* issue(world, key, { aud: 'other' }), { key: 3, chain: 'u17' });
        yield* ask(stage, yield* issue(world, key), { key: 4, chain: 'u18' });
        chains.push(...idp.requests.map((request) => request.chain));
      },
      { follow: 'u17' },
    );
    expect(record.steps.map((step) => step.text)).toEqual([
      'fetches the keys from the IdP',
      'holds no keys: its only fetch failed (connection refused)',
      'fetches the keys from the IdP',
      'accepts the token',
      'rejects the token: it is meant for somebody else',
    ]);
    expect(chains).toEqual(['u17', 'u17']);
  });

  test('an unknown kid and a failed renewal are told apart in the story', () => {
    const record = play(
      verifierPreset('jose').profile,
      function* (stage) {
        const { world, idp } = stage;
        const key = world.seals.createKey('good');
        const next = world.seals.createKey('next');
        idp.answer = serving(world.seals.publicJwk(key));
        yield* ask(stage, yield* issue(world, key));
        yield* ask(stage, yield* issue(world, next), { key: 1, chain: 'u17' });
        idp.answer = failing(503);
        yield* world.timers.sleep(11 * MINUTE_MS);
        yield* ask(stage, yield* issue(world, key), { key: 2, chain: 'u17' });
      },
      { follow: 'u17' },
    );
    expect(record.steps.map((step) => step.text)).toEqual([
      'has no key "next" and fetched too recently to fetch again',
      'fetches the keys from the IdP',
      'could not renew its keys: status 503',
    ]);
  });

  test('an instance that missed its keys at boot says so to whoever follows a request', () => {
    const record = play(
      verifierPreset('boot-fetch-swallowed').profile,
      function* (stage) {
        const { world, idp, verifier } = stage;
        idp.answer = refusing;
        yield* verifier.start();
        const key = world.seals.createKey('good');
        yield* ask(stage, yield* issue(world, key), { key: 1, chain: 'u17' });
      },
      { follow: 'u17' },
    );
    const [step] = record.steps;
    expect(step?.text).toBe('holds no keys: its only fetch, at boot, failed (connection refused)');
    expect(step?.detail).toMatchObject({ reason: 'keys-unavailable', status: 401 });
    expect(step?.detail['failedAtMs']).toBe(record.notes[0]?.atMs);
  });
});
