import { describe, expect, test } from 'vitest';
import { cast, type HostSpec, type Response, type World } from '../../simulator/contract/index.ts';
import { runScenario, type RunRecord } from '../../simulator/virtual/index.ts';
import { ask, rehearsal, standIn } from '../rehearsal.ts';
import { DEFAULT_TEST } from '../sequential-test.ts';
import { DRAIN_PATH, router, type RouterOptions, type SkewOptions } from './index.ts';

const SKEW: SkewOptions = {
  ...DEFAULT_TEST,
  counts: ['401'],
  ejectMs: 30_000,
  maxEjectMs: 300_000,
  maxSkewedRatio: 0.5,
  actedAs: 'ejector',
};

function edge(rest: Partial<RouterOptions> = { skew: SKEW }): HostSpec {
  const options: RouterOptions = {
    pool: 'app',
    stickiness: 'none',
    connectionIdleMs: 240_000,
    upstreamTimeoutMs: 60_000,
    ...rest,
  };
  return cast({ name: 'edge', pool: 'edges', role: router, options });
}

type Answer = (nowMs: number) => number;

function pool(...answers: readonly Answer[]): readonly HostSpec[] {
  return answers.map((answer, index) => {
    return standIn(`app-${index + 1}`, 'app', { answer: (_, nowMs): Response => ({ status: answer(nowMs) }) });
  });
}

const well: Answer = () => 200;
const refusing: Answer = () => 401;
const refusingUntil =
  (untilMs: number): Answer =>
  (nowMs) =>
    nowMs < untilMs ? 401 : 200;

/** One request a second for ten minutes. */
function* everySecond(world: World) {
  for (let key = 0; key < 600; key++) {
    yield* world.timers.sleepUntil(1000 * key);
    yield* ask(world, 'edge', { key });
  }
}

function run(hosts: readonly HostSpec[], script = everySecond): RunRecord {
  return runScenario(rehearsal(hosts, script, { endMs: 601_000 }), { seed: 1 });
}

function noted(record: RunRecord, kind: string): readonly string[] {
  const notes = record.notes.filter((note) => note.kind === kind);
  return notes.map(({ atMs, detail }) => `${Math.floor(atMs / 1000)} ${String(detail['instance'])}`);
}

function servedCount(record: RunRecord, instance: string): number {
  return record.notes.filter(({ kind, host }) => kind === 'served' && host === instance).length;
}

describe('ejection on skew', () => {
  test('takes out the one that refuses what the others accept, after six refusals, and says that it acted', () => {
    const record = run([...pool(well, well, well, refusing), edge()]);
    // Every fourth second is its turn: 3, 7, … 23.
    expect(noted(record, 'router.ejected')[0]).toBe('23 app-4');
    expect(noted(record, 'mitigation.acted').length).toBe(noted(record, 'router.ejected').length);
    // Of 150 without it.
    expect(servedCount(record, 'app-4')).toBeLessThan(25);
  });

  test('keeps it out longer each time, up to the limit, and needs only three refusals to do it again', () => {
    const record = run([...pool(well, refusing), edge()]);
    const ejected = noted(record, 'router.ejected').map((line) => Number(line.split(' ')[0]));
    expect(ejected[0]).toBe(11);
    const lengths = ejected.slice(1).map((atS, index) => atS - ejected[index]!);
    expect(lengths.slice(0, 3)).toEqual([35, 65, 95]);
  });

  test('forgives what is long ago: after a while of good answers the next ejection is a short one again', () => {
    // Ill for the first 100 s, well until 400 s, then ill again.
    const twice: Answer = (nowMs) => (nowMs < 100_000 || nowMs > 400_000 ? 401 : 200);
    const again = (forgiveMs: number): number => {
      const record = run([...pool(well, twice), edge({ skew: { ...SKEW, forgiveMs } })]);
      const ejected = noted(record, 'router.ejected').map((line) => Number(line.split(' ')[0]));
      const late = ejected.filter((atS) => atS > 400);
      return late[1]! - late[0]!;
    };
    expect(again(30_000)).toBeLessThan(40);
    expect(again(1e9)).toBeGreaterThan(90);
  });

  test('lets it stay once it is well again', () => {
    const record = run([...pool(well, well, well, refusingUntil(40_000)), edge()]);
    expect(noted(record, 'router.ejected')).toEqual(['23 app-4']);
    expect(servedCount(record, 'app-4')).toBeGreaterThan(100);
  });

  test('leaves a pool alone in which all refuse: it lets back whoever it had taken out, and nobody goes again', () => {
    const record = run([...pool(refusing, refusing, refusing, refusing), edge()]);
    const lastEjectedS = Number(noted(record, 'router.ejected').at(-1)!.split(' ')[0]);
    expect(lastEjectedS).toBeLessThan(30);
    expect(noted(record, 'router.released').length).toBe(noted(record, 'router.ejected').length);
    for (const name of ['app-1', 'app-2', 'app-3', 'app-4']) expect(servedCount(record, name)).toBeGreaterThan(130);
  });

  test('half of the pool is still the instances, one more is not', () => {
    expect(noted(run([...pool(well, well, refusing, refusing), edge()]), 'router.released')).toEqual([]);
    const { length } = noted(run([...pool(well, refusing, refusing, refusing), edge()]), 'router.released');
    expect(length).toBeGreaterThan(0);
  });

  test('does not mind an ordinary share of refusals: one in twenty', () => {
    let count = 0;
    const ordinary = (): number => (++count % 20 === 0 ? 401 : 200);
    expect(noted(run([...pool(ordinary, ordinary), edge()]), 'router.ejected')).toEqual([]);
  });

  test('is blind to what it is not told to count', () => {
    const skew = { ...SKEW, counts: ['5xx'] as const };
    expect(noted(run([...pool(well, refusing), edge({ skew })]), 'router.ejected')).toEqual([]);
  });

  test('is not brought about by measuring requests', () => {
    function* measuring(world: World) {
      for (let key = 0; key < 50; key++) yield* ask(world, 'edge', { key, weightless: true });
    }
    expect(noted(run([...pool(well, refusing), edge()], measuring), 'router.ejected')).toEqual([]);
  });
});

