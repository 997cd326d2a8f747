/**
 * The exponential function from IEEE + - * / alone, for the same reason as `ln`: `Math.exp` may differ between engines in
 * the last bit, and a replay must not.
 */
import { powerOfTwo } from './binary64.ts';
import { LN2_HIGH, LN2_LOW } from './ln.ts';

const ONE_OVER_LN2 = 1.4426950408889634;
/** Largest x whose exponential is finite, and the one below which it rounds to zero. */
const LARGEST = 709.782712893384;
const SMALLEST = -745.1332191019412;

/**
 * e to the power of `x`. Error at most 1 ulp (the tests allow 2), also where the result is subnormal: it fades to zero
 * gradually, and is 0 below -745.1332191019412. Infinity above 709.782712893384; NaN for NaN.
 *
 * Method: x = k * ln 2 + r with |r| <= ln(2)/2, the Taylor series of e^r with the leading 1 + r kept apart
 * (as r's two parts), then an exact scaling by 2^k. The two-part reduction is the one of Sun's fdlibm (e_exp.c).
 */
export function exp(x: number): number {
  if (!(x <= LARGEST)) return x > LARGEST ? Infinity : NaN;
  if (x < SMALLEST) return 0;
  const k = Math.floor(x * ONE_OVER_LN2 + 0.5);
  const rHigh = x - k * LN2_HIGH;
  const rLow = k * LN2_LOW;
  const y = 1 + (rHigh - (rLow - seriesRest(rHigh - rLow)));
  if (k > 1023) return y * 2 * powerOfTwo(k - 1);
  if (k >= -1022) return y * powerOfTwo(k);
  // Below the normal range: one exact step, then one that rounds.
  return y * powerOfTwo(k + 1000) * 9.332636185032189e-302;
}

/** r^2/2! + r^3/3! + ... for |r| <= 0.3466: the first term left out is below 2^-57. */
function seriesRest(r: number): number {
  let sum = 1 / 6227020800;
  sum = sum * r + 1 / 479001600;
  sum = sum * r + 1 / 39916800;
  sum = sum * r + 1 / 3628800;
  sum = sum * r + 1 / 362880;
  sum = sum * r + 1 / 40320;
  sum = sum * r + 1 / 5040;
  sum = sum * r + 1 / 720;
  sum = sum * r + 1 / 120;
  sum = sum * r + 1 / 24;
  sum = sum * r + 1 / 6;
  sum = sum * r + 0.5;
  return sum * r * r;
}
