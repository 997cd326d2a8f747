/** Runs a scenario in virtual time and hands back the record. */
import type { Scenario } from '../contract/scenario.ts';
import type { Note, Series, Step } from './journal.ts';
import { assertConserved, openStage, type StageOptions } from './open-stage.ts';
import { toUs } from './sleep.ts';
import type { Story } from './story.ts';

export type RunOptions = StageOptions;

export interface RunRecord {
  readonly seed: number;
  readonly endMs: number;
  readonly eventCount: number;
  readonly traceHash: string;
  readonly checkpoints: readonly string[];
  readonly notes: readonly Note[];
  readonly series: readonly Series[];
  readonly harm: ReadonlyMap<string, ReadonlyMap<number, ReadonlySet<number>>>;
  readonly steps: readonly Step[];
  /** Only when somebody was followed. */
  readonly story?: Pick<Story, 'calls' | 'starts' | 'actors'>;
}

/** @throws SimulatorError when a process of the model fails or an event or process is lost */
export function runScenario(scenario: Scenario, options: RunOptions): RunRecord {
  const stage = openStage(scenario, options);
  const { kernel, recorder } = stage;
  kernel.run(toUs(scenario.endMs));
  assertConserved(stage);
  return {
    seed: options.seed,
    endMs: scenario.endMs,
    eventCount: kernel.trace.eventCount,
    traceHash: kernel.trace.digest(),
    checkpoints: kernel.trace.checkpoints,
    notes: recorder.notes,
    series: recorder.series,
    harm: recorder.harm,
    steps: recorder.steps,
    ...(recorder.story === undefined ? {} : { story: recorder.story }),
  };
}
