/** Thresholds in the place of a report's facts, so that sweeps and pages show them as they show those. */
import { exposureOf } from '../../../simulator/experiment/exposure.ts';
import type { JudgedTogether, RecordView, SweepFact } from '../../../simulator/experiment/index.ts';
import type { Measures } from '../../../simulator/experiment/index.ts';
import type { CheckedScenario } from '../schema/scenario.ts';
import type { MeasureName, Threshold } from './units.ts';
import { measured, withinBudget } from './measured.ts';
import { exposureRow, thresholdRow, type ThresholdRow } from './table.ts';

/** @param measure measures of a run, as replay and score take them */
export function thresholdFacts(
  thresholds: NonNullable<CheckedScenario['thresholds']>,
  measure: (view: RecordView) => Measures,
  accessTokenLifetimeMs: number,
): readonly SweepFact[] {
  return Object.entries(thresholds).map(([name, wanted]): SweepFact => {
    if (wanted === 'within budget') {
      const observe = (view: RecordView): number => withinBudget(exposureOf(view), accessTokenLifetimeMs);
      return factOf('exposure', observe, exposureRow);
    }
    const observe = (view: RecordView): number => measured(name as MeasureName, measure(view));
    return factOf(name, observe, (values) => thresholdRow(name as MeasureName, wanted as Threshold, values));
  });
}

function factOf(
  id: string,
  observe: (view: RecordView) => number,
  row: (values: readonly number[]) => ThresholdRow,
): SweepFact {
  return {
    id,
    kind: 'threshold',
    scope: 'sweep',
    report: `${id} ${row([NaN]).expected}`,
    minimumSeeds: 1,
    variants: [{}],
    observe,
    check: ([values = []]): JudgedTogether => {
      const { verdict, expected, observed } = row(values);
      return { holds: verdict === 'INCONCLUSIVE' ? null : verdict === 'PASS', expected, observed, tolerance: '' };
    },
    write: (value) => row([value]).observed,
  };
}
