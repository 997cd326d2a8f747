import { describe, expect, test } from 'vitest';
import type { SigningKey } from '../../../simulator/contract/index.ts';
import {
  ask,
  failing,
  issue,
  notesOf,
  play,
  refusing,
  serving,
  START_MS,
  totalsOf,
} from '../../../test/parity/verifier-stage.ts';
import { verifierPreset, verifierProfile, type Startup, type VerifierProfile } from './index.ts';

const MINUTE_MS = 60_000;

/** Boots while the IdP is down for `outageMs`, then presents a token every minute. */
function boot(profile: VerifierProfile, outageMs: number, minutes: number, seed = 1) {
  const seen: string[] = [];
  let fetchTimesMs: readonly number[] = [];
  const record = play(
    profile,
    function* ({ world, verifier, idp }) {
      const key: SigningKey = world.seals.createKey('good');
      const times: number[] = [];
      fetchTimesMs = times;
      idp.answer = () => {
        times.push(Math.round(world.clock.nowMs() - START_MS));
        return world.clock.nowMs() < START_MS + outageMs ? refusing() : serving(world.seals.publicJwk(key))();
      };
      const token = yield* issue(world, key);
      seen.push(yield* verifier.start());
      for (let minute = 0; minute < minutes; minute++) {
        seen.push(yield* ask({ world, verifier, idp }, token));
        yield* world.timers.sleep(MINUTE_MS);
      }
      seen.push(verifier.holdsKeys ? 'holds keys' : 'holds none');
    },
    { seed },
  );
  return { record, seen, fetchTimesMs };
}

function withStartup(startup: Startup): VerifierProfile {
  return { ...verifierPreset('boot-fetch-swallowed').profile, startup };
}

describe('a boot while the IdP is down', () => {
  test('boot-fetch-swallowed: answers 401 for ever, though the IdP is back', () => {
    const { seen, record, fetchTimesMs } = boot(verifierPreset('boot-fetch-swallowed').profile, MINUTE_MS, 60);
    expect(seen).toEqual(['ready', ...Array<string>(60).fill('keys-unavailable'), 'holds none']);
    expect(fetchTimesMs.length).toBe(1);
    expect(notesOf(record)).toEqual([
      'keys.fetch-failed {"reason":"connection refused","attempt":1}',
      'keys.missing {"reason":"connection refused"}',
    ]);
  });

  test('lazy: fetches nothing at boot, heals with the first request after the outage', () => {
    const { seen, record } = boot(verifierPreset('jose').profile, 2.5 * MINUTE_MS, 5);
    expect(seen).toEqual([
      'ready',
      ...Array<string>(3).fill('keys-unavailable'),
      ...Array<string>(2).fill('accepted'),
      'holds keys',
    ]);
    expect(notesOf(record)).toEqual([
      'keys.fetch-failed {"reason":"connection refused","attempt":1}',
      'keys.loaded {"kids":"good","keyCount":1}',
    ]);
    expect(totalsOf(record, 'keys.fetches', 'outcome')).toEqual({ refused: 3, ok: 1 });
  });

  test('eager-crash: says that the process has to end', () => {
    expect(boot(withStartup({ mode: 'eager-crash' }), MINUTE_MS, 0).seen).toEqual(['failed', 'holds none']);
    expect(boot(withStartup({ mode: 'eager-crash' }), 0, 1).seen).toEqual(['ready', 'accepted', 'holds keys']);
  });

  test('eager-swallow heals by tokens where its rule for unknown kids lets it', () => {
    const profile = verifierProfile({
      startup: { mode: 'eager-swallow' },
      unknownKid: { limit: 1, perMs: 5 * MINUTE_MS },
    });
    expect(boot(profile, 1.5 * MINUTE_MS, 7).seen).toEqual([
      'ready',
      ...Array<string>(5).fill('keys-unavailable'),
      ...Array<string>(2).fill('accepted'),
      'holds keys',
    ]);
  });

  test('eager-background-retry, fixed: heals by itself at the next turn, and stops then', () => {
    const retry = { kind: 'fixed', everyMs: 30_000 } as const;
    const { seen, fetchTimesMs } = boot(withStartup({ mode: 'eager-background-retry', retry }), 75_000, 10);
    expect(seen).toEqual([
      'ready',
      ...Array<string>(2).fill('keys-unavailable'),
      ...Array<string>(8).fill('accepted'),
      'holds keys',
    ]);
    expect(fetchTimesMs.length).toBe(4);
  });

  test('eager-background-retry, full jitter: every pause stays below its growing end', () => {
    const retry = { kind: 'full-jitter', baseMs: 1_000, capMs: 8_000 } as const;
    const { seen, fetchTimesMs } = boot(withStartup({ mode: 'eager-background-retry', retry }), 120_000, 4);
    expect(seen.at(-1)).toBe('holds keys');
    const pausesMs = fetchTimesMs.slice(1).map((timeMs, i) => timeMs - fetchTimesMs[i]!);
    expect(pausesMs.length).toBeGreaterThan(10);
    // Each pause is counted from the answer: a few ms of network come on top.
    pausesMs.forEach((pauseMs, i) => expect(pauseMs).toBeLessThan(Math.min(8_000, 1_000 * 2 ** i) + 50));
    expect(new Set(pausesMs).size).toBeGreaterThan(pausesMs.length / 2);
  });

  test('a retry that is a mitigation leaves one note of its acting, and counts each try', () => {
    const retry = { kind: 'fixed', everyMs: 30_000, actedAs: 'key-retry' } as const;
    const { record } = boot(withStartup({ mode: 'eager-background-retry', retry }), 75_000, 4);
    expect(notesOf(record).filter((note) => note.startsWith('mitigation.acted'))).toEqual([
      'mitigation.acted {"mitigation":"key-retry"}',
    ]);
    expect(totalsOf(record, 'mitigation.actions', 'mitigation')).toEqual({ 'key-retry': 3 });
  });

  test('a retry that is never needed leaves no trace', () => {
    const retry = { kind: 'fixed', everyMs: 30_000, actedAs: 'key-retry' } as const;
    const { record, fetchTimesMs } = boot(withStartup({ mode: 'eager-background-retry', retry }), 0, 4);
    expect(fetchTimesMs.length).toBe(1);
    expect(notesOf(record)).toEqual(['keys.loaded {"kids":"good","keyCount":1}']);
  });

  test('an empty key set at boot leaves the instance without keys like a failure', () => {
    const record = play(withStartup({ mode: 'eager-swallow' }), function* ({ verifier, idp }) {
      idp.answer = serving();
      yield* verifier.start();
    });
    expect(notesOf(record)).toContain('keys.missing {"reason":"the key set is empty"}');
  });
});

