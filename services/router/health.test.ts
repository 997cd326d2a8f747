import { describe, expect, test } from 'vitest';
import { cast, type HostSpec, type Response, type World } from '../../simulator/contract/index.ts';
import { runScenario, type RunRecord } from '../../simulator/virtual/index.ts';
import { ask, rehearsal, standIn } from '../rehearsal.ts';
import { defaultRouterOptions, router, type HealthCheckOptions, type RouterOptions } from './index.ts';

const CHECK: HealthCheckOptions = { path: '/readyz', periodMs: 10_000, timeoutMs: 1_000, fallCount: 3, riseCount: 1 };

function edge(health: Partial<HealthCheckOptions> = {}, rest: Partial<RouterOptions> = {}): HostSpec {
  const options = { ...defaultRouterOptions, pool: 'app', health: { ...CHECK, ...health }, ...rest };
  return cast({ name: 'edge', pool: 'edges', role: router, options });
}

/** Well except for its health check in these stretches of seconds. */
function illFor(...stretches: readonly (readonly [fromS: number, untilS: number])[]) {
  return ({ path }: { readonly path: string }, nowMs: number): Response => {
    const ill =
      path === '/readyz' && stretches.some(([fromS, untilS]) => nowMs >= fromS * 1000 && nowMs < untilS * 1000);
    return { status: ill ? 503 : 200 };
  };
}

/** One request a second, from 0.5 s on. */
function* everySecond(world: World) {
  for (let key = 0; key < 120; key++) {
    yield* world.timers.sleepUntil(500 + key * 1000);
    yield* ask(world, 'edge', { key });
  }
}

function run(hosts: readonly HostSpec[], script = everySecond): RunRecord {
  return runScenario(rehearsal(hosts, script, { endMs: 121_000 }), { seed: 1 });
}

/** Seconds at which an instance served users. */
function servedAtS(record: RunRecord, instance: string): readonly number[] {
  const served = record.notes.filter(
    ({ kind, host, detail }) => kind === 'served' && host === instance && detail['path'] === '/',
  );
  return served.map(({ atMs }) => atMs / 1000);
}

function changes(record: RunRecord): readonly string[] {
  const noted = record.notes.filter(({ kind }) => kind === 'router.healthy' || kind === 'router.unhealthy');
  return noted.map(({ kind, atMs, detail }) => `${atMs} ${kind} ${String(detail['instance'])}`);
}

describe('a newcomer', () => {
  test('gets no traffic before its first check has passed, though its door is open', () => {
    const record = run([
      standIn('app-1', 'app'),
      standIn('app-2', 'app', { startAtMs: 31_000, bootMs: 5_000 }),
      edge(),
    ]);
    expect(changes(record)).toEqual(['10002 router.healthy app-1', '40002 router.healthy app-2']);
    expect(servedAtS(record, 'app-2')[0]).toBeGreaterThan(40.002);
    expect(servedAtS(record, 'app-2').length).toBe(40);
  });

  test('must pass as many checks in a row as the rise count says', () => {
    const record = run([standIn('app-1', 'app', { answer: illFor([15, 25]) }), edge({ riseCount: 3 })]);
    // Passed at 10 s, failed at 20, then 30, 40, 50.
    expect(changes(record)).toEqual(['50002 router.healthy app-1']);
  });

  test('without a health check has traffic at once', () => {
    const { health: _, ...unchecked } = defaultRouterOptions;
    const options = { ...unchecked, pool: 'app' };
    const plain = cast({ name: 'edge', pool: 'edges', role: router, options });
    expect(servedAtS(run([standIn('app-1', 'app'), plain]), 'app-1')[0]).toBe(0.502);
  });

  test('is what an instance becomes that was gone while the router looked', () => {
    function* script(world: World) {
      world.tasks.spawn(everySecond(world));
      yield* world.timers.sleepUntil(22_000);
      world.hosts!.crash('app-2');
      yield* world.timers.sleepUntil(24_000);
      world.hosts!.start('app-2');
      yield* world.timers.sleep(Infinity);
    }
    const served = servedAtS(run([standIn('app-1', 'app'), standIn('app-2', 'app'), edge()], script), 'app-2');
    expect(served.filter((atS) => atS >= 21 && atS < 30)).toEqual([21.502]);
    expect(served.filter((atS) => atS >= 30 && atS < 40)).toHaveLength(5);
  });
});

describe('an instance that fails its checks', () => {
  test('is out after the fall count, not sooner, and back after the rise count', () => {
    const record = run([
      standIn('app-1', 'app'),
      standIn('app-2', 'app', { answer: illFor([35, 75]) }),
      edge({ riseCount: 2 }),
    ]);
    const own = changes(record).filter((change) => change.endsWith('app-2'));
    // Failed at 40, 50, 60; passed at 80, 90.
    expect(own).toEqual(['20002 router.healthy app-2', '60002 router.unhealthy app-2', '90002 router.healthy app-2']);
    const served = servedAtS(record, 'app-2');
    expect(served.filter((atS) => atS > 35 && atS < 60)).not.toEqual([]);
    expect(served.filter((atS) => atS > 60.002 && atS < 90.002)).toEqual([]);
    expect(served.filter((atS) => atS > 90)).not.toEqual([]);
  });

  test('stays in when a passed check comes between the failed ones', () => {
    const flapping = standIn('app-1', 'app', { answer: illFor([15, 35], [45, 65], [75, 95]) });
    expect(changes(run([flapping, edge()]))).toEqual(['10002 router.healthy app-1']);
  });

  test('answers too late to pass: a check has a time-out of its own', () => {
    const slow = standIn('app-1', 'app', { serviceMs: 1_500 });
    expect(changes(run([slow, edge()]))).toEqual([]);
    expect(changes(run([slow, edge({ timeoutMs: 2_000 })]))).toEqual(['11502 router.healthy app-1']);
  });

  test('is checked on the path that the options name', () => {
    const ill = standIn('app-1', 'app', { answer: illFor([0, 120]) });
    expect(changes(run([ill, edge({ path: '/healthz' })]))).toEqual(['10002 router.healthy app-1']);
  });
});

test('an instance restarted in place keeps its standing: retries cover for it until the checks notice', () => {
  function* script(world: World) {
    world.tasks.spawn(everySecond(world));
    yield* world.timers.sleepUntil(20_900);
    yield* world.hosts!.stop('app-2', 1_000);
    world.hosts!.start('app-2');
    yield* world.timers.sleep(Infinity);
  }
  const statuses: number[] = [];
  function* watched(world: World) {
    world.tasks.spawn(script(world));
    for (let key = 1_000; key < 1_060; key++) {
      yield* world.timers.sleepUntil(20_000 + (key - 1_000) * 500);
      statuses.push((yield* ask(world, 'edge', { key })).status);
    }
  }
  const hosts = [standIn('app-1', 'app'), standIn('app-2', 'app', { bootMs: 15_000 }), edge({ periodMs: 5_000 })];
  const record = run(hosts, watched);
  expect(changes(record).filter((change) => change.endsWith('app-2'))).toEqual([
    '15002 router.healthy app-2',
    '35002 router.unhealthy app-2',
    '40002 router.healthy app-2',
  ]);
  expect(new Set(statuses)).toEqual(new Set([200]));
});
