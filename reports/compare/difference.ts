/** How far a score moved, with an interval: over paired seeds where both results hold their runs, else from their intervals. */
import { score, type Score } from '../score/score.ts';
import { bootstrapSums } from '../statistics/resampling.ts';
import type { Difference, MovedWord } from './comparison.ts';

/** As for verdicts: from so many points on a difference is worth a word. */
const NOTABLE_POINTS = 5;

/** Disrupted user-minutes by seed. */
export interface ArmHarm {
  readonly control: ReadonlyMap<number, number>;
  readonly arm: ReadonlyMap<number, number>;
}

/**
 * Score after less score before, resampled over the seeds that all four arms have run: a resample draws whole seeds, so what
 * is common to both results falls out. Undefined with fewer than two such seeds.
 */
export function pairedDifference(before: ArmHarm, after: ArmHarm): Difference | undefined {
  const columns = [before.control, before.arm, after.control, after.arm];
  const seeds = [...before.control.keys()].filter((seed) => columns.every((column) => column.has(seed)));
  if (seeds.length < 2) return undefined;
  const lists = columns.map((column) => seeds.map((seed) => column.get(seed)!));
  const moved = (sums: readonly number[]): number => pointsOf(sums[2]!, sums[3]!) - pointsOf(sums[0]!, sums[1]!);
  const points = moved(lists.map((list) => list.reduce((sum, harm) => sum + harm, 0)));
  const { low, high } = bootstrapSums(lists, moved);
  return { points, low: Math.min(low, points), high: Math.max(high, points), basis: 'paired seeds' };
}

/** Harm of the control after against before, as a score: 100 is all harm gone, −100 harm where there was none. */
export function pairedHarm(
  before: ReadonlyMap<number, number>,
  after: ReadonlyMap<number, number>,
): Difference | undefined {
  const seeds = [...before.keys()].filter((seed) => after.has(seed));
  if (seeds.length < 2) return undefined;
  const harm = (column: ReadonlyMap<number, number>): readonly number[] => seeds.map((seed) => column.get(seed)!);
  const { mean, low, high } = score(harm(before), harm(after));
  return { points: mean, low, high, basis: 'paired seeds' };
}

/**
 * From two intervals, by the square root of the squares of their arms (Zou and Donner, Statistics in Medicine 2008, "MOVER"):
 * right for independent seeds, and too wide for shared ones.
 */
export function differenceOfIntervals(before: Score, after: Score): Difference {
  const points = after.mean - before.mean;
  const root = (a: number, b: number): number => Math.sqrt(a * a + b * b);
  return {
    points,
    low: points - root(after.mean - after.low, before.high - before.mean),
    high: points + root(after.high - after.mean, before.mean - before.low),
    basis: 'two intervals',
  };
}

/** Two results with the same figures are the same, however wide their intervals are. */
export function movedWord({ low, high }: Difference, isIdentical: boolean): MovedWord {
  if (isIdentical) return 'same';
  if (low >= NOTABLE_POINTS) return 'better';
  if (high <= -NOTABLE_POINTS) return 'worse';
  return low >= -NOTABLE_POINTS && high <= NOTABLE_POINTS ? 'same' : 'unclear';
}

function pointsOf(control: number, arm: number): number {
  const worse = Math.max(control, arm);
  return worse === 0 ? 0 : (100 * (control - arm)) / worse;
}
