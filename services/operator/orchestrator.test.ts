import { describe, expect, test } from 'vitest';
import { cast, type HostSpec, type Process, type Role, type World } from '../../simulator/contract/index.ts';
import { runScenario, type RunRecord } from '../../simulator/virtual/index.ts';
import { ask, rehearsal, standIn, type Script } from '../rehearsal.ts';
import { orchestrator, type Action, type DatedActions } from './index.ts';

const GRACE_MS = 10_000;
const MINUTE_MS = 60_000;

function platform(events: readonly DatedActions[], supervised: readonly string[] = []): HostSpec {
  return cast({ name: 'platform', pool: 'platform', role: orchestrator, options: { events, supervised } });
}

const at = (atMs: number, ...actions: readonly Action[]): DatedActions => ({ atMs, label: 'work', actions });

function* nothing(): Process<void> {}

function run(hosts: readonly HostSpec[], script: Script = nothing): RunRecord {
  return runScenario(rehearsal(hosts, script), { seed: 1 });
}

/** Times and hosts of the notes of one kind, in seconds. */
function noted(record: RunRecord, kind: string): readonly string[] {
  const found = record.notes.filter((note) => note.kind === kind);
  return found.map(
    ({ atMs, host, detail }) => `${Math.round(atMs / 1000)} ${String(detail['instance'] ?? detail['label'] ?? host)}`,
  );
}

describe('a rolling restart', () => {
  const three = [
    standIn('app-1', 'app', { startAtMs: 30_000 }),
    standIn('app-2', 'app', { startAtMs: 10_000 }),
    standIn('app-3', 'app', { startAtMs: 20_000 }),
  ];
  const restart = { kind: 'restart', pool: 'app', everyMs: 70_000, graceMs: GRACE_MS } as const;

  test('takes the oldest process first and the next one at its cadence', () => {
    const record = run([...three, platform([at(100_000, restart)])]);
    expect(noted(record, 'orchestrator.restarted')).toEqual(['100 app-2', '170 app-3', '240 app-1']);
    expect(noted(record, 'orchestrator.began')).toEqual(['100 work']);
    expect(noted(record, 'orchestrator.ended')).toEqual(['310 work']);
  });

  test('of instances of one age begins with the first of the cast', () => {
    const twins = ['app-1', 'app-2', 'app-3'].map((name) => standIn(name, 'app'));
    const record = run([...twins, platform([at(100_000, restart)])]);
    expect(noted(record, 'orchestrator.restarted')).toEqual(['100 app-1', '170 app-2', '240 app-3']);
  });

  test('leaves alone what is not running, what is in another pool and what is not named', () => {
    const hosts = [...three, standIn('app-4', 'app', { startAtMs: 'never' }), standIn('db-1', 'db')];
    const all = run([...hosts, platform([at(100_000, restart)])]);
    expect(noted(all, 'orchestrator.restarted')).toHaveLength(3);
    const named = { kind: 'restart', instances: ['app-3', 'db-1'], everyMs: 10_000, graceMs: GRACE_MS } as const;
    const some = run([...hosts, platform([at(100_000, named)])]);
    expect(noted(some, 'orchestrator.restarted')).toEqual(['100 db-1', '110 app-3']);
  });

  test('lets work in progress end within its grace and cuts off what takes longer', () => {
    const outcomes: string[] = [];
    function* one(world: World, host: string) {
      const reply = yield* ask(world, host);
      outcomes.push(`${host} ${reply.failure ?? reply.status} at ${Math.round(world.clock.nowMs() / 1000)}`);
    }
    function* script(world: World) {
      yield* world.timers.sleepUntil(99_000);
      for (const host of ['quick', 'slow']) world.tasks.spawn(one(world, host));
      yield* world.timers.sleep(60_000);
    }
    const hosts = [standIn('quick', 'app', { serviceMs: 5_000 }), standIn('slow', 'app', { serviceMs: 50_000 })];
    const both = { kind: 'restart', pool: 'app', everyMs: 0, graceMs: GRACE_MS } as const;
    run([...hosts, platform([at(100_000, both)])], script);
    expect(outcomes).toEqual(['quick 200 at 104', 'slow reset at 110']);
  });
});

