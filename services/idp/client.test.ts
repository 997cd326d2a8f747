import { describe, expect, test } from 'vitest';
import type { FaultSpec, Handler, Process, Request, Response, Wrap, World } from '../../simulator/contract/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { makeBrowser, refresh, signIn, type FlowFailed, type TokensObtained } from './client.ts';
import type { IdpOptions } from './options.ts';
import { rehearsal } from './rehearsal.ts';

const HOUR_MS = 3_600_000;
type Result = TokensObtained | FlowFailed;

function play(script: (world: World) => Process<void>, options: Partial<IdpOptions> = {}, wrap?: Wrap) {
  const scenario = rehearsal(script, options, 24 * HOUR_MS);
  const fault = { id: 'f', mechanism: 'test', target: 'idp', fromMs: 0, untilMs: 1, sentence: 'spoils answers' };
  const faults: FaultSpec[] = wrap === undefined ? [] : [{ ...fault, wrap }];
  return runScenario({ ...scenario, faults }, { seed: 1, follow: 'u1' });
}

const newBrowser = () => makeBrowser({ user: 'u1', clientId: 'app', idp: 'idp' });

/** Spoils the answers to one path after the work is done. */
function spoiling(path: string, spoil: (response: Response) => Response): Wrap {
  return (inner) => (request) => spoilt(inner, request, path, spoil);
}

function* spoilt(inner: Handler, request: Request, path: string, spoil: (response: Response) => Response) {
  const response = yield* inner(request);
  return request.path === path ? spoil(response) : response;
}

describe('signing in', () => {
  test('without a session shows the login page once; with a live one it passes silently', () => {
    const results: Result[] = [];
    const record = play(function* (world) {
      const browser = newBrowser();
      results.push(yield* signIn(world, browser, { key: 1, typingMs: 20_000 }));
      expect(world.clock.nowMs()).toBeGreaterThan(20_000);
      const atMs = world.clock.nowMs();
      results.push(yield* signIn(world, browser, { key: 2, typingMs: 20_000 }));
      expect(world.clock.nowMs() - atMs).toBeLessThan(100);
      results.push(yield* signIn(world, browser, { key: 3, silent: true }));
    });
    expect(results.map(({ ok }) => ok)).toEqual([true, true, true]);
    const signIns = record.series.find(({ labels }) => labels['endpoint'] === 'sign-in' && labels['status'] === '302');
    expect(signIns?.total).toBe(1);
    const story = record.steps.map(({ text }) => text);
    expect(story).toContain('live session at the identity provider: code issued without a login page');
  });

  test('silently without a session ends with login-required, and so it does once the session has expired', () => {
    const results: Result[] = [];
    play(
      function* (world) {
        const browser = newBrowser();
        results.push(yield* signIn(world, browser, { key: 1, silent: true }));
        yield* signIn(world, browser, { key: 2 });
        yield* world.timers.sleep(HOUR_MS - 1000);
        results.push(yield* signIn(world, browser, { key: 3, silent: true }));
        yield* world.timers.sleep(1000);
        results.push(yield* signIn(world, browser, { key: 4, silent: true }));
      },
      { sessionLifetimeMs: HOUR_MS },
    );
    const lost = { ok: false, step: 'authorize', failure: 'login-required', status: 302 };
    expect(results).toEqual([lost, expect.objectContaining({ ok: true }), lost]);
  });

  test('a cookie that the IdP did not seal is no session', () => {
    const results: Result[] = [];
    play(function* (world) {
      const browser = newBrowser();
      yield* signIn(world, browser, { key: 1 });
      browser.idpSession = yield* world.seals.sealCookie('another secret', browser.idpSession!.value);
      results.push(yield* signIn(world, browser, { key: 2, silent: true }));
    });
    expect(results[0]).toMatchObject({ failure: 'login-required' });
  });

  test.each([
    ['/authorize', 'authorize'],
    ['/sign-in', 'sign-in'],
    ['/token', 'token'],
  ])('names the step at which the server fails (%s)', (path, step) => {
    const results: Result[] = [];
    const script = function* (world: World) {
      results.push(yield* signIn(world, newBrowser(), { key: 1, timeoutMs: 2000 }));
    };
    play(
      script,
      {},
      spoiling(path, () => ({ status: 503 })),
    );
    play(
      script,
      {},
      spoiling(path, (response) => ({ ...response, fate: 'hang' })),
    );
    play(
      script,
      {},
      spoiling(path, () => ({ status: 200, body: '<html>back soon</html>' })),
    );
    expect(results[0]).toEqual({ ok: false, step, failure: 'status', status: 503 });
    expect(results[1]).toEqual({ ok: false, step, failure: 'timeout', status: 0 });
    expect(results[2]).toMatchObject({ ok: false, step, status: 200 });
  });

  test.each([
    ['another state', (location: string) => location.replace(/state=[^&]*/, 'state=other')],
    ['a location that is no text of a URL', (location: string) => location.replace('code=', 'code=%ZZ')],
  ])('a redirect with %s is not accepted', (_what, garble) => {
    const results: Result[] = [];
    const wrap = spoiling('/authorize', (response) => {
      const location = response.headers?.['location'];
      return location === undefined ? response : { ...response, headers: { location: garble(location) } };
    });
    play(
      function* (world) {
        results.push(yield* signIn(world, newBrowser(), { key: 1 }));
      },
      {},
      wrap,
    );
    expect(results[0]).toEqual({ ok: false, step: 'return', failure: 'malformed', status: 302 });
  });
});