describe('an administrator', () => {
  const drain = (world: World, instance: string) =>
    ask(world, 'edge', { method: 'POST', path: DRAIN_PATH, body: { instance } });

  test('takes an instance out, which then gets nothing new', () => {
    const statuses: number[] = [];
    function* script(world: World) {
      statuses.push((yield* drain(world, 'app-2')).status);
      yield* everySecond(world);
    }
    const record = run([...pool(well, well, well), edge({})], script);
    expect(statuses).toEqual([204]);
    expect(servedCount(record, 'app-2')).toBe(0);
    expect(servedCount(record, 'app-1')).toBe(300);
  });

  test('is refused where less than half of the pool would be left, or where there is no such instance', () => {
    const statuses: number[] = [];
    function* script(world: World) {
      for (const name of ['app-1', 'app-2', 'app-3', 'nobody']) statuses.push((yield* drain(world, name)).status);
    }
    run([...pool(well, well, well, well), edge({})], script);
    expect(statuses).toEqual([204, 204, 409, 409]);
  });

  test('need not put it back, also when it comes back too soon to leave the pool: once the checks have seen it down and up', () => {
    const health = { path: '/readyz', periodMs: 1_000, timeoutMs: 500, fallCount: 2, riseCount: 1 };
    function* script(world: World) {
      yield* world.timers.sleep(10_000);
      yield* drain(world, 'app-2');
      world.hosts!.crash('app-2');
      world.hosts!.start('app-2');
      yield* world.timers.sleep(20_000);
      for (let key = 0; key < 10; key++) yield* ask(world, 'edge', { key, path: '/api' });
    }
    const slowToBoot = standIn('app-2', 'app', { bootMs: 5_000 });
    const record = run([...pool(well), slowToBoot, edge({ health })], script);
    const served = record.notes.filter(({ host, detail }) => host === 'app-2' && detail['path'] === '/api');
    expect(served).toHaveLength(5);
  });

  test('need not put it back: once the checks have seen it down and up again it is in the rotation', () => {
    const health = { path: '/readyz', periodMs: 1_000, timeoutMs: 500, fallCount: 2, riseCount: 1 };
    function* script(world: World) {
      yield* world.timers.sleep(10_000);
      yield* drain(world, 'app-2');
      yield* world.timers.sleep(10_000);
      world.hosts!.crash('app-2');
      yield* world.timers.sleep(10_000);
      world.hosts!.start('app-2');
      yield* world.timers.sleep(10_000);
      for (let key = 0; key < 10; key++) yield* ask(world, 'edge', { key, path: '/api' });
    }
    const record = run([...pool(well, well), edge({ health })], script);
    const served = record.notes.filter(({ host, detail }) => host === 'app-2' && detail['path'] === '/api');
    expect(served).toHaveLength(5);
  });
});
