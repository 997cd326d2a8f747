import { expect, test } from 'vitest';
import type { Reply, Request, World } from '../../simulator/contract/index.ts';
import { runScenario, type RunRecord } from '../../simulator/virtual/index.ts';
import { makeBrowser, signIn } from './client.ts';
import type { DiscoveryDocument } from './discovery.ts';
import { defaultIdpOptions, type IdpOptions } from './options.ts';
import { PATHS } from './paths.ts';
import { rehearsal } from './rehearsal.ts';

type Rest = Omit<Request, 'source' | 'key'>;

function ask(requests: readonly Rest[], options: Partial<IdpOptions> = {}): { replies: Reply[]; record: RunRecord } {
  const replies: Reply[] = [];
  function* script(world: World) {
    for (const rest of requests) {
      replies.push(yield* world.network.call('idp', { ...rest, source: 'u1', key: replies.length, chain: 'u1' }));
    }
  }
  const record = runScenario(rehearsal(script, options), { seed: 1, follow: 'u1' });
  return { replies, record };
}

function counts(record: RunRecord, name: string): Record<string, number> {
  const series = record.series.filter((one) => one.name === name && one.total > 0);
  return Object.fromEntries(series.map(({ labels, total }) => [Object.values(labels).join(' '), total]));
}

test('discovery has every REQUIRED member, and every endpoint it names is served', () => {
  const { replies } = ask([{ method: 'GET', path: PATHS.discovery }], { issuer: 'https://login.example' });
  const document = replies[0]!.body as DiscoveryDocument;
  expect(document.issuer).toBe('https://login.example');
  expect(document.response_types_supported).toEqual(['code']);
  expect(document.subject_types_supported).toEqual(['public']);
  expect(document.id_token_signing_alg_values_supported).toEqual(['ES256', 'RS256']);
  const urls = [
    document.authorization_endpoint,
    document.token_endpoint,
    document.jwks_uri,
    document.userinfo_endpoint,
    document.introspection_endpoint,
    document.revocation_endpoint,
  ];
  const paths = urls.map((url) => url.slice('https://login.example'.length));
  const served = ask(paths.map((path) => ({ method: 'DELETE', path })));
  expect(served.replies.map(({ status }) => status)).toEqual([405, 405, 405, 405, 405, 405]);
});

test('discovery names each algorithm of the timeline once, and always RS256', () => {
  const keys = [{ kid: 'r', alg: 'RS256' as const, publishedAtMs: 0, signsFromMs: 0 }];
  const { replies } = ask([{ method: 'GET', path: PATHS.discovery }], { keys });
  expect((replies[0]!.body as DiscoveryDocument).id_token_signing_alg_values_supported).toEqual(['RS256']);
});

test('an unknown path gets 404, a wrong method 405 with what is allowed, and both are counted', () => {
  const { replies, record } = ask([
    { method: 'GET', path: '/nowhere' },
    { method: 'GET', path: '/token' },
    { method: 'POST', path: '/jwks' },
    { method: 'GET', path: '/healthz' },
  ]);
  expect(replies.map(({ status }) => status)).toEqual([404, 405, 405, 200]);
  expect(replies[1]!.headers).toEqual({ allow: 'POST' });
  expect(replies[2]!.headers).toEqual({ allow: 'GET' });
  expect(counts(record, 'idp.requests')).toEqual({ 'unknown 404': 1, 'token 405': 1, 'jwks 405': 1, 'healthz 200': 1 });
});

test('a weightless request leaves no counts', () => {
  const { record } = ask([
    { method: 'GET', path: '/healthz', weightless: true },
    { method: 'GET', path: '/nowhere', weightless: true },
    {
      method: 'POST',
      path: '/token',
      weightless: true,
      body: { grant_type: 'refresh_token', refresh_token: 'refresh/forged', client_id: 'app' },
    },
  ]);
  expect(counts(record, 'idp.requests')).toEqual({});
  expect(counts(record, 'idp.grants-refused')).toEqual({});
});

