import { describe, expect, test } from 'vitest';
import { cast, type Response, type World } from '../../../simulator/contract/index.ts';
import { runScenario, type RunRecord } from '../../../simulator/virtual/index.ts';
import { ask, rehearsal, standIn } from '../../rehearsal.ts';
import { router, ROUTER_PRESETS, routerPreset } from '../index.ts';

function* everySecond(world: World) {
  for (let second = 60; second < 360; second++) {
    yield* world.timers.sleepUntil(1000 * second);
    yield* ask(world, 'edge', { key: second, path: '/api/data' });
  }
}

/** Ten instances, all ready; the first answers everything else as told. */
function run(id: string, answer: Response): RunRecord {
  const ill = standIn('app-1', 'app', { answer: ({ path }) => (path === '/readyz' ? { status: 200 } : answer) });
  const well = Array.from({ length: 9 }, (_, index) => standIn(`app-${index + 2}`, 'app'));
  const edge = cast({
    name: 'edge',
    pool: 'edges',
    role: router,
    options: { ...routerPreset(id).options, pool: 'app' },
  });
  return runScenario(rehearsal([ill, ...well, edge], everySecond, { endMs: 400_000 }), { seed: 1 });
}

/** How many of the caller's 300 requests the ill instance got. */
function metIll(record: RunRecord): number {
  return record.notes.filter(({ kind, host, detail }) => {
    return kind === 'served' && host === 'app-1' && detail['path'] !== '/readyz';
  }).length;
}

const ids = ROUTER_PRESETS.map(({ id }) => id);
const refusesTokens: Response = { status: 401 };
const breaks: Response = { status: 503 };
const resets: Response = { status: 200, fate: 'reset' };

describe('a balancer as it comes', () => {
  test.each(ids)('%s leaves an instance in the rotation that answers 401 to everybody', (id) => {
    expect(metIll(run(id, refusesTokens))).toBe(30);
  });

  test('Envoy takes it out where the same trouble is told as 503', () => {
    expect(metIll(run('envoy', breaks))).toBeLessThan(25);
    for (const id of ['plain', 'haproxy', 'nginx', 'kong']) expect([id, metIll(run(id, breaks))]).toEqual([id, 30]);
  });

  test('NGINX takes out for ten seconds whoever does not answer, after one request', () => {
    // Meant for it every tenth second: at 10 s intervals it has just come back.
    const record = run('nginx', resets);
    expect(record.notes.filter(({ kind }) => kind === 'router.ejected').length).toBeGreaterThan(10);
  });

  test('Envoy never ejects one of four: a tenth of the pool is less than one', () => {
    const options = { ...routerPreset('envoy').options, pool: 'app' };
    const hosts = ['app-1', 'app-2', 'app-3', 'app-4'].map((name) => {
      return standIn(name, 'app', { answer: ({ path }) => ({ status: path === '/readyz' ? 200 : 503 }) });
    });
    const edge = cast({ name: 'edge', pool: 'edges', role: router, options });
    const record = runScenario(rehearsal([...hosts, edge], everySecond, { endMs: 400_000 }), { seed: 1 });
    expect(record.notes.filter(({ kind }) => kind === 'router.ejected')).toEqual([]);
  });
});

describe('presets', () => {
  test('are plain data: what is written as text reads back the same', () => {
    for (const { options } of ROUTER_PRESETS) expect(JSON.parse(JSON.stringify(options))).toEqual(options);
  });

  test('are found by name, or the names there are are told', () => {
    expect(() => routerPreset('traefik')).toThrow(/no router preset "traefik".*plain, envoy, haproxy, nginx, kong/);
  });
});