describe('work by the clock', () => {
  test('backgroundIntervalMs: fetches with no request at all', () => {
    const profile = verifierProfile({ backgroundIntervalMs: 20 * MINUTE_MS });
    const { fetchTimesMs } = boot(profile, 0, 0);
    // The stage runs for a day: 86 400 s in turns of 20 minutes and a few ms of network.
    expect(fetchTimesMs.length).toBe(71);
    expect(fetchTimesMs[0]).toBeGreaterThanOrEqual(20 * MINUTE_MS);
    expect(fetchTimesMs[0]).toBeLessThan(20 * MINUTE_MS + 50);
  });

  test('backgroundJitterRatio: each turn is longer by a share of its own', () => {
    const profile = verifierProfile({ backgroundIntervalMs: 20 * MINUTE_MS, backgroundJitterRatio: 0.5 });
    const { fetchTimesMs } = boot(profile, 0, 0);
    const turns = fetchTimesMs.slice(1).map((timeMs, i) => timeMs - fetchTimesMs[i]!);
    expect(Math.min(...turns)).toBeGreaterThanOrEqual(20 * MINUTE_MS);
    expect(Math.max(...turns)).toBeLessThan(30 * MINUTE_MS + 50);
    expect(Math.max(...turns) - Math.min(...turns)).toBeGreaterThan(5 * MINUTE_MS);
  });

  test('a background refresh keeps known keys when it fails, and brings new ones when it succeeds', () => {
    const seen: string[] = [];
    const profile = verifierProfile({ ttlMs: Infinity, unknownKid: 'never', backgroundIntervalMs: 10 * MINUTE_MS });
    play(profile, function* ({ world, verifier, idp }) {
      const good = world.seals.createKey('good');
      const next = world.seals.createKey('next');
      const stage = { world, verifier, idp };
      idp.answer = serving(world.seals.publicJwk(good));
      yield* verifier.start();
      seen.push(yield* ask(stage, yield* issue(world, good)));
      idp.answer = failing(503);
      yield* world.timers.sleep(15 * MINUTE_MS);
      seen.push(yield* ask(stage, yield* issue(world, good)));
      idp.answer = serving(world.seals.publicJwk(next));
      yield* world.timers.sleep(10 * MINUTE_MS);
      seen.push(yield* ask(stage, yield* issue(world, next)), yield* ask(stage, yield* issue(world, good)));
    });
    expect(seen).toEqual(['accepted', 'accepted', 'accepted', 'unknown-kid']);
  });
});

