// Order statistics of the measures: medians over seeds, p50 and p99 of request times.

/**
 * Quantile by linear interpolation between order statistics (type 7, the default of R and NumPy).
 *
 *     h = (n − 1) q      x(⌊h⌋) + (h − ⌊h⌋) (x(⌊h⌋+1) − x(⌊h⌋)), order statistics counted from 0
 *
 * Source: R. J. Hyndman & Y. Fan, The American Statistician 50 (1996) 361–365.
 *
 * @param values at least one, in any order, left untouched. +Infinity is allowed and means "never" (a detection that
 *   did not happen): a quantile that leans on one is +Infinity. NaN and −Infinity are refused.
 * @param q 0 to 1 (both included)
 * @throws TypeError when `values` is empty or holds what is refused, or `q` is out of bounds
 */
export function quantile(values: ArrayLike<number>, q: number): number {
  return quantileOfSorted(ascending(values), q);
}

/** The value with half of the others on either side: `quantile(values, 0.5)`. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

/** A checked, ascending copy, for callers that want several quantiles of one sample: see `quantileOfSorted`. */
export function ascending(values: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(values);
  for (const value of sorted) {
    if (!(value > -Infinity)) {
      throw new TypeError(`values must be numbers above -Infinity, got ${value}: leave out what was not measured.`);
    }
  }
  return sorted.sort();
}

/** As `quantile`, of values that `ascending` has already put in order. */
export function quantileOfSorted(sorted: ArrayLike<number>, q: number): number {
  if (sorted.length === 0)
    throw new TypeError('values must hold at least one number: an empty sample has no quantile.');
  if (!(q >= 0 && q <= 1))
    throw new TypeError(`q must lie between 0 and 1, got ${q}: pass 0.99 for the 99th percentile.`);
  const position = (sorted.length - 1) * q;
  const index = Math.floor(position);
  const lower = sorted[index] as number;
  const upper = sorted[Math.min(index + 1, sorted.length - 1)] as number;
  // Equal neighbours are not interpolated: Infinity − Infinity is NaN. Nor is an exact hit: 0 · Infinity is NaN.
  if (lower === upper || position === index) return lower;
  return Math.min(upper, lower + (position - index) * (upper - lower));
}
