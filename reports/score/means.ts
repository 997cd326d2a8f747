/** Means of measures over seeds, and the price of an arm beside its control on fair-weather days. */
import type { ArmRun, Measures } from '../../simulator/experiment/index.ts';
import type { MeasureMeans, Price } from './score-result.ts';

type Measure = keyof Measures;

/** @param runs at least one */
export function measureMeans(runs: readonly ArmRun[]): MeasureMeans {
  const names = Object.keys(runs[0]!.measures) as Measure[];
  const means: Partial<Record<Measure, number | null>> = {};
  const missing: Partial<Record<Measure, number>> = {};
  for (const name of names) {
    const values = runs.map(({ measures }) => measures[name]);
    means[name] = meanOf(values);
    const missingCount = values.filter((value) => value === null).length;
    if (missingCount > 0) missing[name] = missingCount;
  }
  return { means: means as MeasureMeans['means'], missing };
}

/** null where neither side has fair-weather runs. Both sides must have run the same seeds in the same order. */
export function priceOf(control: readonly ArmRun[], arm: readonly ArmRun[]): Price | null {
  if (control.length === 0 || arm.length === 0) return null;
  const difference = (name: Measure): number | null =>
    meanOf(arm.map((run, index) => extra(run, control[index]!, name)));
  const count = (name: Measure): number => difference(name) ?? 0;
  return {
    seedCount: arm.length,
    extraRequests: count('authRequests'),
    latencyP50Ms: difference('goodLatencyP50Ms'),
    latencyP99Ms: difference('goodLatencyP99Ms'),
    signIns: count('signIns'),
    refusals: count('failedIntentions'),
    rateLimited: count('rateLimited'),
    falsePages: count('pages'),
    signOuts: count('signOuts'),
    disruptedUserMinutes: count('disruptedUserMinutes'),
  };
}

function extra(arm: ArmRun, control: ArmRun, name: Measure): number | null {
  const [dear, cheap] = [arm.measures[name], control.measures[name]];
  return dear === null || cheap === null ? null : dear - cheap;
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
