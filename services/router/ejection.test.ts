import { describe, expect, test } from 'vitest';
import { cast, type HostSpec, type World } from '../../simulator/contract/index.ts';
import { runScenario, type RunRecord } from '../../simulator/virtual/index.ts';
import { ask, rehearsal, standIn } from '../rehearsal.ts';
import { router, type EjectionOptions, type RouterOptions } from './index.ts';

/** Envoy's rule, with room for one of two. */
const OUTLIERS: EjectionOptions = {
  consecutiveCount: 5,
  counts: ['5xx'],
  ejectMs: 30_000,
  maxEjectedRatio: 0.5,
};

function edge(ejection: Partial<EjectionOptions>, rest: Partial<RouterOptions> = {}): HostSpec {
  const options: RouterOptions = {
    pool: 'app',
    stickiness: 'none',
    connectionIdleMs: 240_000,
    upstreamTimeoutMs: 60_000,
    ejection: { ...OUTLIERS, ...ejection },
    ...rest,
  };
  return cast({ name: 'edge', pool: 'edges', role: router, options });
}

function answering(name: string, status: number): HostSpec {
  return standIn(name, 'app', { answer: () => ({ status }) });
}

function* everySecond(world: World) {
  for (let key = 0; key < 100; key++) {
    yield* world.timers.sleepUntil(1000 * key);
    yield* ask(world, 'edge', { key });
  }
}

function run(hosts: readonly HostSpec[], script = everySecond): RunRecord {
  return runScenario(rehearsal(hosts, script, { endMs: 101_000 }), { seed: 1 });
}

function ejections(record: RunRecord): readonly string[] {
  const noted = record.notes.filter(({ kind }) => kind === 'router.ejected');
  return noted.map(({ atMs, detail }) => `${atMs} ${String(detail['instance'])}`);
}

function servedAtMs(record: RunRecord, instance: string): readonly number[] {
  return record.notes.filter(({ kind, host }) => kind === 'served' && host === instance).map(({ atMs }) => atMs);
}

describe('an ejection', () => {
  test('follows so many counted answers in a row, lasts as long as told, and starts over', () => {
    const record = run([answering('app-1', 200), answering('app-2', 502), edge({})]);
    // Its turn comes every other second; the fifth answer is back at 9.003 s, 30 s later it is in again.
    expect(ejections(record)).toEqual(['9003 app-2', '48003 app-2', '87003 app-2']);
    const served = servedAtMs(record, 'app-2');
    expect(served.slice(0, 6)).toEqual([1002, 3002, 5002, 7002, 9002, 40002]);
  });

  test('needs them in a row: one good answer starts the count anew', () => {
    let answers = 0;
    const mostlyBad = standIn('app-2', 'app', { answer: () => ({ status: ++answers % 5 === 0 ? 200 : 503 }) });
    expect(ejections(run([answering('app-1', 200), mostlyBad, edge({})]))).toEqual([]);
  });

  test('that counts 5xx only is blind to an instance that answers 401 to everybody', () => {
    const record = run([answering('app-1', 200), answering('app-2', 401), edge({})]);
    expect(ejections(record)).toEqual([]);
    expect(servedAtMs(record, 'app-2')).toHaveLength(50);
  });

  test('that counts 401 sees it', () => {
    const counts = ['5xx', '401'] as const;
    expect(ejections(run([answering('app-1', 200), answering('app-2', 401), edge({ counts })]))[0]).toBe('9003 app-2');
  });

  test('counts a refused connection where the rule does', () => {
    const down = standIn('app-2', 'app', { bootMs: Infinity });
    expect(ejections(run([answering('app-1', 200), down, edge({})]))).toEqual([]);
    const counts = ['no-answer'] as const;
    expect(ejections(run([answering('app-1', 200), down, edge({ counts })]))[0]).toBe('9003 app-2');
  });

  test('never takes out more than its share of the pool', () => {
    const bad = ['app-1', 'app-2', 'app-3', 'app-4'].map((name) => answering(name, 500));
    const halved = ejections(run([...bad, edge({ maxEjectedRatio: 0.5, ejectMs: 1e6 })]));
    expect(halved.map((line) => line.split(' ')[1])).toEqual(['app-1', 'app-2']);
    // Envoy's default, 10 %, leaves a pool of four alone.
    expect(ejections(run([...bad, edge({ maxEjectedRatio: 0.1 })]))).toEqual([]);
    const all = ejections(run([...bad, edge({ maxEjectedRatio: 1, ejectMs: 1e6 })]));
    expect(all).toHaveLength(4);
  });

  test('is not repeated or prolonged by answers that were under way', () => {
    function* burst(world: World) {
      for (let key = 0; key < 40; key++) world.tasks.spawn(ask(world, 'edge', { key }));
      yield* world.timers.sleep(50_000);
    }
    const record = run([answering('app-1', 200), answering('app-2', 500), edge({ maxEjectedRatio: 1 })], burst);
    expect(ejections(record)).toEqual(['3 app-2']);
  });

  test('is not brought about by measuring requests', () => {
    function* measuring(world: World) {
      for (let key = 0; key < 50; key++) yield* ask(world, 'edge', { key, weightless: true });
    }
    expect(ejections(run([answering('app-1', 200), answering('app-2', 500), edge({})], measuring))).toEqual([]);
  });
});
