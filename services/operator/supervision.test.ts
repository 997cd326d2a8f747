import { describe, expect, test } from 'vitest';
import { cast, type HostSpec, type Process, type Role, type World } from '../../simulator/contract/index.ts';
import { runScenario, type RunRecord } from '../../simulator/virtual/index.ts';
import { rehearsal, standIn, type Script } from '../rehearsal.ts';
import { orchestrator } from './index.ts';

const MINUTE_MS = 60_000;
const platform = cast({
  name: 'platform',
  pool: 'platform',
  role: orchestrator,
  options: { events: [], supervised: ['app'] },
});

/** A process that ends by itself after so long, each time it is started before `healsAtMs`. */
interface Mortal {
  readonly livesMs: number;
  readonly healsAtMs: number;
}
const mortal: Role<Mortal> = { name: 'mortal', main: liveAndDie };
function* liveAndDie(world: World, { livesMs, healsAtMs }: Mortal): Process<void | 'exit'> {
  if (world.clock.nowMs() >= healsAtMs) return undefined;
  yield* world.timers.sleep(livesMs);
  return 'exit';
}

function dying(livesMs: number, healsAtMs = Infinity, startAtMs: number | 'never' = 0): HostSpec {
  return cast({ name: 'app-1', pool: 'app', role: mortal, options: { livesMs, healsAtMs }, startAtMs });
}

function* nothing(): Process<void> {}

function run(host: HostSpec, script: Script = nothing): RunRecord {
  return runScenario(rehearsal([host, platform], script, { endMs: 4 * 3_600_000 }), { seed: 1 });
}

/** Pauses before each restart, in seconds. */
function pausesS(record: RunRecord): readonly number[] {
  const restarts = record.notes.filter(({ kind }) => kind === 'orchestrator.restarted-crashed');
  return restarts.map(({ detail }) => Number(detail['delayMs']) / 1000);
}

const LADDER = [10, 20, 40, 80, 160, 300, 300, 300];

describe('an instance that crashes', () => {
  test('is started again after 10 s, 20, 40, 80, 160, and then 300 s each time', () => {
    expect(pausesS(run(dying(30_000))).slice(0, 8)).toEqual(LADDER);
  });

  test.each([0, 1, 500, 999])('is seen although it lives only %i ms, and climbs the same ladder', (livesMs) => {
    expect(pausesS(run(dying(livesMs))).slice(0, 8)).toEqual(LADDER);
  });

  test('climbs the same ladder when it was started later', () => {
    expect(pausesS(run(dying(1, Infinity, 100_300))).slice(0, 8)).toEqual(LADDER);
  });

  test('is forgiven after ten minutes of life, and not before', () => {
    expect(new Set(pausesS(run(dying(10 * MINUTE_MS + 2_000))))).toEqual(new Set([10]));
    expect(pausesS(run(dying(10 * MINUTE_MS - 5_000))).slice(0, 4)).toEqual([10, 20, 40, 80]);
  });

  test('comes back for good once its cause is gone, at the end of the pause it is in', () => {
    const record = run(dying(1_000, 5 * MINUTE_MS));
    // Starts at 0, 11.x, 33, 75, 156 and 318 s: the pause of 160 s runs out after the cause went.
    expect(pausesS(record)).toEqual([10, 20, 40, 80, 160]);
    expect(record.notes.filter(({ kind }) => kind === 'host.exited')).toHaveLength(5);
  });
});

test('an instance killed from outside is started again, too', () => {
  function* script(world: World) {
    yield* world.timers.sleepUntil(20 * MINUTE_MS);
    world.hosts!.crash('app-1');
  }
  expect(pausesS(run(standIn('app-1', 'app'), script))).toEqual([10]);
});

test('what was never started stays down', () => {
  expect(pausesS(run(dying(1_000, 0, 'never')))).toEqual([]);
});

test('other pools are nobody’s business', () => {
  const other = cast({ name: 'db-1', pool: 'db', role: mortal, options: { livesMs: 1_000, healsAtMs: Infinity } });
  expect(pausesS(run(other))).toEqual([]);
});

test('a planned restart is no crash', () => {
  function* script(world: World) {
    for (let time = 0; time < 50; time++) {
      yield* world.timers.sleep(1_000);
      yield* world.hosts!.stop('app-1', 1_000);
      world.hosts!.start('app-1');
    }
  }
  expect(pausesS(run(standIn('app-1', 'app'), script))).toEqual([]);
});
