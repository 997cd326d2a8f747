// The one figure that a mitigation is known by: how much of the control's harm it takes away, on the same seeds.
import { bootstrapSums } from '../statistics/resampling.ts';

/** Points from −100 to 100, low ≤ mean ≤ high. */
export interface Score {
  /** Score of the seeds at hand, from the sums over all of them. */
  readonly mean: number;
  /** Lower bound of the 95 % interval over paired seeds. */
  readonly low: number;
  /** Upper bound of the 95 % interval over paired seeds. */
  readonly high: number;
}

/**
 * Score = 100 · (ΣH control − ΣH arm) / max(ΣH control, ΣH arm), with H the disrupted user-minutes of a seed.
 *
 * 0 is no difference, 100 all harm gone, −50 twice the control's harm, −100 harm where the control has none. No harm
 * in either arm scores 0. An arm equal to its control scores exactly {0, 0, 0}; control and arm exchanged change the
 * sign.
 *
 * The interval is `bootstrapSums` over seeds (2,000 resamples, fixed by the count of seeds alone), widened by what
 * rounding can leave between it and the mean when all seeds agree. **With fewer than two seeds there is no
 * interval**: low = −100 and high = 100, which `verdict` reads as inconclusive. A published figure wants 30 seeds or
 * more.
 *
 * @param controlHarm disrupted user-minutes of the control, one finite number ≥ 0 for each seed; at least one
 * @param armHarm the same for the arm, on the same seeds in the same order
 * @throws TypeError when the two are not paired or hold anything but finite numbers ≥ 0
 */
export function score(controlHarm: readonly number[], armHarm: readonly number[]): Score {
  checkPairedHarm(controlHarm, armHarm);
  const mean = scoreOfHarm(controlHarm, armHarm);
  if (controlHarm.length < 2) return { mean, low: -100, high: 100 };
  const { low, high } = bootstrapSums([controlHarm, armHarm], scoreOfSums);
  return { mean, low: Math.min(low, mean), high: Math.max(high, mean) };
}

/**
 * The score without an interval, from the sums over the seeds at hand.
 *
 * @throws TypeError as `score` does
 */
export function scoreOfHarm(controlHarm: readonly number[], armHarm: readonly number[]): number {
  checkPairedHarm(controlHarm, armHarm);
  return scoreOfSums([sum(controlHarm), sum(armHarm)]);
}

/** Refuses harm that is not paired by seed, or not harm. */
export function checkPairedHarm(controlHarm: readonly number[], armHarm: readonly number[]): void {
  if (controlHarm.length === 0) throw new TypeError('controlHarm must hold at least one seed: run one or more.');
  if (controlHarm.length !== armHarm.length) {
    throw new TypeError(
      `controlHarm has ${controlHarm.length} seeds and armHarm ${armHarm.length}: run both arms on the same seeds.`,
    );
  }
  checkHarm('controlHarm', controlHarm);
  checkHarm('armHarm', armHarm);
}

function checkHarm(name: string, harm: readonly number[]): void {
  const bad = harm.find((minutes) => !(minutes >= 0 && minutes < Infinity));
  if (bad !== undefined) throw new TypeError(`${name} must hold finite user-minutes of at least 0, got ${bad}.`);
}

function scoreOfSums(sums: readonly number[]): number {
  const control = sums[0] as number;
  const arm = sums[1] as number;
  const worse = Math.max(control, arm);
  return worse === 0 ? 0 : 100 * ((control - arm) / worse);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
