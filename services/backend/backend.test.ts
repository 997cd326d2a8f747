import { describe, expect, test } from 'vitest';
import { cast, type Reply, type Request, type World } from '../../simulator/contract/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { defaultIdpOptions, idp, makeBrowser, signIn } from '../idp/index.ts';
import { instantly } from '../idp/rehearsal.ts';
import { ask, rehearsal } from '../rehearsal.ts';
import { backend, defaultBackendOptions, verifierPreset, type BackendOptions } from './index.ts';

const OPTIONS: BackendOptions = {
  ...defaultBackendOptions,
  idp: { host: 'idp', issuer: 'https://idp', audience: 'api' },
  bootMs: 0,
};

const tokens: Partial<BackendOptions> = { verifier: verifierPreset('jose').profile };
const cookies: Partial<BackendOptions> = {
  session: { secrets: ['s'], destructiveRejection: false, resignOnRead: false, lifetimeMs: 3_600_000 },
};

/** What requests to one instance get, with a token that an hour-long sign-in gave where `signed` says so. */
function replies(
  options: Partial<BackendOptions>,
  requests: readonly (Partial<Request> & { signed?: true })[],
): readonly Reply[] {
  const seen: Reply[] = [];
  function* script(world: World) {
    const result = yield* signIn(world, makeBrowser({ user: 'ann', clientId: 'web', idp: 'idp' }), { key: 1 });
    for (const [key, { signed, ...rest }] of requests.entries()) {
      const bearer = signed === true && result.ok ? { bearer: result.tokens.accessToken } : {};
      seen.push(yield* ask(world, 'app', { key, ...bearer, ...rest }));
    }
  }
  const provider = cast({
    name: 'idp',
    pool: 'idp',
    role: idp,
    options: { ...defaultIdpOptions, serviceTimes: instantly },
  });
  const app = cast({ name: 'app', pool: 'app', role: backend, options: { ...OPTIONS, ...options } });
  runScenario(rehearsal([provider, app], script), { seed: 1 });
  return seen;
}

describe('a backend', () => {
  test('serves its API to a valid token and asks for one where there is none', () => {
    const [good, bare] = replies(tokens, [{ path: '/api/data', signed: true }, { path: '/api/data' }]);
    expect(good!.status).toBe(200);
    expect(bare).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
  });

  test('says why it rejects a token', () => {
    const bearer = { header: { alg: 'none' }, claims: {}, signature: '' };
    const [reply] = replies(tokens, [{ path: '/api/data', bearer }]);
    expect(reply!.status).toBe(401);
    expect(reply!.headers!['www-authenticate']).toContain('error="invalid_token"');
  });

  test('serves what is public without any credential', () => {
    expect(replies(tokens, [{ path: '/public/call' }])[0]!.status).toBe(200);
  });

  test('has no pages without sessions, no API without a verifier, and nothing at other paths', () => {
    const paths = ['/api/data', '/app/page', '/portal/settings', '/login', '/elsewhere'];
    const statuses = (options: Partial<BackendOptions>): readonly number[] =>
      replies(
        options,
        paths.map((path) => ({ path })),
      ).map(({ status }) => status);
    expect(statuses(tokens)).toEqual([401, 404, 404, 404, 404]);
    expect(statuses(cookies)).toEqual([404, 302, 302, 200, 404]);
  });

  test('names itself on whatever it answers', () => {
    const paths = ['/api/data', '/app/page', '/public/call', '/healthz', '/readyz', '/metrics', '/login', '/elsewhere'];
    const names = replies(
      { ...tokens, ...cookies },
      paths.map((path) => ({ path })),
    ).map(({ headers }) => headers!['x-instance']);
    expect(names).toEqual(Array(paths.length).fill('app'));
  });
});

test('requests beyond its capacity are refused, and measuring requests take none of it', () => {
  const outcomes: string[] = [];
  function* one(world: World, key: number, weightless: boolean) {
    const reply = yield* ask(world, 'app', { path: '/public/call', key, weightless });
    outcomes.push(`${weightless ? 'measuring' : 'user'} ${reply.failure ?? reply.status}`);
  }
  function* script(world: World) {
    for (let key = 0; key < 4; key++) {
      world.tasks.spawn(one(world, key, false));
      world.tasks.spawn(one(world, 100 + key, true));
    }
    yield* world.timers.sleep(600_000);
  }
  const options: BackendOptions = {
    ...OPTIONS,
    serviceMeanMs: 10_000,
    capacity: { concurrency: 1, queueLimit: 1, overflow: 'refuse' },
  };
  runScenario(rehearsal([cast({ name: 'app', pool: 'app', role: backend, options })], script), { seed: 1 });
  expect([...outcomes].sort()).toEqual([
    ...Array<string>(4).fill('measuring 200'),
    ...Array<string>(2).fill('user 200'),
    ...Array<string>(2).fill('user refused'),
  ]);
});