describe('renewing', () => {
  test('replaces the tokens on success, keeps them on failure, and names a dead token', () => {
    const results: Result[] = [];
    play(
      function* (world) {
        const browser = newBrowser();
        results.push(yield* refresh(world, browser, { key: 1 }));
        yield* signIn(world, browser, { key: 2 });
        const first = browser.tokens!;
        results.push(yield* refresh(world, browser, { key: 3 }));
        expect(browser.tokens!.refreshToken).not.toBe(first.refreshToken);
        expect(browser.tokens!.expiresAtMs).toBeGreaterThan(first.expiresAtMs);
        const held = browser.tokens;
        yield* world.timers.sleep(HOUR_MS);
        results.push(yield* refresh(world, browser, { key: 4 }));
        expect(browser.tokens).toBe(held);
      },
      { refreshTokenLifetimeMs: HOUR_MS },
    );
    expect(results[0]).toEqual({ ok: false, step: 'refresh', failure: 'invalid-grant', status: 0 });
    expect(results[1]).toMatchObject({ ok: true, step: 'refresh' });
    expect(results[2]).toEqual({ ok: false, step: 'refresh', failure: 'invalid-grant', status: 400 });
  });

  test('an answer that is lost on the way has rotated the token: trying again looks like theft', () => {
    const results: Result[] = [];
    let isLost = false;
    play(
      function* (world) {
        const browser = newBrowser();
        yield* signIn(world, browser, { key: 1 });
        isLost = true;
        results.push(yield* refresh(world, browser, { key: 2, timeoutMs: 5000 }));
        isLost = false;
        results.push(yield* refresh(world, browser, { key: 3, timeoutMs: 5000 }));
      },
      {},
      spoiling('/token', (response) => (isLost ? { ...response, fate: 'hang' } : response)),
    );
    expect(results).toEqual([
      { ok: false, step: 'refresh', failure: 'timeout', status: 0 },
      { ok: false, step: 'refresh', failure: 'invalid-grant', status: 400 },
    ]);
  });
});

test('an answer without lifetime gives a token without known end; one without refresh token leaves the held one', () => {
  const held: unknown[] = [];
  let isBare = false;
  play(
    function* (world) {
      const browser = newBrowser();
      isBare = true;
      yield* signIn(world, browser, { key: 1 });
      held.push(browser.tokens!.refreshToken, browser.tokens!.expiresAtMs);
      isBare = false;
      yield* signIn(world, browser, { key: 2 });
      const first = browser.tokens!.refreshToken;
      isBare = true;
      held.push((yield* refresh(world, browser, { key: 3 })).ok, browser.tokens!.refreshToken === first);
    },
    {},
    spoiling('/token', (response) => {
      const { access_token, token_type } = response.body as { access_token: unknown; token_type: unknown };
      return isBare ? { ...response, body: { access_token, token_type } } : response;
    }),
  );
  expect(held).toEqual([undefined, Infinity, true, true]);
});
