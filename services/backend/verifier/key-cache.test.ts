/** One claim for each knob that decides how long keys are served. */
import { describe, expect, test } from 'vitest';
import { ask, failing, issue, outcome, serving } from '../../../test/parity/verifier-stage.ts';
import type { VerifierProfile } from './index.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe('how long keys are served', () => {
  test('ttlMs: fresh keys cost no fetch, old ones one', () => {
    const seen = outcome({ ttlMs: 2.5 * MINUTE_MS }, function* (stage, { token }, lines) {
      for (let minute = 0; minute < 6; minute++) {
        lines.push(yield* ask(stage, token), stage.idp.requests.length);
        yield* stage.world.timers.sleep(MINUTE_MS);
      }
    });
    const counts = seen.filter((line) => typeof line === 'number');
    expect(counts).toEqual([1, 1, 1, 2, 2, 2]);
    expect(seen.filter((line) => line === 'accepted').length).toBe(6);
  });

  test('staleOnError none: every token is rejected past the ttl while the IdP is down', () => {
    expect(untilRejected({ staleOnError: 'none' }, 5)).toBe(10);
  });

  test('staleOnError forMs: old keys serve for so long after they went stale', () => {
    expect(untilRejected({ staleOnError: { forMs: HOUR_MS } }, 5)).toBe(70);
  });

  test('staleOnError forever: old keys serve as long as the outage lasts', () => {
    expect(untilRejected({ staleOnError: 'forever' }, 60)).toBe(Infinity);
  });

  test('staleOnError whileTrafficGapUnderMs: the first failure serves old keys whatever their age, then steady traffic does, one pause ends it', () => {
    const staleOnError = { whileTrafficGapUnderMs: 6 * MINUTE_MS };
    expect(untilRejected({ staleOnError }, 5)).toBe(Infinity);
    expect(untilRejected({ staleOnError }, 7)).toBe(21);
  });

  test('whileTrafficGapUnderMs: after a longer gap old keys are gone, however close the next tries come', () => {
    const staleOnError = { whileTrafficGapUnderMs: 6 * MINUTE_MS };
    const seen = outcome({ staleOnError }, function* (stage, { token }, lines) {
      yield* ask(stage, token);
      stage.idp.answer = failing(503);
      for (const minutes of [11, 7, 1, 1]) {
        yield* stage.world.timers.sleep(minutes * MINUTE_MS);
        lines.push(yield* ask(stage, token));
      }
    });
    expect(seen).toEqual(['accepted', ...Array<string>(3).fill('keys-unavailable')]);
  });

  /** Minutes after the first fetch at which a token presented every `gapMinutes` is first rejected, if in 20 hours. */
  function untilRejected(knobs: Partial<VerifierProfile>, gapMinutes: number): number {
    let rejectedMinute = Infinity;
    outcome(knobs, function* (stage, { token }) {
      const first = yield* ask(stage, token);
      if (first !== 'accepted') rejectedMinute = 0;
      stage.idp.answer = failing(503);
      for (let minute = gapMinutes; minute < 20 * 60 && rejectedMinute === Infinity; minute += gapMinutes) {
        yield* stage.world.timers.sleep(gapMinutes * MINUTE_MS);
        if ((yield* ask(stage, token)) !== 'accepted') rejectedMinute = minute;
      }
    });
    return rejectedMinute;
  }

  test('refreshAheadMs: a request near the end of the ttl refreshes without waiting for it', () => {
    const knobs = { ttlMs: 10 * MINUTE_MS, refreshAheadMs: MINUTE_MS };
    const seen = outcome(knobs, function* (stage, { token }, lines) {
      yield* ask(stage, token);
      stage.idp.delayMs = 2_000;
      yield* stage.world.timers.sleep(8.5 * MINUTE_MS);
      lines.push(yield* ask(stage, token), stage.idp.requests.length);
      yield* stage.world.timers.sleep(MINUTE_MS);
      const beforeMs = stage.world.clock.nowMs();
      lines.push(yield* ask(stage, token), stage.world.clock.nowMs() - beforeMs);
      yield* stage.world.timers.sleep(20_000);
      lines.push(yield* ask(stage, token), stage.idp.requests.length);
    });
    expect(seen).toEqual(['accepted', 1, 'accepted', 0, 'accepted', 2]);
  });

  test('refreshAheadMs: a crowd begins one refresh, and a failed one waits out its cooldown', () => {
    const knobs = { ttlMs: 10 * MINUTE_MS, refreshAheadMs: MINUTE_MS, cooldownAfterFailureMs: 10_000 };
    const seen = outcome(knobs, function* (stage, { token }, lines) {
      yield* ask(stage, token);
      stage.idp.answer = failing(503);
      stage.idp.delayMs = 500;
      yield* stage.world.timers.sleep(9.5 * MINUTE_MS);
      for (let i = 0; i < 20; i++) yield* ask(stage, token);
      yield* stage.world.timers.sleep(100);
      lines.push(stage.idp.requests.length - 1);
      for (let i = 0; i < 20; i++) {
        yield* stage.world.timers.sleep(1_000);
        lines.push(yield* ask(stage, token));
      }
      lines.push(stage.idp.requests.length - 1);
    });
    expect(seen).toEqual([1, ...Array<string>(20).fill('accepted'), 2]);
  });

  test('acceptEmptySet: an empty set fails the fetch or replaces the good keys', () => {
    const emptied = (acceptEmptySet: boolean) =>
      outcome({ acceptEmptySet, staleOnError: 'forever' }, function* (stage, { token }, lines) {
        lines.push(yield* ask(stage, token));
        stage.idp.answer = serving();
        yield* stage.world.timers.sleep(11 * MINUTE_MS);
        lines.push(yield* ask(stage, token));
      });
    expect(emptied(true)).toEqual(['accepted', 'unknown-kid']);
    expect(emptied(false)).toEqual(['accepted', 'accepted']);
  });
});

