import { describe, expect, test } from 'vitest';
import { type World } from '../../simulator/contract/index.ts';
import { RecordView } from '../../simulator/experiment/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { makeBrowser, refresh, signIn } from './client.ts';
import { defaultIdpOptions, type IdpOptions } from './options.ts';
import { rehearsal } from './rehearsal.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function run(options: Partial<IdpOptions>, script: Parameters<typeof rehearsal>[0], endMs = 10 * DAY_MS): RecordView {
  return new RecordView(runScenario(rehearsal(script, options, endMs), { seed: 1 }));
}

const actions = (view: RecordView, mitigation: string): number => view.total('mitigation.actions', { mitigation });

/** Presents a token that expired at 1 h, at these moments; the statuses. */
function present(options: Partial<IdpOptions>, ...atMs: number[]): { statuses: number[]; view: RecordView } {
  const statuses: number[] = [];
  function* script(world: World) {
    for (const [key, each] of atMs.entries()) {
      yield* world.timers.sleepUntil(each);
      const body = { grant_type: 'refresh_token', refresh_token: `refresh/${key}`, client_id: 'c' };
      const reply = yield* world.network.call('idp', { method: 'POST', path: '/token', source: 'c', key, body });
      statuses.push(reply.status);
    }
  }
  const preissued = atMs.map((_, key) => ({
    refreshToken: `refresh/${key}`,
    username: 'u',
    clientId: 'c',
    scope: 'openid',
    expiresAtMs: HOUR_MS,
  }));
  return { statuses, view: run({ ...options, preissued }, script) };
}

describe('broken glass', () => {
  const breakGlass = { refreshLeewayMs: HOUR_MS, accessTokenLifetimeMs: DAY_MS, actedAs: 'glass' };

  test('accepts an expired refresh token for as long as it says, and not a moment longer', () => {
    const moments = [HOUR_MS - 10, HOUR_MS + 10, 2 * HOUR_MS - 10, 2 * HOUR_MS] as const;
    expect(present({}, ...moments).statuses).toEqual([200, 400, 400, 400]);
    expect(present({ breakGlass }, ...moments).statuses).toEqual([200, 200, 200, 400]);
  });

  test('has acted only where a token would have been refused, when access tokens live as long as before', () => {
    const same = { ...breakGlass, accessTokenLifetimeMs: defaultIdpOptions.accessTokenLifetimeMs };
    expect(actions(present({ breakGlass: same }, 10).view, 'glass')).toBe(0);
    expect(actions(present({ breakGlass: same }, 10, HOUR_MS + 10).view, 'glass')).toBe(1);
  });

  test('does not forgive a reuse', () => {
    const statuses: number[] = [];
    function* script(world: World) {
      const browser = makeBrowser({ user: 'u', clientId: 'c', idp: 'idp' });
      yield* signIn(world, browser, { key: 1 });
      const first = { ...browser.tokens! };
      statuses.push((yield* refresh(world, browser, { key: 2 })).ok ? 200 : 400);
      browser.tokens = first;
      statuses.push((yield* refresh(world, browser, { key: 3 })).ok ? 200 : 400);
    }
    run({ breakGlass }, script);
    expect(statuses).toEqual([200, 400]);
  });

  test('lets access tokens live longer, and tells the client so', () => {
    const lifetimes: number[] = [];
    function* script(world: World) {
      const browser = makeBrowser({ user: 'u', clientId: 'c', idp: 'idp' });
      yield* signIn(world, browser, { key: 1 });
      const { accessToken, expiresAtMs } = browser.tokens!;
      lifetimes.push(Number(accessToken.claims['exp']) - Number(accessToken.claims['iat']));
      lifetimes.push(Math.round((expiresAtMs - world.clock.nowMs()) / 1000));
    }
    run({ breakGlass }, script);
    expect(lifetimes).toEqual([86_400, 86_400]);
  });
});

describe('spread expiry', () => {
  /** Lifetimes of access tokens of many users, in seconds. */
  function lifetimes(options: Partial<IdpOptions>): readonly number[] {
    const found: number[] = [];
    function* script(world: World) {
      for (let user = 0; user < 200; user++) {
        const browser = makeBrowser({ user: `u${user}`, clientId: 'c', idp: 'idp' });
        yield* signIn(world, browser, { key: user });
        const { claims } = browser.tokens!.accessToken;
        found.push(Number(claims['exp']) - Number(claims['iat']));
      }
    }
    run(options, script);
    return found;
  }

  test('ends access tokens at moments of their own, none later than without it', () => {
    const spread = lifetimes({ expirySpread: { ratio: 0.1 } });
    expect(new Set(lifetimes({}))).toEqual(new Set([3_600]));
    expect(Math.max(...spread)).toBeLessThanOrEqual(3_600);
    expect(Math.min(...spread)).toBeGreaterThanOrEqual(3_239);
    // Evenly over six minutes: 200 of them leave none of six parts empty (a chance of 6 · (5/6)^200 = 1e-15).
    expect(new Set(spread.map((seconds) => Math.floor((seconds - 3_239) / 61))).size).toBe(6);
  });

  test('moves the end of refresh tokens handed out before, either way, within its share of the lifetime', () => {
    const expirySpread = { ratio: 0.1, actedAs: 'spread' };
    const early = Array<number>(40).fill(HOUR_MS - 30 * 60_000);
    const { statuses, view } = present({ expirySpread, refreshTokenLifetimeMs: 20 * HOUR_MS }, ...early);
    // Ends are spread from −1 h to 3 h, so at half an hour about three in eight have ended.
    const ended = statuses.filter((status) => status === 400).length;
    expect(ended).toBeGreaterThan(5);
    expect(ended).toBeLessThan(27);
    expect(actions(view, 'spread')).toBeGreaterThanOrEqual(40);
  });
});

test.each([
  [{ breakGlass: { refreshLeewayMs: -1, accessTokenLifetimeMs: 1 } }, /breakGlass.refreshLeewayMs cannot be -1/],
  [{ breakGlass: { refreshLeewayMs: 0, accessTokenLifetimeMs: 0 } }, /breakGlass.accessTokenLifetimeMs cannot be 0/],
  [{ expirySpread: { ratio: 1.5 } }, /expirySpread.ratio cannot be 1.5/],
])('an impossible setting is named: %j', (options, message) => {
  function* nothing() {}
  expect(() => run(options, nothing)).toThrow(message);
});
