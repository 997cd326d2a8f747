import { describe, expect, test } from 'vitest';
import { cast, type HostSpec, type Reply, type Request, type World } from '../../simulator/contract/index.ts';
import { RecordView } from '../../simulator/experiment/index.ts';
import { runScenario, type RunRecord } from '../../simulator/virtual/index.ts';
import { defaultIdpOptions, idp, type IdpOptions } from '../idp/index.ts';
import { ask, rehearsal, standIn } from '../rehearsal.ts';
import { router, type RouterOptions } from '../router/index.ts';
import { RATE_LIMIT_PATH, type RateLimitOptions } from './index.ts';

/** One a minute after a burst of three. */
const LIMIT: RateLimitOptions = {
  ratePerSecond: 1 / 60,
  burstCount: 3,
  clientKey: 'source',
  paths: ['/token'],
  retryAfterSeconds: 60,
};

const app = standIn('app-1', 'app');

function edge(rateLimit: Partial<RateLimitOptions> | undefined): HostSpec {
  const options: RouterOptions = {
    pool: 'app',
    stickiness: 'none',
    connectionIdleMs: 240_000,
    upstreamTimeoutMs: 60_000,
    ...(rateLimit === undefined ? {} : { rateLimit: { ...LIMIT, ...rateLimit } }),
  };
  return cast({ name: 'edge', pool: 'edges', role: router, options });
}

type Sent = Partial<Request> & { readonly atMs: number };

interface Outcome {
  readonly replies: readonly Reply[];
  readonly record: RunRecord;
}

/** Sends these requests to `/token`, each at its moment or when the one before is answered. */
function send(edgeHost: HostSpec, requests: readonly Sent[]): Outcome {
  const replies: Reply[] = [];
  function* script(world: World) {
    for (const [key, { atMs, ...rest }] of requests.entries()) {
      yield* world.timers.sleepUntil(atMs);
      replies.push(yield* ask(world, 'edge', { method: 'POST', path: '/token', key, ...rest }));
    }
  }
  const record = runScenario(rehearsal([app, edgeHost], script, { endMs: 86_400_000 }), { seed: 1 });
  return { replies, record };
}

function statuses(edgeHost: HostSpec, requests: readonly Sent[]): readonly number[] {
  return send(edgeHost, requests).replies.map(({ status }) => status);
}

function times(...atMs: number[]): Sent[] {
  return atMs.map((each) => ({ atMs: each }));
}

const MINUTE_MS = 60_000;
/** Three requests that use up the burst; the door sees the first at 1 ms. What it had then is full again a minute a token later. */
const burst = times(0, 0, 0);

describe('a token bucket', () => {
  test('lets its burst through and refuses the next with 429 and Retry-After', () => {
    const { replies } = send(edge({}), times(0, 0, 0, 0));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(replies[3]!.headers).toEqual({ 'retry-after': '60' });
  });

  test('gives one token back after 60 s at one a minute, and not a moment sooner', () => {
    expect(statuses(edge({}), [...burst, ...times(MINUTE_MS)])).toEqual([200, 200, 200, 200]);
    expect(statuses(edge({}), [...burst, ...times(MINUTE_MS - 0.001)])).toEqual([200, 200, 200, 429]);
  });

  test('is no fuller than its burst after any pause', () => {
    const after = times(10 * MINUTE_MS, 10 * MINUTE_MS, 10 * MINUTE_MS, 10 * MINUTE_MS);
    expect(statuses(edge({}), [...burst, ...after])).toEqual([200, 200, 200, 200, 200, 200, 429]);
  });

  test('is not slowed down by those it refuses: who asks every 6 s is let in each minute', () => {
    const asks = Array.from({ length: 41 }, (_, index) => ({ atMs: index * 6_000 }));
    const admitted = statuses(edge({ burstCount: 1 }), asks).flatMap((status, index) =>
      status === 200 ? [index * 6] : [],
    );
    expect(admitted).toEqual([0, 60, 120, 180, 240]);
  });

  test('in the long run lets through its burst and its rate', () => {
    const asks = Array.from({ length: 6_000 }, (_, index) => ({ atMs: index * 1_000 }));
    const admitted = statuses(edge({}), asks).filter((status) => status === 200).length;
    // 5,999 s at one a minute are 99 tokens and a fraction, beside the burst.
    expect(admitted).toBe(3 + 99);
  });

  test('limits only the paths that it names, by their beginning', () => {
    const paths = ['/token', '/token/revoke', '/jwks', '/token', '/token', '/jwks', '/tok'];
    const requests = paths.map((path) => ({ atMs: 0, path }));
    expect(statuses(edge({}), requests)).toEqual([200, 200, 200, 200, 429, 200, 200]);
  });
});

