import { describe, expect, test } from 'vitest';
import { cast, type HostSpec, type Reply, type World } from '../../simulator/contract/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { ask, rehearsal, standIn } from '../rehearsal.ts';
import { router, type RouterOptions } from './index.ts';

const PLAIN: RouterOptions = { pool: 'app', stickiness: 'none', connectionIdleMs: 240_000, upstreamTimeoutMs: 60_000 };

function edge(options: Partial<RouterOptions> = {}): HostSpec {
  return cast({ name: 'edge', pool: 'edges', role: router, options: { ...PLAIN, ...options } });
}

function instanceOf(reply: Reply): string {
  return reply.headers?.['x-instance'] ?? `none (${reply.status})`;
}

/** Who answers `count` requests, sent one after another. */
function answeredBy(hosts: readonly HostSpec[], count: number): readonly string[] {
  const seen: string[] = [];
  function* script(world: World) {
    for (let key = 0; key < count; key++) seen.push(instanceOf(yield* ask(world, 'edge', { key })));
  }
  runScenario(rehearsal(hosts, script), { seed: 1 });
  return seen;
}

const three = ['app-1', 'app-2', 'app-3'].map((name) => standIn(name, 'app'));

describe('round robin', () => {
  test('takes the instances in turn, in the order of the cast', () => {
    expect(answeredBy([...three, edge()], 7)).toEqual(['app-1', 'app-2', 'app-3', 'app-1', 'app-2', 'app-3', 'app-1']);
  });

  test('requests that come at the same moment take turns as well', () => {
    const seen: string[] = [];
    function* one(world: World, key: number) {
      seen.push(instanceOf(yield* ask(world, 'edge', { key })));
    }
    function* script(world: World) {
      for (let key = 0; key < 300; key++) world.tasks.spawn(one(world, key));
      yield* world.timers.sleep(1_000);
    }
    runScenario(rehearsal([...three, edge()], script), { seed: 1 });
    for (const name of ['app-1', 'app-2', 'app-3']) expect(seen.filter((each) => each === name)).toHaveLength(100);
  });

  test('an instance that joins has its turn in every round from then on', () => {
    const joins = standIn('app-4', 'app', { startAtMs: 10 });
    // Four milliseconds a request: the fourth is forwarded at 13 ms, when the newcomer is there; the round was over then.
    const round = ['app-1', 'app-2', 'app-3', 'app-4'];
    expect(answeredBy([...three, joins, edge()], 11)).toEqual(['app-1', 'app-2', 'app-3', ...round, ...round]);
  });

  test('only the pool that the router is told is chosen from', () => {
    expect(answeredBy([standIn('other-1', 'other'), ...three, edge({ pool: 'other' })], 2)).toEqual([
      'other-1',
      'other-1',
    ]);
  });

  test('a measuring request takes nobody’s turn', () => {
    const seen: string[] = [];
    function* script(world: World) {
      for (let key = 0; key < 6; key++) {
        yield* ask(world, 'edge', { key: 100 + key, weightless: true });
        seen.push(instanceOf(yield* ask(world, 'edge', { key })));
      }
    }
    runScenario(rehearsal([...three, edge()], script), { seed: 1 });
    expect(seen).toEqual(['app-1', 'app-2', 'app-3', 'app-1', 'app-2', 'app-3']);
  });

  test('measuring requests take turns among themselves', () => {
    const seen: string[] = [];
    function* script(world: World) {
      for (let key = 0; key < 4; key++) seen.push(instanceOf(yield* ask(world, 'edge', { key, weightless: true })));
    }
    runScenario(rehearsal([...three, edge()], script), { seed: 1 });
    expect(seen).toEqual(['app-1', 'app-2', 'app-3', 'app-1']);
  });
});

test('with nobody to choose from the answer is 503 with Retry-After', () => {
  const replies: Reply[] = [];
  function* script(world: World) {
    replies.push(yield* ask(world, 'edge'));
  }
  runScenario(rehearsal([edge()], script), { seed: 1 });
  expect(replies[0]).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
});
