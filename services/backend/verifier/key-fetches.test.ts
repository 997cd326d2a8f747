/** How fetches are made and shared. */
import { describe, expect, test } from 'vitest';
import { ask, failing, outcome, refusing, serving, START_MS } from '../../../test/parity/verifier-stage.ts';
import type { Response } from '../../../simulator/contract/index.ts';
import type { VerifierProfile } from './index.ts';

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

  test('innerRetriesOn: which failures are worth another try', () => {
    const fetchesOf = (innerRetriesOn: VerifierProfile['innerRetriesOn'], answer: () => Response) =>
      outcome({ innerRetries: 1, innerRetriesOn }, function* (stage, { token }, lines) {
        stage.idp.answer = answer;
        yield* ask(stage, token);
        lines.push(stage.idp.requests.length);
      })[0];
    const html = () => ({ status: 200, body: '<h1>Login</h1>' });
    expect([failing(503), refusing, html].map((answer) => fetchesOf('any', answer))).toEqual([2, 2, 2]);
    expect([failing(503), refusing, html].map((answer) => fetchesOf('no-answer', answer))).toEqual([1, 2, 1]);
    expect([failing(503), failing(500), refusing].map((answer) => fetchesOf([503], answer))).toEqual([2, 1, 1]);
  });

  test('in-turn: a success serves all who wait, after a failure each has a turn of its own', () => {
    const fetchesOf = (answer: () => Response | undefined) =>
      outcome({ singleFlight: 'in-turn' }, function* (stage, { token, good }, lines) {
        const healthy = serving(stage.world.seals.publicJwk(good));
        stage.idp.answer = () => answer() ?? healthy();
        stage.idp.delayMs = 1_000;
        const asked = Array.from({ length: 5 }, (_, key) => ask(stage, token, { key }));
        lines.push(...new Set(yield* stage.world.tasks.all(...asked)), stage.idp.requests.length);
        lines.push(Math.floor((stage.world.clock.nowMs() - START_MS) / 1_000));
      });
    expect(fetchesOf(() => undefined)).toEqual(['accepted', 1, 1]);
    expect(fetchesOf(failing(503))).toEqual(['keys-unavailable', 5, 5]);
  });

  test('discoveryTtlMs and discoveryUrlCount: a known document is not asked for, a lacking one at two places', () => {
    const knobs = { fetchesPerAttempt: 2, discoveryUrlCount: 2, discoveryTtlMs: HOUR_MS } as const;
    const seen = outcome(knobs, function* (stage, { token, good }, lines) {
      const jwks = serving(stage.world.seals.publicJwk(good));
      const body = { issuer: 'https://idp.test', jwks_uri: 'https://idp.test/keys' };
      const found = (path: string) =>
        path === '/.well-known/oauth-authorization-server' ? { status: 200, body } : undefined;
      stage.idp.answer = ({ path }) => (path === '/keys' ? jwks() : (found(path) ?? { status: 404 }));
      lines.push(yield* ask(stage, token), stage.idp.requests.length);
      yield* stage.world.timers.sleep(HOUR_MS / 2);
      lines.push(yield* ask(stage, token), stage.idp.requests.length);
      yield* stage.world.timers.sleep(HOUR_MS);
      lines.push(yield* ask(stage, token), stage.idp.requests.length);
    });
    expect(seen).toEqual(['accepted', 3, 'accepted', 4, 'accepted', 7]);
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
