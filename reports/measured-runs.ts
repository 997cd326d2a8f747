/** The runs behind a score as one table: a row a run, a column a measure. What CSV holds, and what comparisons pair by seed. */
import type { Arm, ArmRun, ExperimentResult } from '../simulator/experiment/index.ts';
import type { MeasuredRuns } from './report-document.ts';

const KEYS = ['incident', 'mitigation', 'play', 'seed', 'actions', 'traceHash'] as const;
/** In place of a mitigation. */
export const CONTROL = 'control';

/** `play`: `scored`, `by-reports` or `fair-weather`. A measure that a run has not (never recovered) is null. */
export function measuredRuns({ incidents }: ExperimentResult): MeasuredRuns {
  const first = incidents[0]?.control.scored[0];
  const measures = first === undefined ? [] : (Object.keys(first.measures) as (keyof ArmRun['measures'])[]);
  const rows = incidents.flatMap(({ id, control, arms }) =>
    [control, ...arms].flatMap((arm) =>
      playsOf(arm).flatMap(([play, runs]) =>
        runs.map((run) => [
          id,
          arm.mitigation ?? CONTROL,
          play,
          run.seed,
          run.actionCount,
          run.traceHash,
          ...measures.map((measure) => run.measures[measure]),
        ]),
      ),
    ),
  );
  return { columns: [...KEYS, ...measures], rows };
}

function playsOf({ scored, byReports, fairWeather }: Arm): readonly (readonly [string, readonly ArmRun[]])[] {
  return [
    ['scored', scored],
    ['by-reports', byReports],
    ['fair-weather', fairWeather],
  ];
}

/** Disrupted user-minutes by seed of one arm on the scored play; empty where the table does not know it. */
export function harmBySeed(runs: MeasuredRuns, incident: string, mitigation: string): ReadonlyMap<number, number> {
  const at = (name: string): number => runs.columns.indexOf(name);
  const [seed, harm] = [at('seed'), at('disruptedUserMinutes')];
  const own = runs.rows.filter((row) => {
    return row[at('incident')] === incident && row[at('mitigation')] === mitigation && row[at('play')] === 'scored';
  });
  return new Map(own.map((row) => [Number(row[seed]), Number(row[harm])]));
}
