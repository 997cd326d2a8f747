/** On how many seeds arms run: so many as somebody says, or until the interval of the score is narrow enough. */
import { score } from '../reports/score/score.ts';
import type { Stopping } from '../simulator/experiment/index.ts';
import { UsageError } from './exit.ts';
import { parseCount, parsePoints, parseSeeds } from './options.ts';

export interface SeedFlags {
  readonly seeds?: string;
  readonly precision?: string;
  readonly maxSeeds?: string;
}

export interface ChosenSeeds {
  /** All that may be used. */
  readonly seeds: readonly number[];
  readonly stopping: Stopping;
  /** What was chosen, as it would be typed. */
  readonly flags: string;
}

const DEFAULT_SEEDS = '10';
const DEFAULT_MAX_SEEDS = '400';
/** Fewer seeds cannot show two groups, and the interval of fewer is itself uncertain. */
const MINIMUM_SEEDS = 20;
const BATCH = 10;
/** An arm that acts on one seed in two escapes a pilot of four once in sixteen times. */
const PILOT = 4;

/** @throws UsageError for flags that cannot be, or that exclude each other */
export function chosenSeeds(flags: SeedFlags): ChosenSeeds {
  if (flags.precision === undefined) {
    if (flags.maxSeeds !== undefined) {
      throw new UsageError('--max-seeds goes with --precision. For a fixed number of seeds, give --seeds.');
    }
    const seeds = parseSeeds(flags.seeds ?? DEFAULT_SEEDS);
    const pilotSeedCount = seeds.length > PILOT ? PILOT : 0;
    return { seeds, stopping: { rule: 'fixed', pilotSeedCount }, flags: `--seeds ${seeds[0]}..${seeds.at(-1)}` };
  }
  if (flags.seeds !== undefined) {
    throw new UsageError('--seeds and --precision exclude each other. With --precision give --max-seeds.');
  }
  const maximumSeedCount = parseCount(flags.maxSeeds ?? DEFAULT_MAX_SEEDS, '--max-seeds', MINIMUM_SEEDS, 10_000);
  const precisionPoints = parsePoints(flags.precision, '--precision');
  const stopping: Stopping = {
    rule: 'precision',
    pilotSeedCount: PILOT,
    precisionPoints,
    minimumSeedCount: MINIMUM_SEEDS,
    batchSeedCount: BATCH,
    maximumSeedCount,
  };
  const seeds = parseSeeds(String(maximumSeedCount));
  return { seeds, stopping, flags: `--precision ${precisionPoints} --max-seeds ${maximumSeedCount}` };
}

/**
 * Stops for precision, never for significance: it looks at the width of the interval and not at where it lies. Half of it, in
 * points of the score, is the relative half-width: the score's scale is the greater harm of the two arms.
 */
export function isPreciseWithin(points: number) {
  return (controlHarm: readonly number[], armHarm: readonly number[]): boolean => {
    const { low, high } = score(controlHarm, armHarm);
    return (high - low) / 2 <= points;
  };
}
