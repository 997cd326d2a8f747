/** How fetches are made and shared. */
import { describe, expect, test } from 'vitest';
import { ask, failing, outcome, serving, START_MS } from '../../../test/parity/verifier-stage.ts';

const HOUR_MS = 3_600_000;

describe('how fetches are made', () => {
  test('singleFlight: requests share a fetch, or make one each', () => {
    const fetchesOf = (singleFlight: boolean) =>
      outcome({ singleFlight }, function* (stage, { token }, lines) {
        const asked = Array.from({ length: 50 }, (_, key) => ask(stage, token, { key }));
        const verdicts = yield* stage.world.tasks.all(...asked);
        lines.push(stage.idp.requests.length, verdicts.filter((verdict) => verdict === 'accepted').length);
      });
    expect(fetchesOf(true)).toEqual([1, 50]);
    expect(fetchesOf(false)).toEqual([50, 50]);
  });

  test('a fetch that began earlier and ends later does not bring old keys back', () => {
    const seen = outcome({ singleFlight: false }, function* (stage, { good, next, token, nextToken }, lines) {
      const { world, idp } = stage;
      const [oldSet, newSet] = [serving(world.seals.publicJwk(good)), serving(world.seals.publicJwk(next))];
      idp.answer = (request) => (request === idp.requests[0] ? oldSet() : newSet());
      idp.delayMs = 2_000;
      const slow = world.tasks.spawn(ask(stage, token, { key: 1 }));
      yield* world.timers.sleep(1_000);
      idp.delayMs = 0;
      lines.push(yield* ask(stage, nextToken, { key: 2 }), yield* slow.join());
      lines.push(yield* ask(stage, nextToken, { key: 3 }), idp.requests.length);
    });
    expect(seen).toEqual(['accepted', 'accepted', 'accepted', 2]);
  });

  test('a shared fetch outlives the request that began it', () => {
    const seen = outcome({}, function* (stage, { token }, lines) {
      stage.idp.delayMs = 1_000;
      const first = stage.world.tasks.spawn(ask(stage, token, { key: 1 }));
      const second = stage.world.tasks.spawn(ask(stage, token, { key: 2 }));
      yield* stage.world.timers.sleep(500);
      first.cancel();
      lines.push(yield* second.join(), stage.idp.requests.length);
    });
    expect(seen).toEqual(['accepted', 1]);
  });

  test('fetchTimeoutMs: a hang costs the patience, to the millisecond', () => {
    const seen = outcome({ fetchTimeoutMs: 5_000 }, function* (stage, { token }, lines) {
      stage.idp.answer = () => ({ status: 200, fate: 'hang' });
      lines.push(yield* ask(stage, token), stage.world.clock.nowMs() - START_MS);
    });
    expect(seen).toEqual(['keys-unavailable', 5_000]);
  });

  test('innerRetries: one fetch tries several times, with its pause between', () => {
    const knobs = { fetchTimeoutMs: 3_000, innerRetries: 1, innerRetryDelayMs: 500 };
    const seen = outcome(knobs, function* (stage, { token }, lines) {
      stage.idp.answer = () => ({ status: 200, fate: 'hang' });
      lines.push(yield* ask(stage, token), stage.world.clock.nowMs() - START_MS, stage.idp.requests.length);
    });
    expect(seen).toEqual(['keys-unavailable', 6_500, 2]);
  });

  test('fetchesPerAttempt 2: the discovery document says where the keys are, at every fetch', () => {
    const seen = outcome({ fetchesPerAttempt: 2 }, function* (stage, { token, good }, lines) {
      const jwks = serving(stage.world.seals.publicJwk(good));
      const body = { issuer: 'https://idp.test', jwks_uri: 'https://idp.test/keys' };
      stage.idp.answer = ({ path }) => (path === '/keys' ? jwks() : { status: 200, body });
      lines.push(yield* ask(stage, token), ...stage.idp.requests.map((request) => request.path));
      stage.idp.answer = failing(503);
      yield* stage.world.timers.sleep(HOUR_MS);
      lines.push(yield* ask(stage, token), stage.idp.requests.length);
    });
    expect(seen).toEqual(['accepted', '/.well-known/openid-configuration', '/keys', 'keys-unavailable', 3]);
  });

  test('cooldownAfterFailureMs: an expired cache asks a dead IdP once in each cooldown, and heals that much later', () => {
    const seen = outcome({ cooldownAfterFailureMs: 10_000 }, function* (stage, { token, good }, lines) {
      stage.idp.answer = failing(503);
      for (let i = 0; i < 20; i++) {
        yield* ask(stage, token);
        yield* stage.world.timers.sleep(1_000);
      }
      lines.push(stage.idp.requests.length);
      stage.idp.answer = serving(stage.world.seals.publicJwk(good));
      yield* ask(stage, token);
      yield* stage.world.timers.sleep(10_000);
      lines.push(yield* ask(stage, token));
    });
    expect(seen).toEqual([2, 'accepted']);
  });

  test('each fetch has a key and a source of its own, so that chance at the IdP tells callers apart', () => {
    const seen = outcome({ singleFlight: false }, function* (stage, { token }, lines) {
      const asked = Array.from({ length: 5 }, (_, key) => ask(stage, token, { key }));
      yield* stage.world.tasks.all(...asked);
      lines.push(new Set(stage.idp.requests.map((request) => request.key)).size);
      lines.push(...new Set(stage.idp.requests.map((request) => request.source)));
    });
    expect(seen).toEqual([5, 'backend']);
  });
});
