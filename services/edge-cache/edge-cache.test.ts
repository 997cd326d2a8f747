import { describe, expect, test } from 'vitest';
import { cast, type FaultSpec, type Reply, type World } from '../../simulator/contract/index.ts';
import { RecordView } from '../../simulator/experiment/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { bindFault, status } from '../faults/index.ts';
import { ask, rehearsal, standIn } from '../rehearsal.ts';
import { defaultEdgeCacheOptions, edgeCache, PURGE_PATH, type CacheRule, type EdgeCacheOptions } from './index.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const RULE: CacheRule = { path: '/jwks', maxAgeMs: MINUTE_MS, staleWhileRevalidateMs: 0, staleIfErrorMs: 0 };

/** The origin says in its body at which second it answered. */
const origin = (serviceMs = 0) =>
  standIn('origin', 'origins', {
    serviceMs,
    answer: (_, nowMs) => ({ status: 200, body: { second: Math.floor(nowMs / SECOND_MS) } }),
  });

interface Options extends Partial<Omit<EdgeCacheOptions, 'rules'>> {
  readonly rule?: Partial<CacheRule>;
  readonly serviceMs?: number;
  readonly faults?: readonly FaultSpec[];
}

function run(script: (world: World) => Generator, { rule, serviceMs, faults, ...rest }: Options = {}): RecordView {
  const options = { ...defaultEdgeCacheOptions, origin: 'origin', rules: [{ ...RULE, ...rule }], ...rest };
  const hosts = [origin(serviceMs), cast({ name: 'edge', pool: 'edges', role: edgeCache, options })];
  const scenario = rehearsal(hosts, script as (world: World) => Generator<never, void>, { faults: faults ?? [] });
  return new RecordView(runScenario(scenario, { seed: 1 }));
}

const secondOf = ({ body }: Reply) => (body as { readonly second: number }).second;
const answers = (view: RecordView, result: string) => view.total('edge-cache.answers', { cache: 'edge', result });
const served = (view: RecordView) => view.notes('served').length;

function* get(world: World, rest: Parameters<typeof ask>[2] = {}) {
  return yield* ask(world, 'edge', { path: '/jwks', ...rest });
}

describe('a copy', () => {
  test('is served without a question until its age is over, and says how old it is', () => {
    const seen: unknown[] = [];
    const view = run(function* (world) {
      for (const atMs of [SECOND_MS, 30 * SECOND_MS, 59 * SECOND_MS, 62 * SECOND_MS]) {
        yield* world.timers.sleepUntil(atMs);
        const reply = yield* get(world);
        seen.push([secondOf(reply), reply.headers?.['age']]);
      }
    });
    expect(seen).toEqual([
      [1, '0'],
      [1, '28'],
      [1, '57'],
      [62, '0'],
    ]);
    expect([answers(view, 'miss'), answers(view, 'hit'), served(view)]).toEqual([2, 2, 2]);
  });

  test('tells readers how long they may keep it only where the rule says so', () => {
    const seen: unknown[] = [];
    const script = function* (world: World) {
      seen.push((yield* get(world)).headers?.['cache-control']);
    };
    run(script);
    run(script, { rule: { readerMaxAgeMs: 240 * MINUTE_MS } });
    expect(seen).toEqual([undefined, 'max-age=14400']);
  });

  test('of one location is not that of another, and a reader always meets the same', () => {
    const perSource: number[][] = [];
    run(
      function* (world) {
        for (let reader = 0; reader < 8; reader++) {
          yield* world.timers.sleep(SECOND_MS);
          const once = secondOf(yield* get(world, { source: `reader-${reader}` }));
          perSource.push([once, secondOf(yield* get(world, { source: `reader-${reader}` }))]);
        }
      },
      { locationCount: 3 },
    );
    expect(perSource.every(([once, again]) => once === again)).toBe(true);
    expect(new Set(perSource.map(([once]) => once)).size).toBe(3);
  });

  test('of a path is not that of the same path with a query, which is how readers get around it', () => {
    const seen: number[] = [];
    run(function* (world) {
      seen.push(secondOf(yield* get(world)));
      yield* world.timers.sleep(10 * SECOND_MS);
      seen.push(secondOf(yield* get(world)), secondOf(yield* get(world, { query: { fresh: '1' } })));
    });
    expect(seen).toEqual([0, 0, 10]);
  });
});

test('a path without a rule, and anything but GET, passes', () => {
  const view = run(function* (world) {
    for (let n = 0; n < 3; n++) {
      yield* get(world, { path: '/token' });
      yield* get(world, { method: 'POST' });
    }
  });
  expect(served(view)).toBe(6);
  expect(view.total('edge-cache.answers')).toBe(0);
});

