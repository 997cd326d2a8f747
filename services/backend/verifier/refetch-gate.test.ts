/** What a token with an unknown kid may cause, by profile. */
import { describe, expect, test } from 'vitest';
import { ask, failing, issue, outcome, serving } from '../../../test/parity/verifier-stage.ts';
import type { VerifierProfile } from './index.ts';

const MINUTE_MS = 60_000;

describe('what an unknown kid may cause', () => {
  /** Fetches that 40 bogus tokens cause, one a second, with warm keys at first. */
  function fetchesOfFlood(knobs: Partial<VerifierProfile>): number {
    let fetchCount = 0;
    outcome({ cooldownAfterSuccessMs: 0, ...knobs }, function* (stage, { token, next }) {
      yield* ask(stage, token);
      for (let i = 0; i < 40; i++) {
        const bogus = yield* issue(stage.world, { ...next, kid: `bogus-${i}` });
        yield* ask(stage, bogus);
        yield* stage.world.timers.sleep(1_000);
      }
      fetchCount = stage.idp.requests.length - 1;
    });
    return fetchCount;
  }

  test('refetch without a cooldown: one fetch each', () => {
    expect(fetchesOfFlood({ unknownKid: 'refetch' })).toBe(40);
  });

  test('cooldownAfterSuccessMs: one fetch in each cooldown', () => {
    expect(fetchesOfFlood({ unknownKid: 'refetch', cooldownAfterSuccessMs: 30_000 })).toBe(1);
    expect(fetchesOfFlood({ unknownKid: 'refetch', cooldownAfterSuccessMs: 9_500 })).toBe(3);
  });

  test('limit: so many fetches in a window, then none until it ends', () => {
    expect(fetchesOfFlood({ unknownKid: { limit: 10, perMs: MINUTE_MS } })).toBe(10);
    expect(fetchesOfFlood({ unknownKid: { limit: 3, perMs: 9_500 } })).toBe(12);
  });

  test('a request that shares the fetch under way is not held against the limit', () => {
    const knobs = { unknownKid: { limit: 1, perMs: MINUTE_MS }, cooldownAfterSuccessMs: 0 };
    const seen = outcome(knobs, function* (stage, { token, next, nextToken }, lines) {
      yield* ask(stage, token);
      stage.idp.answer = serving(stage.world.seals.publicJwk(next));
      const asked = Array.from({ length: 5 }, (_, key) => ask(stage, nextToken, { key }));
      lines.push(...(yield* stage.world.tasks.all(...asked)), stage.idp.requests.length);
    });
    expect(seen).toEqual([...Array<string>(5).fill('accepted'), 2]);
  });

  test('penaltyMs: one fetch in vain, then none for so long', () => {
    expect(fetchesOfFlood({ unknownKid: { penaltyMs: 9_500 } })).toBe(4);
  });

  test('never: no fetch, and a rotated key stays unknown until the keys grow old', () => {
    expect(fetchesOfFlood({ unknownKid: 'never' })).toBe(0);
    const seen = outcome({ unknownKid: 'never' }, function* (stage, { token, next, nextToken }, lines) {
      lines.push(yield* ask(stage, token));
      stage.idp.answer = serving(stage.world.seals.publicJwk(next));
      yield* stage.world.timers.sleep(9 * MINUTE_MS);
      lines.push(yield* ask(stage, nextToken));
      yield* stage.world.timers.sleep(2 * MINUTE_MS);
      lines.push(yield* ask(stage, nextToken));
    });
    expect(seen).toEqual(['accepted', 'unknown-kid', 'accepted']);
  });

  test('a penalty that a flood keeps alive delays a key that is truly new', () => {
    const knobs = { unknownKid: { penaltyMs: 10_000 }, cooldownAfterSuccessMs: 0 } as const;
    const seen = outcome(knobs, function* (stage, { token, good, next, nextToken }, lines) {
      yield* ask(stage, token);
      yield* ask(stage, yield* issue(stage.world, { ...next, kid: 'bogus' }));
      stage.idp.answer = serving(stage.world.seals.publicJwk(good), stage.world.seals.publicJwk(next));
      lines.push(yield* ask(stage, nextToken));
      yield* stage.world.timers.sleep(10_000);
      lines.push(yield* ask(stage, nextToken));
    });
    expect(seen).toEqual(['unknown-kid', 'accepted']);
  });

  test('unknownKidWaits false: the first token with a new key is rejected while its fetch goes on', () => {
    const knobs = { unknownKidWaits: false, cooldownAfterSuccessMs: 0 };
    const seen = outcome(knobs, function* (stage, { token, next, nextToken }, lines) {
      lines.push(yield* ask(stage, token));
      stage.idp.answer = serving(stage.world.seals.publicJwk(next));
      lines.push(yield* ask(stage, nextToken));
      yield* stage.world.timers.sleep(1_000);
      lines.push(yield* ask(stage, nextToken), stage.idp.requests.length);
    });
    expect(seen).toEqual(['accepted', 'unknown-kid', 'accepted', 2]);
  });

  test('failedRefreshDropsKnownGood: one unknown kid in an outage breaks every good token', () => {
    const inOutage = (failedRefreshDropsKnownGood: boolean) =>
      outcome({ failedRefreshDropsKnownGood, cooldownAfterSuccessMs: 0 }, function* (stage, cast, lines) {
        lines.push(yield* ask(stage, cast.token));
        stage.idp.answer = failing(503);
        lines.push(yield* ask(stage, cast.nextToken));
        lines.push(yield* ask(stage, cast.token));
      });
    expect(inOutage(false)).toEqual(['accepted', 'keys-unavailable', 'accepted']);
    expect(inOutage(true)).toEqual(['accepted', 'keys-unavailable', 'keys-unavailable']);
  });
});