describe('a cache of single keys', () => {
  const perKid = { cacheScope: 'kid', cooldownAfterSuccessMs: 0 } as const;

  test('a removed key lives on until its own ttl, though the set was fetched again', () => {
    const seen = outcome(perKid, function* (stage, { token, next, nextToken }, lines) {
      lines.push(yield* ask(stage, token));
      stage.idp.answer = serving(stage.world.seals.publicJwk(next));
      yield* stage.world.timers.sleep(5 * MINUTE_MS);
      lines.push(yield* ask(stage, nextToken), yield* ask(stage, token));
      yield* stage.world.timers.sleep(6 * MINUTE_MS);
      lines.push(yield* ask(stage, token), yield* ask(stage, nextToken), stage.idp.requests.length);
    });
    expect(seen).toEqual(['accepted', 'accepted', 'accepted', 'unknown-kid', 'accepted', 3]);
  });

  test('a limit rules every fetch, so that an outage goes on after the IdP is back', () => {
    const knobs = { ...perKid, unknownKid: { limit: 10, perMs: MINUTE_MS } };
    const seen = outcome(knobs, function* (stage, { token, good }, lines) {
      stage.idp.answer = failing(503);
      for (let i = 0; i < 20; i++) yield* ask(stage, token);
      lines.push(stage.idp.requests.length);
      stage.idp.answer = serving(stage.world.seals.publicJwk(good));
      lines.push(yield* ask(stage, token));
      yield* stage.world.timers.sleep(MINUTE_MS);
      lines.push(yield* ask(stage, token));
    });
    expect(seen).toEqual([10, 'keys-unavailable', 'accepted']);
  });

  test('the limit rules the refresh of a known key as well', () => {
    const knobs = { ...perKid, unknownKid: { limit: 10, perMs: MINUTE_MS } };
    const seen = outcome(knobs, function* (stage, { token }, lines) {
      yield* ask(stage, token);
      stage.idp.answer = failing(503);
      yield* stage.world.timers.sleep(11 * MINUTE_MS);
      for (let i = 0; i < 20; i++) yield* ask(stage, token);
      lines.push(stage.idp.requests.length - 1);
    });
    expect(seen).toEqual([10]);
  });

  test('keyCountLimit: the key least recently used makes room', () => {
    const seen = outcome({ ...perKid, keyCountLimit: 2 }, function* (stage, { good, token, next, nextToken }, lines) {
      const { seals } = stage.world;
      const third = seals.createKey('third');
      stage.idp.answer = serving(...[good, next, third].map((key) => seals.publicJwk(key)));
      const thirdToken = yield* issue(stage.world, third);
      for (const each of [token, nextToken, token, thirdToken, token, nextToken]) {
        lines.push(yield* ask(stage, each), stage.idp.requests.length);
      }
    });
    expect(seen.filter((line) => typeof line === 'number')).toEqual([1, 2, 2, 3, 3, 4]);
    expect(seen.filter((line) => line === 'accepted').length).toBe(6);
  });

  test('missingKeyIsFailure: a removed key is served stale as in an outage, and no longer once', () => {
    const knobs = { ...perKid, staleOnError: { forMs: HOUR_MS } } as const;
    const outlived = (missingKeyIsFailure: boolean) =>
      outcome({ ...knobs, missingKeyIsFailure }, function* (stage, { token, next }, lines) {
        yield* ask(stage, token);
        stage.idp.answer = serving(stage.world.seals.publicJwk(next));
        for (const minutes of [11, 55, 10]) {
          yield* stage.world.timers.sleep(minutes * MINUTE_MS);
          lines.push(yield* ask(stage, token));
        }
      });
    expect(outlived(true)).toEqual(['accepted', 'accepted', 'unknown-kid']);
    expect(outlived(false)).toEqual(Array(3).fill('unknown-kid'));
  });

  test('a fetch that lacks the kid it was made for leaves nothing behind', () => {
    const seen = outcome(perKid, function* (stage, { token, nextToken }, lines) {
      lines.push(yield* ask(stage, nextToken), String(stage.verifier.holdsKeys));
      lines.push(yield* ask(stage, token), String(stage.verifier.holdsKeys));
    });
    expect(seen).toEqual(['unknown-kid', 'false', 'accepted', 'true']);
  });
});