test('readers who come while a copy is fetched wait for that fetch', () => {
  const seen: number[] = [];
  const view = run(
    function* (world) {
      const calls = [1, 2, 3].map((key) => world.tasks.spawn(get(world, { key })));
      for (const call of calls) seen.push(secondOf((yield* call.join()) as Reply));
    },
    { serviceMs: 5_000 },
  );
  expect(served(view)).toBe(1);
  expect(new Set(seen).size).toBe(1);
});

test('a stale copy may be served while a new one is fetched', () => {
  const seen: number[] = [];
  const view = run(
    function* (world) {
      yield* get(world);
      for (const atMs of [65 * SECOND_MS, 70 * SECOND_MS, 200 * SECOND_MS]) {
        yield* world.timers.sleepUntil(atMs);
        seen.push(secondOf(yield* get(world)));
      }
    },
    { rule: { staleWhileRevalidateMs: 30 * SECOND_MS } },
  );
  // Old at 65 s, the one fetched then at 70 s; at 200 s that one is too old to be served while waiting.
  expect(seen).toEqual([0, 65, 200]);
  expect(answers(view, 'stale')).toBe(1);
});

test.each([
  { staleIfErrorMs: 10 * MINUTE_MS, expected: [200, 200, 503] },
  { staleIfErrorMs: 0, expected: [200, 503, 503] },
])('when the origin fails an old copy is served for $staleIfErrorMs ms', ({ staleIfErrorMs, expected }) => {
  const statuses: number[] = [];
  const failing = bindFault(status({ status: 503 }), {
    id: 'origin-fails',
    target: 'origin',
    fromMs: 30 * SECOND_MS,
    untilMs: 30 * MINUTE_MS,
  });
  run(
    function* (world) {
      for (const atMs of [0, 5 * MINUTE_MS, 15 * MINUTE_MS]) {
        yield* world.timers.sleepUntil(atMs);
        statuses.push((yield* get(world)).status);
      }
    },
    { rule: { staleIfErrorMs }, faults: [failing] },
  );
  expect(statuses).toEqual(expected);
});

describe('a purge', () => {
  test('makes every location ask again, and notes where the document has become another', () => {
    const seen: number[] = [];
    const view = run(
      function* (world) {
        yield* world.timers.sleepUntil(10 * SECOND_MS);
        for (const source of ['a', 'b', 'c', 'd']) yield* get(world, { source });
        yield* get(world, { method: 'POST', path: PURGE_PATH, body: { paths: ['/jwks'] } });
        yield* world.timers.sleepUntil(20 * SECOND_MS);
        for (const source of ['a', 'b', 'c', 'd']) seen.push(secondOf(yield* get(world, { source })));
      },
      { locationCount: 2, rule: { maxAgeMs: 60 * MINUTE_MS } },
    );
    expect(seen).toEqual([20, 20, 20, 20]);
    expect(view.notes('edge-cache.purged').map(({ detail }) => detail['copyCount'])).toEqual([2]);
    expect(view.notes('edge-cache.changed').map(({ detail }) => detail['path'])).toEqual(['/jwks', '/jwks']);
  });

  test('of other paths leaves a copy alone', () => {
    const seen: number[] = [];
    run(function* (world) {
      seen.push(secondOf(yield* get(world)));
      yield* get(world, { method: 'POST', path: PURGE_PATH, body: { paths: ['/other'] } });
      yield* world.timers.sleep(10 * SECOND_MS);
      seen.push(secondOf(yield* get(world)));
    });
    expect(seen).toEqual([0, 0]);
  });
});

test('a cache that has long been running begins with copies of different ages', () => {
  const ages: number[] = [];
  const view = run(
    function* (world) {
      yield* world.timers.sleep(SECOND_MS);
      for (let reader = 0; reader < 40; reader++) {
        ages.push(Number((yield* get(world, { source: `reader-${reader}` })).headers?.['age']));
      }
    },
    { warm: true, locationCount: 20, rule: { maxAgeMs: 60 * MINUTE_MS } },
  );
  expect(answers(view, 'hit')).toBe(40);
  expect(new Set(ages).size).toBeGreaterThan(5);
  expect(Math.max(...ages)).toBeLessThan(3600);
});

test('a measuring request is answered from a copy, and makes none', () => {
  const view = run(function* (world) {
    yield* get(world, { weightless: true });
    yield* get(world);
    yield* get(world, { weightless: true });
  });
  expect([answers(view, 'miss'), answers(view, 'hit'), served(view)]).toEqual([1, 0, 2]);
});

test.each([
  [{ rule: { maxAgeMs: 0 } }, 'maxAgeMs of /jwks cannot be 0'],
  [{ rule: { staleIfErrorMs: -1 } }, 'staleIfErrorMs of /jwks cannot be -1'],
  [{ locationCount: 1.5 }, 'locationCount cannot be 1.5'],
  [{ originTimeoutMs: 0 }, 'originTimeoutMs cannot be 0'],
])('impossible options are refused by name: %j', (options: Options, message) => {
  expect(() => run(function* () {}, options)).toThrow(message);
});
