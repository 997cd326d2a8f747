// Quantiles for reports: of bootstrap resamples, and of the harm within a class of seeds.

/**
 * Quantile of ascending values by linear interpolation (type 7: Hyndman & Fan, The American Statistician 50 (1996)
 * 361–365).
 *
 * @param sorted at least one finite number, ascending
 * @param q 0 to 1 (both included)
 */
export function quantileOfSorted(sorted: ArrayLike<number>, q: number): number {
  if (sorted.length === 0)
    throw new TypeError('sorted must hold at least one number: an empty sample has no quantile.');
  if (!(q >= 0 && q <= 1)) throw new TypeError(`q must lie between 0 and 1, got ${q}: pass a ratio.`);
  const position = (sorted.length - 1) * q;
  const index = Math.floor(position);
  const lower = sorted[index] as number;
  const upper = sorted[Math.min(index + 1, sorted.length - 1)] as number;
  return Math.min(upper, lower + (position - index) * (upper - lower));
}

/** Median of finite numbers in any order; null when there are none. */
export function median(values: readonly number[]): number | null {
  return values.length === 0 ? null : quantileOfSorted(Float64Array.from(values).sort(), 0.5);
}
