// Intervals of figures made of sums over seeds. The seed is the unit of replication: a resample draws whole seeds,
// and every column (control, arm, any further arm) moves with them, so what the pairing gained is kept.
import { quantileOfSorted } from './order.ts';
import { drawIndex, sfc32 } from './sfc32.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export const DEFAULT_RESAMPLE_COUNT = 2000;

/**
 * 95 % bootstrap interval of `statistic(column sums)` over paired seeds: the *expanded percentile* interval.
 *
 * Draw n seeds with replacement, sum each column over them, take the statistic; do so `resampleCount` times and read
 * the quantiles at `tailShare(n)` and 1 − `tailShare(n)`. The plain percentile interval is too narrow for few seeds;
 * the expanded one takes the quantiles further out by as much as Student's t is wider than the normal.
 * Source: T. C. Hesterberg, The American Statistician 69 (2015) 371–386 (narrowness bias, expanded percentile).
 *
 * Coverage of a nominal 95 % in trials of 500 samples each, ratio of sums of gamma-shaped harm, n = 10, 20, 50:
 * percentile 0.88, 0.91, 0.92; BCa 0.86, 0.90, 0.92; expanded 0.93, 0.93, 0.93.
 *
 * The resamples depend on n alone: the same record gives the same interval, and arms of one incident share their
 * resamples.
 *
 * **Gotcha**: it knows only what the seeds have shown. If one seed in ten collapses and none of these did, no
 * bootstrap can tell: in such a trial this one covered 0.65 at n = 10, 0.86 at 20, 0.92 at 50, BCa no more at 10 and
 * 20. The Wilson interval of P(collapse) can tell. If all seeds agree the interval is a point.
 *
 * @param columns one array for each quantity, all of one length n ≥ 2; entry i of each belongs to the same seed
 * @param statistic of the sums, in the order of the columns; the array it receives is reused between calls
 * @param resampleCount integer, at least 100; default 2000
 * @throws TypeError when columns are missing, ragged, too short or hold a number that is not finite
 */
export function bootstrapSums(
  columns: readonly (readonly number[])[],
  statistic: (sums: readonly number[]) => number,
  resampleCount: number = DEFAULT_RESAMPLE_COUNT,
): Interval {
  return bootstrapMany(columns, (sums) => [statistic(sums)], resampleCount)[0] as Interval;
}

/**
 * The same for several statistics of one set of columns, on the same resamples.
 *
 * @param statistics of the sums; as many numbers each time
 * @throws TypeError as `bootstrapSums` does
 */
export function bootstrapMany(
  columns: readonly (readonly number[])[],
  statistics: (sums: readonly number[]) => readonly number[],
  resampleCount: number = DEFAULT_RESAMPLE_COUNT,
): readonly Interval[] {
  const seedCount = checkedLength(columns);
  if (!Number.isSafeInteger(resampleCount) || resampleCount < 100) {
    throw new TypeError(`resampleCount must be an integer of at least 100, got ${resampleCount}: 2000 is usual.`);
  }
  const next = sfc32(seedCount);
  const sums = columns.map(() => 0);
  const resampled: Float64Array[] = [];
  for (let resample = 0; resample < resampleCount; resample += 1) {
    sums.fill(0);
    for (let draw = 0; draw < seedCount; draw += 1) {
      const seed = drawIndex(next, seedCount);
      columns.forEach((column, index) => (sums[index] = (sums[index] as number) + (column[seed] as number)));
    }
    for (const [index, value] of statistics(sums).entries()) {
      (resampled[index] ??= new Float64Array(resampleCount))[resample] = value;
    }
  }
  const tail = tailShare(seedCount);
  return resampled.map((values) => {
    const sorted = values.sort();
    return { low: quantileOfSorted(sorted, tail), high: quantileOfSorted(sorted, 1 - tail) };
  });
}

function checkedLength(columns: readonly (readonly number[])[]): number {
  const seedCount = columns[0]?.length ?? 0;
  if (seedCount < 2) {
    throw new TypeError(
      `columns must hold at least two seeds, got ${seedCount}: an interval over seeds needs two or more.`,
    );
  }
  for (const column of columns) {
    if (column.length !== seedCount) {
      throw new TypeError(
        `columns must be paired: ${seedCount} seeds in one, ${column.length} in another. Run the same seeds.`,
      );
    }
    if (!column.every(Number.isFinite)) throw new TypeError('columns must hold finite numbers: leave out failed runs.');
  }
  return seedCount;
}

/**
 * Share of the resamples to leave out at each end: P(Z > √(n/(n−1)) · t), where t is Student's 97.5 % quantile with n
 * − 1 degrees of freedom. 0.0085 for 10 seeds, 0.0188 for 30, towards 0.025.
 *
 * t by the expansion of Abramowitz & Stegun 26.7.5, the normal tail by their 26.2.19 (absolute error below 1.5e-7,
 * with no exponential). For fewer than 5 seeds the expansion is poor, but the answer is then the outermost resample
 * either way.
 *
 * @param seedCount integer, at least 2
 */
export function tailShare(seedCount: number): number {
  const x = Math.sqrt(seedCount / (seedCount - 1)) * studentQuantile(seedCount - 1);
  const series =
    1 +
    x *
      (0.049867347 +
        x * (0.0211410061 + x * (0.0032776263 + x * (0.0000380036 + x * (0.0000488906 + x * 0.000005383)))));
  const squared = series * series;
  const fourth = squared * squared;
  const eighth = fourth * fourth;
  return 0.5 / (eighth * eighth);
}

function studentQuantile(degreesOfFreedom: number): number {
  const z = 1.959963984540054;
  const s = z * z;
  const inverse = 1 / degreesOfFreedom;
  const g1 = (z * (s + 1)) / 4;
  const g2 = (z * ((5 * s + 16) * s + 3)) / 96;
  const g3 = (z * (((3 * s + 19) * s + 17) * s - 15)) / 384;
  const g4 = (z * ((((79 * s + 776) * s + 1482) * s - 1920) * s - 945)) / 92160;
  return z + inverse * (g1 + inverse * (g2 + inverse * (g3 + inverse * g4)));
}
