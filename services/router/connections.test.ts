import { describe, expect, test } from 'vitest';
import { cast, type HostSpec, type World } from '../../simulator/contract/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { ask, rehearsal, standIn } from '../rehearsal.ts';
import { router, type RouterOptions } from './index.ts';

const IDLE_MS = 240_000;

function edge(rest: Partial<RouterOptions> = {}): HostSpec {
  const options: RouterOptions = {
    pool: 'app',
    stickiness: 'connection',
    connectionIdleMs: IDLE_MS,
    upstreamTimeoutMs: 60_000,
    ...rest,
  };
  return cast({ name: 'edge', pool: 'edges', role: router, options });
}

interface Use {
  readonly atMs: number;
  readonly source?: string;
  readonly connection?: number;
}

/** Who answers these uses, in order of time. */
function answeredBy(uses: readonly Use[], edgeHost = edge(), meanwhile?: (world: World) => void): readonly string[] {
  const seen: string[] = [];
  function* script(world: World) {
    meanwhile?.(world);
    for (const [key, { atMs, source = 'ann', connection = 1 }] of uses.entries()) {
      yield* world.timers.sleepUntil(atMs);
      const reply = yield* ask(world, 'edge', { key, source, connection });
      seen.push(reply.headers?.['x-instance'] ?? `none (${reply.status})`);
    }
  }
  const hosts = ['app-1', 'app-2', 'app-3'].map((name) => standIn(name, 'app'));
  runScenario(rehearsal([...hosts, edgeHost], script), { seed: 1 });
  return seen;
}

function every(stepMs: number, count: number, use: Omit<Use, 'atMs'> = {}): Use[] {
  return Array.from({ length: count }, (_, index) => ({ ...use, atMs: index * stepMs }));
}

describe('a keep-alive connection', () => {
  test('stays with the instance that it reached first', () => {
    expect(new Set(answeredBy(every(60_000, 50)))).toEqual(new Set(['app-1']));
  });

  test('is told apart by its sender and its number', () => {
    const uses: Use[] = [
      { atMs: 0, source: 'ann', connection: 1 },
      { atMs: 10, source: 'ann', connection: 2 },
      { atMs: 20, source: 'bob', connection: 1 },
      { atMs: 30, source: 'ann', connection: 1 },
      { atMs: 40, source: 'ann', connection: 2 },
      { atMs: 50, source: 'bob', connection: 1 },
    ];
    expect(answeredBy(uses)).toEqual(['app-1', 'app-2', 'app-3', 'app-1', 'app-2', 'app-3']);
  });

  test('used again exactly at its idle limit stays, a moment later opens a new one', () => {
    expect(answeredBy([{ atMs: 0 }, { atMs: IDLE_MS }])).toEqual(['app-1', 'app-1']);
    expect(answeredBy([{ atMs: 0 }, { atMs: IDLE_MS + 0.001 }])).toEqual(['app-1', 'app-2']);
  });

  test('lives on by being used: the limit counts from the last use', () => {
    expect(new Set(answeredBy(every(IDLE_MS - 1, 14)))).toEqual(new Set(['app-1']));
  });

  test('moves when its instance is gone, and does not move back when that returns', () => {
    const seen = answeredBy(every(10_000, 12), edge(), (world) => {
      world.tasks.spawn(crash(world));
    });
    expect(seen.slice(0, 4)).toEqual(Array(4).fill('app-1'));
    expect(seen.slice(4)).toEqual(Array(8).fill('app-3'));
  });

  function* crash(world: World) {
    yield* world.timers.sleepUntil(35_000);
    world.hosts!.crash('app-1');
    yield* world.timers.sleepUntil(65_000);
    world.hosts!.start('app-1');
  }

  test('moves when its instance is taken out by health checks', () => {
    const health = { path: '/readyz', periodMs: 5_000, timeoutMs: 1_000, fallCount: 2, riseCount: 1 };
    const hosts = [
      standIn('app-1', 'app', {
        answer: ({ path }, nowMs) => ({ status: path === '/readyz' && nowMs > 30_000 ? 503 : 200 }),
      }),
      standIn('app-2', 'app'),
    ];
    const seen: string[] = [];
    function* script(world: World) {
      for (let key = 1; key < 10; key++) {
        yield* world.timers.sleepUntil(key * 6_000);
        seen.push((yield* ask(world, 'edge', { key, connection: 1 })).headers!['x-instance']!);
      }
    }
    runScenario(rehearsal([...hosts, edge({ health })], script), { seed: 1 });
    // Checks fail at 30 and 35 s.
    expect(seen).toEqual([...Array<string>(5).fill('app-1'), ...Array<string>(4).fill('app-2')]);
  });

  test('moves with a retry to the instance that answered', () => {
    const hosts = [standIn('app-1', 'app', { serviceMs: Infinity }), standIn('app-2', 'app'), standIn('app-3', 'app')];
    const seen: string[] = [];
    function* script(world: World) {
      for (let key = 0; key < 3; key++) {
        const reply = yield* ask(world, 'edge', { key, connection: 1 });
        seen.push(`${reply.headers!['x-instance']!} at ${world.clock.nowMs()}`);
      }
    }
    const retry = { attemptCount: 1, retries: ['no-answer'] as const };
    runScenario(rehearsal([...hosts, edge({ retry, upstreamTimeoutMs: 1_000 })], script), { seed: 1 });
    expect(seen).toEqual(['app-2 at 1004', 'app-2 at 1008', 'app-2 at 1012']);
  });
});

test('without stickiness one connection takes turns like everybody', () => {
  expect(answeredBy(every(1_000, 4), edge({ stickiness: 'none' }))).toEqual(['app-1', 'app-2', 'app-3', 'app-1']);
});
