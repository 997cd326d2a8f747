/**
 * The natural logarithm from IEEE + - * / alone. `Math.log` may differ in the last bit from one engine to the next, and one
 * such bit is enough to send two replays of the same seed apart; these operations are exactly specified everywhere.
 */
import { fromWords, highWord, lowWord } from './binary64.ts';

/** ln 2 in two parts: the first ends in 21 zero bits, so that its product with any exponent of a float64 is exact. */
export const LN2_HIGH = 0.6931471803691238;
export const LN2_LOW = 1.9082149292705877e-10;

const TWO_TO_54 = 18014398509481984;
/** The top 20 fraction bits of the square root of two. */
const SQRT2_FRACTION = 0x6a09e;

/**
 * Natural logarithm of `x`. Error at most 1 ulp (the tests allow 2), subnormal numbers included.
 *
 * `ln(0)` is -Infinity, `ln(Infinity)` is Infinity; a negative number or NaN gives NaN, as with `Math.log`.
 *
 * Method: x = 2^k * (1 + f) with sqrt(1/2) <= 1 + f < sqrt(2). With s = f / (2 + f),
 * ln(1 + f) = 2 atanh(s) = 2s + s * R where R = 2s^2/3 + 2s^4/5 + ..., and 2s = f - s * f exactly. Writing
 * f - f^2/2 + s * (f^2/2 + R) keeps the largest term free of rounding; this arrangement is the one of Sun's fdlibm
 * (e_log.c), the coefficients are those of the series itself.
 */
export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let k = -1023;
  if (x < 2.2250738585072014e-308) {
    x *= TWO_TO_54;
    k -= 54;
  }
  const high = highWord(x);
  const fractionHigh = high & 0xfffff;
  const halve = fractionHigh >= SQRT2_FRACTION ? 1 : 0;
  k += (high >>> 20) + halve;
  const f = fromWords(((1023 - halve) << 20) | fractionHigh, lowWord(x)) - 1;
  if (f === 0) return k * LN2_HIGH + k * LN2_LOW;
  const s = f / (2 + f);
  const r = seriesRest(s * s);
  const halfSquare = 0.5 * f * f;
  return k * LN2_HIGH - (halfSquare - (s * (halfSquare + r) + k * LN2_LOW) - f);
}

/** 2z/3 + 2z^2/5 + ... for 0 <= z <= 0.0295: the first term left out is below 2^-58 of the sum it belongs to. */
function seriesRest(z: number): number {
  let sum = 2 / 23;
  sum = sum * z + 2 / 21;
  sum = sum * z + 2 / 19;
  sum = sum * z + 2 / 17;
  sum = sum * z + 2 / 15;
  sum = sum * z + 2 / 13;
  sum = sum * z + 2 / 11;
  sum = sum * z + 2 / 9;
  sum = sum * z + 2 / 7;
  sum = sum * z + 2 / 5;
  sum = sum * z + 2 / 3;
  return sum * z;
}
