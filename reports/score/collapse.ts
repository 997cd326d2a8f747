// Where an arm either breaks down or gets away, its mean describes no run. Then the probability of breaking down is
// the figure to read first, and a median for each of the two outcomes.
import { mcnemar, type McNemar } from '../statistics/mcnemar.ts';
import { median, quantileOfSorted } from '../statistics/order.ts';
import { proportion } from '../statistics/proportion.ts';
import { checkPairedHarm } from './score.ts';

export interface Collapse {
  /** Share of the seeds in which the arm collapsed, 0–1. */
  readonly probability: number;
  /** 95 % Wilson interval of that share. */
  readonly low: number;
  readonly high: number;
  /** Whether the outcomes fall into two separate groups, so that P(collapse) should stand before the score. */
  readonly bimodal: boolean;
  /** A seed whose harm exceeds this has collapsed. Disrupted user-minutes. */
  readonly thresholdUserMinutes: number;
  /** Median harm of the seeds that collapsed; null when none did. */
  readonly collapsedMedianUserMinutes: number | null;
  /** Median harm of the seeds that got away; null when none did. */
  readonly escapedMedianUserMinutes: number | null;
}

/** Fewer seeds than this cannot show two groups. */
const MIN_SEED_COUNT = 10;

/** Fewer seeds than this are outliers, not a group. */
const MIN_GROUP_COUNT = 2;

/**
 * P(collapse) of an arm and whether its outcomes are bimodal over seeds.
 *
 * **Collapse**: the seed's harm is more than half of the control's *mean* harm. One level for all seeds, so that a
 * seed in which even the control got away does not count against an arm that was harmed as little; the mean, because
 * it lies between the two groups of a bimodal control, where a median sits in one of them. Call it with the control
 * as the arm for the control's own probability.
 *
 * **Bimodal**: at least 10 seeds, two or more on each side of that level, and the groups stand apart: from the upper
 * quartile of those that got away to the lower quartile of those that collapsed is at least (1 + 20/n) times both
 * groups' interquartile ranges together. A flat spread cut anywhere has half of one such sum there; the 20/n is for
 * the noise of quartiles of few seeds. In trials of 1,500 samples flat, exponential and gamma-shaped harm was called
 * bimodal in at most 7 % at n = 10, 5 % at 20, 1.5 % at 50; two real groups (0.04 and 1 ± 0.22, split 3 to 7) in
 * 65 %, 86 % and 99 %. Two groups on one side of the level are no collapse and are not looked for.
 *
 * That a run either falls into overload and stays there or gets away is the mark of a metastable failure: N. Bronson,
 * A. Aghayev, A. Charapko & T. Zhu, HotOS 2021. Level and criterion are our own.
 *
 * @param controlHarm disrupted user-minutes of the control, one finite number ≥ 0 for each seed; at least one
 * @param armHarm the same for the arm, on the same seeds in the same order
 * @throws TypeError as `score` does
 */
export function collapse(controlHarm: readonly number[], armHarm: readonly number[]): Collapse {
  checkPairedHarm(controlHarm, armHarm);
  const threshold = collapseThreshold(controlHarm);
  const collapsed = armHarm.filter((harm) => harm > threshold);
  const escaped = armHarm.filter((harm) => harm <= threshold);
  const { share, low, high } = proportion(collapsed.length, armHarm.length);
  return {
    probability: share,
    low,
    high,
    bimodal: separated(escaped, collapsed),
    thresholdUserMinutes: threshold,
    collapsedMedianUserMinutes: median(collapsed),
    escapedMedianUserMinutes: median(escaped),
  };
}

/**
 * Collapses of control and arm, paired by seed, at the level of `collapse`.
 *
 * @throws TypeError as `collapse` does
 */
export function pairedCollapses(controlHarm: readonly number[], armHarm: readonly number[]): McNemar {
  checkPairedHarm(controlHarm, armHarm);
  const threshold = collapseThreshold(controlHarm);
  const collapsed = (harm: number): boolean => harm > threshold;
  return mcnemar(controlHarm.map(collapsed), armHarm.map(collapsed));
}

function collapseThreshold(controlHarm: readonly number[]): number {
  return controlHarm.reduce((sum, harm) => sum + harm, 0) / controlHarm.length / 2;
}

function separated(escaped: readonly number[], collapsed: readonly number[]): boolean {
  const seedCount = escaped.length + collapsed.length;
  if (seedCount < MIN_SEED_COUNT || Math.min(escaped.length, collapsed.length) < MIN_GROUP_COUNT) return false;
  const [escapedLow, escapedHigh] = quartiles(escaped);
  const [collapsedLow, collapsedHigh] = quartiles(collapsed);
  const spread = escapedHigh - escapedLow + (collapsedHigh - collapsedLow);
  return collapsedLow - escapedHigh >= (1 + 20 / seedCount) * spread;
}

function quartiles(harm: readonly number[]): [low: number, high: number] {
  const sorted = Float64Array.from(harm).sort();
  return [quantileOfSorted(sorted, 0.25), quantileOfSorted(sorted, 0.75)];
}
