import { describe, expect, it } from 'vitest';
import { get, serving, type Script } from '../../test/kernel/stage.ts';
import {
  cast,
  SimulatorError,
  type FaultSpec,
  type Process,
  type Scenario,
  type World,
  type Wrap,
} from '../contract/index.ts';
import { runScenario } from './run.ts';

function scenario(client: Script, faults: readonly FaultSpec[] = []): Scenario {
  const host = (name: string, script: Script) =>
    cast({ name, pool: `${name}s`, role: { name, main: script }, options: undefined });
  return {
    id: 'test',
    cast: [host('server', serving(5)), host('client', client)],
    faults,
    links: { default: { baseMs: 1, jitterMeanMs: 3, lossRatio: 0.05 } },
    windows: [{ fromMs: 0, untilMs: 600_000 }],
    endMs: 600_000,
  };
}

/** Fifty clients who call now and then, with a patience that is often too short. */
function* crowd(world: World): Process<void> {
  for (let client = 0; client < 50; client++) world.tasks.spawn(oneOf(world, client));
}

function* oneOf(world: World, client: number): Process<void> {
  const [think, patience] = [world.draws('think'), world.draws('patience')];
  const answers = world.journal.counter('answers');
  for (let n = 0; ; n++) {
    yield* world.timers.sleep(think.exponential(5_000, client, n));
    const timeoutMs = patience.exponential(20, client, n);
    const reply = yield* world.network.call('server', get(client * 1_000 + n), { timeoutMs });
    if (reply.status === 200) answers.add();
  }
}

const answersIn = (record: ReturnType<typeof runScenario>) => record.series[0]!.total;

describe('a seed', () => {
  it('gives one history: the same events, the same answers', () => {
    const [one, other] = [1, 1].map((seed) => runScenario(scenario(crowd), { seed, keepCheckpoints: true })) as [
      ReturnType<typeof runScenario>,
      ReturnType<typeof runScenario>,
    ];
    expect(other.traceHash).toBe(one.traceHash);
    expect(other.checkpoints).toEqual(one.checkpoints);
    expect(one.checkpoints.length).toBe(Math.floor(one.eventCount / 4096));
    expect(answersIn(other)).toBe(answersIn(one));
    expect(answersIn(one)).toBeGreaterThan(1_000);
  });

  it('gives another history than another seed', () => {
    const hashes = [1, 2, 3, 2 ** 40].map((seed) => runScenario(scenario(crowd), { seed }).traceHash);
    expect(new Set(hashes).size).toBe(4);
  });

  it('gives the same history to a run that is tapped or followed', () => {
    const plain = runScenario(scenario(crowd), { seed: 1 });
    const seen = { count: 0, lastUs: 0 };
    const tap = (number: number, timeUs: number): void => {
      expect(timeUs).toBeGreaterThanOrEqual(seen.lastUs);
      Object.assign(seen, { count: number, lastUs: timeUs });
    };
    const watched = runScenario(scenario(crowd), { seed: 1, tap, follow: 'somebody' });
    expect(watched.traceHash).toBe(plain.traceHash);
    expect(seen.count).toBe(plain.eventCount);
  });

  it.each([-1, 1.5, NaN, 2 ** 53])('of %d is refused', (seed) => {
    expect(() => runScenario(scenario(crowd), { seed })).toThrow(/seed must be a whole number from 0 to/);
  });
});

describe('a fault', () => {
  const refusing: Wrap = () =>
    function* () {
      return { status: 503 };
    };
  const fault = { id: 'f', mechanism: 'refusing', fromMs: 0, untilMs: 1, wrap: refusing, sentence: '' };

  it('wraps the door of the host that it names, or of every host of its pool', () => {
    for (const target of ['server', 'servers']) {
      expect(runScenario(scenario(crowd, [{ ...fault, target }]), { seed: 1 }).series).toMatchObject([{ total: 0 }]);
    }
  });

  it.each([
    [{ ...fault, target: 'nobody' }, /Fault "f" aims at "nobody", which no host or pool is called/],
    [{ ...fault, target: 'server', untilMs: Infinity }, /Fault "f" has no end/],
  ])('without a target or an end is a mistake in the scenario (%#)', (mistake, message) => {
    const run = () => runScenario(scenario(crowd, [mistake]), { seed: 1 });
    expect(run).toThrow(SimulatorError);
    expect(run).toThrow(message);
  });
});
