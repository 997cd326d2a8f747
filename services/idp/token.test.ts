import { describe, expect, test } from 'vitest';
import type { Process, Reply, World } from '../../simulator/contract/index.ts';
import { runScenario, type RunRecord } from '../../simulator/virtual/index.ts';
import { exchangeCode, makeBrowser, obtainCode, refresh, signIn, type Browser } from './client.ts';
import type { IdpOptions } from './options.ts';
import { rehearsal } from './rehearsal.ts';
import type { TokenAnswer } from './tokens.ts';

const DAY_MS = 86_400_000;
const REFUSED = { status: 400, error: 'invalid_grant' };

/** Runs a script with a signed-in browser and hands back what it saw. */
function withUser(
  script: (world: World, browser: Browser, see: (reply: Reply) => void) => Process<void>,
  options: Partial<IdpOptions> = {},
): { seen: { status: number; error?: unknown }[]; record: RunRecord } {
  const seen: { status: number; error?: unknown }[] = [];
  const see = (reply: Reply) => {
    const error = (reply.body as { error?: unknown } | undefined)?.error;
    seen.push(error === undefined ? { status: reply.status } : { status: reply.status, error });
  };
  function* main(world: World) {
    const browser = makeBrowser({ user: 'u1', clientId: 'app', idp: 'idp' });
    expect((yield* signIn(world, browser, { key: 1 })).ok).toBe(true);
    yield* script(world, browser, see);
  }
  return { record: runScenario(rehearsal(main, options, 40 * DAY_MS), { seed: 1, follow: 'u1' }), seen };
}

function* post(world: World, body: Readonly<Record<string, unknown>>, path = '/token'): Process<Reply> {
  const request = { method: 'POST', path, body, source: 'u1', chain: 'u1', key: 9 } as const;
  return yield* world.network.call('idp', request);
}

function present(world: World, refreshToken: string, clientId = 'app'): Process<Reply> {
  return post(world, { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId });
}

function successor(reply: Reply): string {
  return (reply.body as TokenAnswer).refresh_token;
}

function total(record: RunRecord, name: string, label: string): number {
  return record.series.find((one) => one.name === name && Object.values(one.labels).includes(label))?.total ?? 0;
}

describe('an authorization code', () => {
  test('is good for one exchange; a second one revokes what the first one gave', () => {
    const { seen, record } = withUser(function* (world, browser, see) {
      const obtained = yield* obtainCode(world, browser, { key: 2 });
      if (!obtained.ok) throw new Error(obtained.failure);
      const { code, verifier } = obtained;
      const first = yield* exchangeCode(world, browser, { key: 2 }, { code, verifier });
      if (!first.ok) throw new Error(first.failure);
      const body = {
        grant_type: 'authorization_code',
        code,
        client_id: 'app',
        redirect_uri: browser.redirectUri,
        code_verifier: verifier,
      };
      see(yield* post(world, body));
      see(yield* present(world, first.tokens.refreshToken!));
    });
    expect(seen).toEqual([REFUSED, REFUSED]);
    expect(total(record, 'idp.grants-refused', 'code-reused')).toBe(1);
    expect(total(record, 'idp.grants-refused', 'refresh-revoked')).toBe(1);
  });

  test.each([
    ['code_verifier', 'other', 'code-verifier-mismatch'],
    ['redirect_uri', 'https://evil.example/', 'code-redirect-mismatch'],
    ['client_id', 'other-app', 'code-of-another-client'],
    ['code', 'code/1-999', 'code-unknown'],
    ['code', 'refresh/1-1', 'code-unknown'],
  ])('with a wrong %s (%s) is rejected and still good for who has the right one', (member, value, reason) => {
    const { seen, record } = withUser(function* (world, browser, see) {
      const obtained = yield* obtainCode(world, browser, { key: 2 });
      if (!obtained.ok) throw new Error(obtained.failure);
      const body = {
        grant_type: 'authorization_code',
        code: obtained.code,
        client_id: 'app',
        redirect_uri: browser.redirectUri,
        code_verifier: obtained.verifier,
      };
      see(yield* post(world, { ...body, [member]: value }));
      see(yield* post(world, body));
    });
    expect(seen).toEqual([REFUSED, { status: 200 }]);
    expect(total(record, 'idp.grants-refused', reason)).toBe(1);
  });

  test('expires after its lifetime', () => {
    const { seen, record } = withUser(function* (world, browser, see) {
      for (const waitMs of [59_000, 60_000]) {
        const obtained = yield* obtainCode(world, browser, { key: waitMs });
        if (!obtained.ok) throw new Error(obtained.failure);
        yield* world.timers.sleep(waitMs);
        const exchanged = yield* exchangeCode(world, browser, { key: waitMs }, obtained);
        see({ status: exchanged.ok ? 200 : exchanged.status });
      }
    });
    expect(seen.map(({ status }) => status)).toEqual([200, 400]);
    expect(total(record, 'idp.grants-refused', 'code-expired')).toBe(1);
  });
});