test('the sign-in leads nowhere but to an authorization request', () => {
  const { replies } = ask([
    { method: 'POST', path: '/sign-in', body: { username: 'u1', returnTo: 'https://evil.example/authorize?x=1' } },
    { method: 'POST', path: '/sign-in', body: { username: 'u1' } },
    { method: 'POST', path: '/sign-in', body: { returnTo: '/authorize?client_id=app' } },
    { method: 'POST', path: '/sign-in', body: 'no object' },
  ]);
  expect(replies.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
  expect(replies.every(({ cookies }) => cookies === undefined)).toBe(true);
});

test('an authorization request without client or redirect URI is answered in place, other faults are sent back', () => {
  const good = { client_id: 'app', redirect_uri: 'https://app/callback?from=idp', code_challenge: 'c', state: 's 1' };
  const { client_id, redirect_uri, ...rest } = good;
  const get = (query: Record<string, string>): Rest => ({ method: 'GET', path: '/authorize', query });
  const { replies } = ask([
    get({ redirect_uri, ...rest }),
    get({ client_id, ...rest }),
    get({ client_id, redirect_uri, state: 's 1' }),
    get({ ...good, response_type: 'token' }),
    get({ ...good, code_challenge_method: 'plain' }),
    get({ ...good, prompt: 'none' }),
  ]);
  expect(replies.map(({ status }) => status)).toEqual([400, 400, 302, 302, 302, 302]);
  const errors = replies.slice(2).map(({ headers }) => headers!['location']);
  expect(errors).toEqual(
    ['invalid_request', 'unsupported_response_type', 'invalid_request', 'login_required'].map(
      (error) => `https://app/callback?from=idp&error=${error}&state=s%201`,
    ),
  );
});

test('userinfo tells who an access token stands for, and refuses one that is forged, foreign or expired', () => {
  const statuses: number[] = [];
  let subject: unknown;
  function* script(world: World) {
    const browser = makeBrowser({ user: 'u1', clientId: 'app', idp: 'idp' });
    yield* signIn(world, browser, { key: 1 });
    const token = browser.tokens!.accessToken;
    const forgers = world.seals.createKey('key-1');
    const forged = yield* world.seals.sign(forgers, token.claims);
    const unsigned = { ...token, header: { ...token.header, alg: 'none' } };
    for (const bearer of [token, forged, unsigned]) {
      const reply = yield* world.network.call('idp', {
        method: 'GET',
        path: '/userinfo',
        bearer,
        source: 'u1',
        key: 2,
      });
      statuses.push(reply.status);
      subject ??= reply.body;
    }
    const bare = yield* world.network.call('idp', { method: 'GET', path: '/userinfo', source: 'u1', key: 3 });
    statuses.push(bare.status);
    yield* world.timers.sleepUntil(defaultIdpOptions.accessTokenLifetimeMs + 1000);
    const late = yield* world.network.call('idp', {
      method: 'GET',
      path: '/userinfo',
      bearer: token,
      source: 'u1',
      key: 4,
    });
    statuses.push(late.status);
  }
  runScenario(rehearsal(script, {}, 2 * 3_600_000), { seed: 1 });
  expect(statuses).toEqual([200, 401, 401, 401, 401]);
  expect(subject).toEqual({ sub: 'u1' });
});

test('impossible options stop the run with the name of the member', () => {
  expect(() => ask([], { codeLifetimeMs: 0 })).toThrow('codeLifetimeMs cannot be 0');
  expect(() => ask([], { refreshReuseGraceMs: -1 })).toThrow('refreshReuseGraceMs cannot be -1');
  const serviceTimes = { ...defaultIdpOptions.serviceTimes, token: { meanMs: NaN, shape: 'fixed' as const } };
  expect(() => ask([], { serviceTimes })).toThrow('serviceTimes.token.meanMs cannot be NaN');
  const preissued = [{ refreshToken: 'old', username: 'u1', clientId: 'app', scope: 'openid', expiresAtMs: 1 }];
  expect(() => ask([], { preissued })).toThrow('preissued.refreshToken cannot be old');
});
