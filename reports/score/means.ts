/** Means of measures over seeds, and the price of an arm beside its control on fair-weather days. */
import type { ArmRun, Measures } from '../../simulator/experiment/index.ts';
import type { MeasureMeans, MissingMeasures, Price } from './score-result.ts';

type Measure = keyof Measures;

/** @param runs at least one */
export function measureMeans(runs: readonly ArmRun[]): MeasureMeans {
  const means: Partial<Record<Measure, number | null>> = {};
  for (const name of namesOf(runs)) means[name] = meanOf(runs.map(({ measures }) => measures[name]));
  return means as MeasureMeans;
}

/** @param runs at least one */
export function missingMeasures(runs: readonly ArmRun[]): MissingMeasures {
  const missing: Partial<Record<Measure, number>> = {};
  for (const name of namesOf(runs)) {
    const count = runs.filter(({ measures }) => measures[name] === null).length;
    if (count > 0) missing[name] = count;
  }
  return missing;
}

function namesOf(runs: readonly ArmRun[]): readonly Measure[] {
  return Object.keys(runs[0]!.measures) as Measure[];
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
