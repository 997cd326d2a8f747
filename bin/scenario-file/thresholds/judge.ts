/** Holds the measures of runs against a threshold: over many seeds it is the interval that has to keep to the limit. */
import { tInterval } from '../../../simulator/experiment/statistics/t-interval.ts';
import { median } from '../../../simulator/experiment/index.ts';
import type { Threshold } from './units.ts';

export type Verdict = 'PASS' | 'FAIL' | 'INCONCLUSIVE';

export interface Judged {
  readonly verdict: Verdict;
  /** Mean over seeds, of a duration the median ("never" is infinite); null when no seed shows it. */
  readonly value: number | null;
  /** 95 % interval; only with several seeds. */
  readonly low?: number;
  readonly high?: number;
  /** Seeds on which there was nothing to observe. */
  readonly missingCount: number;
}

/**
 * PASS when the whole interval keeps to the limit, FAIL when none of it does, else INCONCLUSIVE; also where a seed has nothing
 * to observe. One seed is judged as it is.
 *
 * @param values one a seed, NaN where there was nothing to observe, Infinity for "never"
 * @param center `median` for quantities that can be "never"
 * @param most the largest value that there can be: no interval of a mean reaches beyond it
 */
export function judge(
  threshold: Threshold,
  values: readonly number[],
  center: 'mean' | 'median',
  most: number = Infinity,
): Judged {
  const seen = values.filter((value) => !Number.isNaN(value));
  const missingCount = values.length - seen.length;
  if (seen.length === 0) return { verdict: 'INCONCLUSIVE', value: null, missingCount };
  const { value, low, high } = center === 'median' ? medianInterval(seen) : meanInterval(seen, most);
  const held = [low, high].filter((end) => keeps(threshold, end)).length;
  const verdict = missingCount > 0 || held === 1 ? 'INCONCLUSIVE' : held === 2 ? 'PASS' : 'FAIL';
  return { verdict, value, ...(values.length > 1 ? { low, high } : {}), missingCount };
}

function keeps({ sense, limit }: Threshold, value: number): boolean {
  return sense === 'at-least' ? value >= limit : value <= limit;
}

interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

function meanInterval(values: readonly number[], most: number): Interval {
  if (values.length === 1) return { value: values[0]!, low: values[0]!, high: values[0]! };
  const { mean, low, high } = tInterval(values);
  // No measure is below 0.
  return { value: mean, low: Math.max(0, low), high: Math.min(most, high) };
}

/**
 * The interval between order statistics that holds the median with at least 95 %, by the binomial distribution with a
 * half; with fewer than six seeds there is none, and all that was seen stands for it.
 */
function medianInterval(values: readonly number[]): Interval {
  const sorted = [...values].sort((one, other) => one - other);
  const n = sorted.length;
  let rank = 0;
  let term = 0.5 ** n;
  let below = term;
  while (below <= 0.025 && rank < n) {
    rank++;
    term = (term * (n - rank + 1)) / rank;
    below += term;
  }
  const first = Math.max(0, rank - 1);
  return { value: median(sorted), low: sorted[first]!, high: sorted[n - 1 - first]! };
}