describe('a refresh token', () => {
  test('rotates: each use gives another one, and the chain goes on', () => {
    const used = new Set<string>();
    withUser(function* (world, browser) {
      for (let turn = 0; turn < 5; turn++) {
        used.add(browser.tokens!.refreshToken!);
        yield* world.timers.sleep((10 * DAY_MS) / 2);
        expect((yield* refresh(world, browser, { key: turn })).ok).toBe(true);
      }
    });
    expect(used.size).toBe(5);
  });

  test('reused outside the grace revokes its family, the newest member too', () => {
    const { seen, record } = withUser(
      function* (world, browser, see) {
        const stolen = browser.tokens!.refreshToken!;
        const rotated = yield* present(world, stolen);
        see(rotated);
        yield* world.timers.sleep(30_000);
        see(yield* present(world, stolen));
        see(yield* present(world, successor(rotated)));
      },
      { refreshReuseGraceMs: 30_000 },
    );
    expect(seen).toEqual([{ status: 200 }, REFUSED, REFUSED]);
    expect(total(record, 'idp.families-revoked', 'reuse')).toBe(1);
    expect(total(record, 'idp.grants-refused', 'refresh-reused')).toBe(1);
    expect(total(record, 'idp.grants-refused', 'refresh-revoked')).toBe(1);
  });

  test('reused inside the grace gives another successor, and both go on', () => {
    const { seen, record } = withUser(
      function* (world, browser, see) {
        const shared = browser.tokens!.refreshToken!;
        const one = yield* present(world, shared);
        yield* world.timers.sleep(29_000);
        const other = yield* present(world, shared);
        see(one);
        see(other);
        expect(successor(other)).not.toBe(successor(one));
        see(yield* present(world, successor(one)));
        see(yield* present(world, successor(other)));
      },
      { refreshReuseGraceMs: 30_000 },
    );
    expect(seen.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(total(record, 'idp.families-revoked', 'reuse')).toBe(0);
  });

  test('without a grace even two uses in the same moment are a reuse', () => {
    const { seen } = withUser(function* (world, browser, see) {
      const shared = browser.tokens!.refreshToken!;
      const replies = yield* world.tasks.all(present(world, shared), present(world, shared));
      replies.forEach(see);
      see(yield* present(world, successor(replies.find(({ status }) => status === 200)!)));
    });
    expect(seen).toEqual([{ status: 200 }, REFUSED, REFUSED]);
  });

  test('that has expired gets 400 invalid_grant, again and again, and nothing else changes', () => {
    const { seen, record } = withUser(
      function* (world, browser, see) {
        const old = browser.tokens!.refreshToken!;
        yield* world.timers.sleep(DAY_MS);
        const before = yield* signIn(world, browser, { key: 5 });
        for (let turn = 0; turn < 3; turn++) see(yield* present(world, old));
        see(yield* present(world, before.ok ? before.tokens.refreshToken! : ''));
      },
      { refreshTokenLifetimeMs: DAY_MS },
    );
    expect(seen).toEqual([REFUSED, REFUSED, REFUSED, { status: 200 }]);
    expect(total(record, 'idp.families-revoked', 'reuse')).toBe(0);
    expect(total(record, 'idp.grants-refused', 'refresh-expired')).toBe(3);
    const story = record.steps.filter(({ host }) => host === 'idp').map(({ text }) => text);
    expect(story).toContainEqual(expect.stringMatching(/^refresh token expired \(.* s ago\): 400 invalid_grant$/));
  });

  test('of another client, unknown, or with the form of another secret is refused', () => {
    const { seen } = withUser(function* (world, browser, see) {
      see(yield* present(world, browser.tokens!.refreshToken!, 'other-app'));
      see(yield* present(world, 'refresh/1-999'));
      see(yield* present(world, 'session/1-1'));
      const obtained = yield* obtainCode(world, browser, { key: 2 });
      see(yield* present(world, obtained.ok ? obtained.code : ''));
      see(yield* present(world, browser.tokens!.refreshToken!));
    });
    expect(seen).toEqual([REFUSED, REFUSED, REFUSED, REFUSED, { status: 200 }]);
  });

  test('handed out before the scenario began works until its own expiry', () => {
    const preissued = [100_000, -1].map((expiresAtMs, index) => ({
      refreshToken: `refresh/old-${index}`,
      username: `u${index}`,
      clientId: 'app',
      scope: 'openid',
      expiresAtMs,
    }));
    const { seen } = withUser(
      function* (world, _browser, see) {
        see(yield* present(world, 'refresh/old-0'));
        see(yield* present(world, 'refresh/old-1'));
      },
      { preissued },
    );
    expect(seen).toEqual([{ status: 200 }, REFUSED]);
  });

  test('revoked at the request of its client is dead with its family; to revoke nothing is no error', () => {
    const { seen } = withUser(function* (world, browser, see) {
      const first = browser.tokens!.refreshToken!;
      const second = successor(yield* present(world, first));
      see(yield* post(world, { token: first }, '/revoke'));
      see(yield* present(world, second));
      see(yield* post(world, { token: 'refresh/1-999' }, '/revoke'));
      see(yield* post(world, {}, '/revoke'));
      see(yield* post(world, { token: browser.tokens!.accessToken }, '/revoke'));
    });
    expect(seen).toEqual([
      { status: 200 },
      REFUSED,
      { status: 200 },
      { status: 400, error: 'invalid_request' },
      { status: 400, error: 'unsupported_token_type' },
    ]);
  });
});

test('introspection tells whether a grant stands, without a reason when it does not, and uses nothing up', () => {
  const answers: unknown[] = [];
  withUser(
    function* (world, browser) {
      const old = browser.tokens!.refreshToken!;
      answers.push((yield* post(world, { token: old }, '/introspect')).body);
      const next = successor(yield* present(world, old));
      for (const token of [old, next, 'refresh/1-999']) {
        answers.push(((yield* post(world, { token }, '/introspect')).body as { active: boolean }).active);
      }
      yield* post(world, { token: next }, '/revoke');
      answers.push((yield* post(world, { token: next }, '/introspect')).body);
      answers.push((yield* post(world, {}, '/introspect')).status);
    },
    { refreshTokenLifetimeMs: DAY_MS },
  );
  const standing = { active: true, username: 'u1', client_id: 'app', scope: 'openid offline_access', exp: 86_400 };
  expect(answers).toEqual([standing, false, true, false, { active: false }, 400]);
});

test('requests that are no grant are refused as RFC 6749 says', () => {
  const { seen } = withUser(function* (world, _browser, see) {
    see(yield* post(world, {}));
    see(yield* post(world, { grant_type: 'password' }));
    see(yield* post(world, { grant_type: 'refresh_token' }));
    see(yield* post(world, { grant_type: 'authorization_code' }));
  });
  expect(seen.map(({ error }) => error)).toEqual([
    'invalid_request',
    'unsupported_grant_type',
    'invalid_request',
    'invalid_request',
  ]);
});

test('tokens carry the claims of RFC 9068 and OIDC, in whole seconds, with nbf only on request', () => {
  const answers: TokenAnswer[] = [];
  for (const stampsNotBefore of [false, true]) {
    withUser(
      function* (world, browser) {
        yield* world.timers.sleepUntil(100_500);
        answers.push((yield* present(world, browser.tokens!.refreshToken!)).body as TokenAnswer);
      },
      { stampsNotBefore, audience: 'orders', issuer: 'https://idp', accessTokenLifetimeMs: 600_000 },
    );
  }
  const { access_token: access, id_token: id, expires_in } = answers[0]!;
  expect(access.claims).toEqual({
    iss: 'https://idp',
    sub: 'u1',
    aud: 'orders',
    exp: 700,
    iat: 100,
    jti: access.claims['jti'],
    client_id: 'app',
    scope: 'openid offline_access',
  });
  expect(id!.claims).toMatchObject({ sub: 'u1', aud: 'app', exp: 700, iat: 100, auth_time: 0 });
  expect(id!.claims['jti']).not.toBe(access.claims['jti']);
  expect(expires_in).toBe(600);
  expect(answers[1]!.access_token.claims['nbf']).toBe(100);
});
