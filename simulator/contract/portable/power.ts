/**
 * Powers without `**` or `Math.pow`, whose last bits engines may choose. Back-off schedules are powers of two or of a
 * whole-number exponent: these take a path that is exact whenever each step is.
 */
import { exp } from './exp.ts';
import { ln } from './ln.ts';

/** Whole exponents up to this size multiply; it covers every power of two that a float64 can hold. */
const LARGEST_MULTIPLIED = 1074;

/**
 * `base` to the power of `exponent`, with the special cases of `Math.pow` (a negative base with a fractional exponent is
 * NaN, anything to the power of 0 is 1, 1 to an infinite power is NaN).
 *
 * Whole exponents from -1074 to 1074 multiply repeatedly: exact while the products fit 53 bits (all powers of two, 10^22,
 * 3^33), otherwise an error of at most about |exponent| / 2 ulp, in practice far less. All other exponents are
 * exp(exponent * ln |base|): an error of about 2 + 2 * |exponent * ln |base|| ulp, that is 20 ulp for a result near 10^4.
 */
export function power(base: number, exponent: number): number {
  if (exponent === 0) return 1;
  if (Number.isInteger(exponent) && Math.abs(exponent) <= LARGEST_MULTIPLIED) return wholePower(base, exponent);
  const magnitude = exp(exponent * ln(Math.abs(base)));
  if (!(base < 0 || Object.is(base, -0))) return base === base ? magnitude : NaN;
  if (Number.isInteger(exponent)) return exponent % 2 === 0 ? magnitude : -magnitude;
  return base < 0 && base !== -Infinity && Math.abs(exponent) !== Infinity ? NaN : magnitude;
}

function wholePower(base: number, exponent: number): number {
  if (exponent > 0) return repeatedProduct(base, exponent);
  const divisor = repeatedProduct(base, -exponent);
  if (Number.isFinite(divisor)) return 1 / divisor;
  // The positive power overflows although its inverse may still be a (subnormal) number: divide in two steps.
  const half = Math.floor(-exponent / 2);
  return 1 / repeatedProduct(base, half) / repeatedProduct(base, -exponent - half);
}

/** Square and multiply. `count` is a whole number from 0. */
function repeatedProduct(base: number, count: number): number {
  let product = 1;
  for (let square = base; count > 0; square *= square) {
    if (count & 1) product *= square;
    count >>>= 1;
  }
  return product;
}