test('the same seed gives the same history, another seed another one', () => {
  const retry = { kind: 'full-jitter', baseMs: 1_000, capMs: 60_000 } as const;
  const profile = withStartup({ mode: 'eager-background-retry', retry });
  const [first, again, other] = [1, 1, 2].map((seed) => boot(profile, 10 * MINUTE_MS, 20, seed));
  expect(again!.record.traceHash).toBe(first!.record.traceHash);
  expect(again!.fetchTimesMs).toEqual(first!.fetchTimesMs);
  expect(other!.record.traceHash).not.toBe(first!.record.traceHash);
  expect(other!.fetchTimesMs).not.toEqual(first!.fetchTimesMs);
});

describe('a discovery at boot', () => {
  const knobs = { fetchesPerAttempt: 2, discoveryTtlMs: Infinity, ttlMs: Infinity } as const;

  /** Boots while the provider is down for a minute; then a token, its document known or not. */
  function discover(mode: 'eager-crash' | 'eager-swallow', outageMs: number): readonly string[] {
    const seen: string[] = [];
    play(verifierProfile({ ...knobs, startup: { mode, fetches: 'discovery' } }), function* ({ world, verifier, idp }) {
      const key = world.seals.createKey('good');
      idp.answer = ({ path }) => {
        if (world.clock.nowMs() < START_MS + outageMs) return refusing();
        const body = { issuer: 'https://idp.test', jwks_uri: 'https://idp.test/jwks' };
        return path === '/jwks' ? serving(world.seals.publicJwk(key))() : { status: 200, body };
      };
      const token = yield* issue(world, key);
      seen.push(yield* verifier.start(), String(idp.requests.length), String(verifier.holdsKeys));
      yield* world.timers.sleep(MINUTE_MS);
      seen.push(yield* ask({ world, verifier, idp }, token), String(idp.requests.length));
    });
    return seen;
  }

  test('crashes without the document; with it the keys are fetched with the first token', () => {
    expect(discover('eager-crash', MINUTE_MS).slice(0, 2)).toEqual(['failed', '1']);
    expect(discover('eager-crash', 0)).toEqual(['ready', '1', 'false', 'accepted', '2']);
  });

  test('swallowed, it is made up for with the first token', () => {
    expect(discover('eager-swallow', MINUTE_MS)).toEqual(['ready', '1', 'false', 'accepted', '3']);
  });
});

test('backgroundRetry: a failed refresh by the clock is tried again before the next interval', () => {
  const fetchTimesOf = (backgroundRetry: VerifierProfile['backgroundRetry']) => {
    const times: number[] = [];
    const profile = { ttlMs: Infinity, backgroundIntervalMs: 20 * MINUTE_MS, backgroundRetry };
    play(verifierProfile(profile), function* ({ world, verifier, idp }) {
      yield* verifier.start();
      const key = world.seals.createKey('good');
      idp.answer = () => {
        const minute = Math.round((world.clock.nowMs() - START_MS) / MINUTE_MS);
        times.push(minute);
        return minute < 25 ? refusing() : serving(world.seals.publicJwk(key))();
      };
      yield* world.timers.sleep(50 * MINUTE_MS);
    });
    return times;
  };
  expect(fetchTimesOf('none').slice(0, 2)).toEqual([20, 40]);
  const retry = { kind: 'doubling', baseMs: MINUTE_MS, capMs: 60 * MINUTE_MS } as const;
  expect(fetchTimesOf(retry).filter((minute) => minute <= 50)).toEqual([20, 21, 23, 27, 47]);
});