describe('a move to other hardware', () => {
  /** Keeps how often it was started on its disk, and tells what platform it found. */
  const diary: Role<undefined> = { name: 'diary', main: keepDiary };
  function* keepDiary(world: World): Process<void> {
    const startCount = Number(world.disk.read('starts') ?? 0) + 1;
    world.disk.write('starts', startCount);
    world.journal.note('started', { startCount, hardware: world.host.platform('hardware') });
  }
  const instance = cast({ name: 'app-1', pool: 'app', role: diary, options: undefined, platform: { hardware: 'old' } });
  const change = { kind: 'set-platform', instances: ['app-1'], values: { hardware: 'new' } } as const;
  const move = { kind: 'move', instances: ['app-1'], downMs: 5 * MINUTE_MS, graceMs: GRACE_MS } as const;
  const restart = { kind: 'restart', pool: 'app', everyMs: 0, graceMs: GRACE_MS } as const;

  function starts(record: RunRecord): readonly unknown[] {
    return record.notes
      .filter(({ kind }) => kind === 'started')
      .map(({ atMs, detail }) => ({ atS: atMs / 1000, ...detail }));
  }

  test('empties the disk, keeps the machine down as long as told, and shows the process the new platform', () => {
    const record = run([instance, platform([at(100_000, change, move), at(1_000_000, restart)])]);
    expect(starts(record)).toEqual([
      { atS: 0, startCount: 1, hardware: 'old' },
      { atS: 400, startCount: 1, hardware: 'new' },
      { atS: 1_000, startCount: 2, hardware: 'new' },
    ]);
    expect(noted(record, 'orchestrator.moved')).toEqual(['400 app-1']);
  });

  test('is no crash: supervision does not start the machine before its time', () => {
    const record = run([instance, platform([at(100_000, change, move)], ['app'])]);
    expect(starts(record).map((start) => (start as { atS: number }).atS)).toEqual([0, 400]);
    expect(noted(record, 'orchestrator.restarted-crashed')).toEqual([]);
  });

  test('takes over a machine that waits for its start after a crash', () => {
    function* script(world: World) {
      yield* world.timers.sleepUntil(95_000);
      world.hosts!.crash('app-1');
    }
    const record = run([instance, platform([at(100_000, change, move)], ['app'])], script);
    expect(starts(record).map((start) => (start as { atS: number }).atS)).toEqual([0, 400]);
  });
});

describe('other work', () => {
  test('starts a machine that was not running and leaves a running one alone', () => {
    const hosts = [standIn('app-1', 'app'), standIn('app-2', 'app', { startAtMs: 'never' })];
    const actions = [
      { kind: 'start', instance: 'app-2' },
      { kind: 'start', instance: 'app-1' },
    ] as const;
    const seen: string[] = [];
    function* script(world: World) {
      yield* world.timers.sleepUntil(100_000);
      const list = world.hosts!.list('app');
      seen.push(...list.map(({ name, state, startedAtMs }) => `${name} ${state} ${startedAtMs}`));
    }
    run([...hosts, platform([at(50_000, ...actions)])], script);
    expect(seen).toEqual(['app-1 running 0', 'app-2 running 50000']);
  });

  test('sends an administrator’s request where it belongs', () => {
    const action = { kind: 'request', host: 'app-1', path: '/admin/setting', body: { on: true } } as const;
    const seen: unknown[] = [];
    const app = standIn('app-1', 'app', {
      answer: ({ method, path, body }) => {
        seen.push({ method, path, body });
        return { status: 204 };
      },
    });
    run([app, platform([at(50_000, action)])]);
    expect(seen).toEqual([{ method: 'POST', path: '/admin/setting', body: { on: true } }]);
  });

  test('is carried out in order, also when somebody asks for it; the answer comes when all is done', () => {
    const hosts = [standIn('app-1', 'app'), standIn('app-2', 'app', { startAtMs: 'never' })];
    const restart: Action = { kind: 'restart', instances: ['app-1'], everyMs: 30_000, graceMs: 0 };
    const actions: readonly Action[] = [restart, { kind: 'start', instance: 'app-2' }];
    const seen: string[] = [];
    function* script(world: World) {
      yield* world.timers.sleepUntil(10_000);
      const reply = yield* ask(world, 'platform', {
        method: 'POST',
        path: '/actions',
        body: { label: 'asked for', actions },
      });
      const started = world.hosts!.list('app').map(({ startedAtMs }) => Math.round(startedAtMs / 1000));
      seen.push(`${reply.status} at ${Math.round(world.clock.nowMs() / 1000)}, started at ${started.join(' and ')}`);
    }
    const record = run([...hosts, platform([])], script);
    expect(seen).toEqual(['200 at 40, started at 10 and 40']);
    expect(noted(record, 'orchestrator.ended')).toEqual(['40 asked for']);
  });
});
