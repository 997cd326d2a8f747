// Mean and variance of a sample, in two passes so that a large offset (times in microseconds) costs no digits.

/**
 * Arithmetic mean of at least one finite number. The second pass adds the mean of the deviations, which is what
 * rounding lost in the first.
 *
 * @throws TypeError when `values` is empty or holds a number that is not finite
 */
export function mean(values: ArrayLike<number>): number {
  const count = values.length;
  if (count === 0) throw new TypeError('values must hold at least one number: an empty sample has no mean.');
  let sum = 0;
  for (let i = 0; i < count; i += 1) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) {
      throw new TypeError(`values must be finite numbers, got ${value}: use a median where "never" can occur.`);
    }
    sum += value;
  }
  const first = sum / count;
  let rest = 0;
  for (let i = 0; i < count; i += 1) rest += (values[i] as number) - first;
  return first + rest / count;
}

/**
 * Unbiased sample variance, Σ(x − x̄)² / (n − 1), of at least two finite numbers.
 *
 * Corrected two-pass algorithm: (Σd² − (Σd)²/n) / (n − 1) with d = x − x̄; the second term is zero but for rounding.
 * Source: T. F. Chan, G. H. Golub & R. J. LeVeque, The American Statistician 37 (1983) 242–247.
 *
 * @throws TypeError when fewer than two values are given or one is not finite
 */
export function sampleVariance(values: ArrayLike<number>): number {
  const count = values.length;
  if (count < 2) throw new TypeError(`values must hold at least two numbers for a variance, got ${count}.`);
  const center = mean(values);
  let squares = 0;
  let deviations = 0;
  for (let i = 0; i < count; i += 1) {
    const deviation = (values[i] as number) - center;
    squares += deviation * deviation;
    deviations += deviation;
  }
  return Math.max(0, squares - (deviations * deviations) / count) / (count - 1);
}