describe('whom a limit tells apart', () => {
  const clientId = (id: string) => ({ client_id: id });

  test('by address: one looping machine starves its office behind the same address', () => {
    const office = ['loop', 'loop', 'loop', 'ann', 'bob'].map((id) => ({
      atMs: 0,
      source: 'office',
      body: clientId(id),
    }));
    expect(statuses(edge({}), office)).toEqual([200, 200, 200, 429, 429]);
    expect(statuses(edge({}), [...office, { atMs: 0, source: 'home', body: clientId('ann') }]).at(-1)).toBe(200);
  });

  test('by client id: the office goes on, the looping client is refused wherever it is', () => {
    const requests = ['loop', 'loop', 'loop', 'ann', 'loop'].map((id) => ({
      atMs: 0,
      source: 'office',
      body: clientId(id),
    }));
    expect(statuses(edge({ clientKey: 'client-id' }), requests)).toEqual([200, 200, 200, 200, 429]);
    const elsewhere = { atMs: 0, source: 'home', body: clientId('loop') };
    expect(statuses(edge({ clientKey: 'client-id' }), [...requests, elsewhere]).at(-1)).toBe(429);
  });

  test('the client id of an authorization request stands in its query', () => {
    const requests = ['loop', 'loop', 'loop', 'loop', 'ann'].map((id) => ({
      atMs: 0,
      path: '/authorize',
      source: 'office',
      query: clientId(id),
    }));
    const limit = { clientKey: 'client-id', paths: ['/authorize'] } as const;
    expect(statuses(edge(limit), requests)).toEqual([200, 200, 200, 429, 200]);
  });

  test('without a client id its address tells a client', () => {
    const requests = ['a', 'a', 'a', 'a', 'b'].map((source) => ({ atMs: 0, source }));
    expect(statuses(edge({ clientKey: 'client-id' }), requests)).toEqual([200, 200, 200, 429, 200]);
  });

  test('measuring requests pass and take no token', () => {
    const measuring: Sent[] = Array.from({ length: 10 }, () => ({ atMs: 0, weightless: true }));
    expect(statuses(edge({}), [...measuring, ...times(0, 0, 0, 0), ...measuring])).toEqual([
      ...Array<number>(13).fill(200),
      429,
      ...Array<number>(10).fill(200),
    ]);
  });
});

test('a refusal takes no worker and no place in the queue: it comes at once from a service that is full', () => {
  const outcomes: string[] = [];
  function* one(world: World, key: number) {
    const reply = yield* ask(world, 'auth', { method: 'POST', path: '/token', key });
    outcomes.push(`${key}: ${reply.failure ?? reply.status} at ${world.clock.nowMs()}`);
  }
  function* script(world: World) {
    for (let key = 0; key < 3; key++) world.tasks.spawn(one(world, key));
    yield* world.timers.sleep(1_000_000);
  }
  const options: IdpOptions = {
    ...defaultIdpOptions,
    rateLimit: { ...LIMIT, burstCount: 2 },
    capacity: { concurrency: 1, queueLimit: 1, overflow: 'refuse' },
    serviceTimes: { ...defaultIdpOptions.serviceTimes, token: { meanMs: 100_000, shape: 'fixed' } },
  };
  runScenario(rehearsal([cast({ name: 'auth', pool: 'auth', role: idp, options })], script), { seed: 1 });
  expect(outcomes).toEqual(['2: 429 at 2', '0: 400 at 100002', '1: 400 at 200002']);
});

describe('an administrator', () => {
  const set = (atMs: number, limit: Partial<RateLimitOptions> = {}): Sent => ({
    atMs,
    path: RATE_LIMIT_PATH,
    source: 'admin',
    body: { ...LIMIT, ...limit },
  });

  test('sets a limit while the service runs, and another one later', () => {
    const requests = [
      ...times(0, 0, 0, 0),
      set(100),
      ...times(200, 200, 200, 200),
      set(300, { burstCount: 1 }),
      ...times(400, 400),
    ];
    const { replies, record } = send(edge(undefined), requests);
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 204, 200, 200, 200, 429, 204, 200, 429]);
    expect(record.notes.filter(({ kind }) => kind === 'rate-limit.set').map(({ atMs }) => atMs)).toEqual([101, 301]);
  });

  test('who only looks at the setting changes nothing', () => {
    const look: Sent = { atMs: 10, method: 'GET', path: RATE_LIMIT_PATH };
    const { replies, record } = send(edge({}), [...burst, look, ...times(20)]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429]);
    expect(record.notes.some(({ kind }) => kind === 'rate-limit.set')).toBe(false);
  });
});

describe('what a limit leaves behind', () => {
  test('each refusal is counted; the mitigation under test is said to have acted once', () => {
    const { record } = send(edge({ actedAs: 'per-client-rate-limit' }), times(...Array<number>(10).fill(0)));
    expect(new RecordView(record).total('edge.rate-limited')).toBe(7);
    const acted = record.notes.filter(({ kind }) => kind === 'mitigation.acted');
    expect(acted.map(({ detail }) => detail)).toEqual([{ mitigation: 'per-client-rate-limit' }]);
  });

  test('the owner’s own limit is nobody’s mitigation, and one that refuses nobody has not acted', () => {
    const noted = (outcome: Outcome) => outcome.record.notes.filter(({ kind }) => kind === 'mitigation.acted').length;
    expect(noted(send(edge({}), times(0, 0, 0, 0)))).toBe(0);
    expect(noted(send(edge({ actedAs: 'per-client-rate-limit' }), burst))).toBe(0);
  });
});
