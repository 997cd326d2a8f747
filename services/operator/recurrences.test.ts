import { describe, expect, it } from 'vitest';
import { cast, keyOf, type Process, type Role, type World } from '../../simulator/contract/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { operator, orchestrator, type DatedActions, type OperatorOptions } from './index.ts';

const HOUR_MS = 3_600_000;
type Script = (world: World) => Process<void>;
const script: Role<Script> = { name: 'script', main: (world, run) => run(world) };

const step = (hour: number, label: string): DatedActions => ({ atMs: hour * HOUR_MS, label, actions: [] });

const options: OperatorOptions = {
  orchestrator: 'orchestrator',
  response: [step(5, 'first')],
  recurrences: [
    { fromMs: 10 * HOUR_MS, response: [step(15, 'second')] },
    { fromMs: 20 * HOUR_MS, response: [step(25, 'third')] },
  ],
  reports: { thresholdCount: 2, triageMs: 0 },
  onPage: { reactionMedianMs: 60_000, reactionSigma: 0, rightActionProbability: 1 },
};

/** When the operator did what, in whole hours. */
function responses(people: OperatorOptions, run: Script): readonly (readonly [unknown, number])[] {
  const record = runScenario(
    {
      id: 'test',
      cast: [
        cast({ name: 'orchestrator', pool: 'p', role: orchestrator, options: { events: [], supervised: [] } }),
        cast({ name: 'operator', pool: 'p', role: operator, options: people }),
        cast({ name: 'script', pool: 'p', role: script, options: run }),
      ],
      faults: [],
      links: {},
      windows: [{ fromMs: 0, untilMs: 30 * HOUR_MS }],
      endMs: 30 * HOUR_MS,
    },
    { seed: 1 },
  );
  const acted = record.notes.filter(({ kind }) => kind === 'operator.acted');
  return acted.map(({ atMs, detail }) => [detail['label'], Math.floor(atMs / HOUR_MS)]);
}

function* tell(world: World, path: string): Process<void> {
  const body = { alert: 'test', aboutDependency: false };
  yield* world.network.call('operator', { method: 'POST', path, body, source: 'script', key: keyOf(1) });
}

describe('an operator whose trouble comes back', () => {
  it('responds each time at its published moment', () => {
    const heard = responses(options, function* () {});
    expect(heard).toEqual([
      ['first', 5],
      ['second', 15],
      ['third', 25],
    ]);
  });

  it('brings forward the response to the trouble a page is about, and no other', () => {
    const heard = responses(options, function* (world) {
      yield* world.timers.sleepUntil(11 * HOUR_MS);
      yield* tell(world, '/page');
    });
    expect(heard).toEqual([
      ['first', 5],
      ['second', 11],
      ['third', 25],
    ]);
  });

  it('counts the reports of each trouble by themselves', () => {
    const heard = responses({ ...options, respondsTo: 'reports' }, function* (world) {
      for (const hour of [1, 12, 21, 22]) {
        yield* world.timers.sleepUntil(hour * HOUR_MS);
        yield* tell(world, '/report');
      }
    });
    expect(heard).toEqual([['third', 22]]);
  });
});
