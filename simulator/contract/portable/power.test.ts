import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { power } from './power.ts';

const relativeError = (actual: number, expected: number): number => Math.abs(actual / expected - 1);

describe('power', () => {
  test('every power of two is exact, subnormal ones included', () => {
    let expected = 1;
    for (let n = 0; n <= 1023; n++, expected *= 2) expect(power(2, n)).toBe(expected);
    expected = 1;
    for (let n = 0; n <= 1074; n++, expected /= 2) expect(power(2, -n)).toBe(expected);
    expect(power(2, 1024)).toBe(Infinity);
    expect(power(2, -1075)).toBe(0);
  });

  test('whole powers are exact while they fit 53 bits', () => {
    expect(power(10, 22)).toBe(1e22);
    expect(power(3, 33)).toBe(5559060566555523);
    expect(power(-7, 3)).toBe(-343);
    expect(power(1.5, 10)).toBe(57.6650390625);
    expect(power(10, -2)).toBe(0.01);
  });

  test('special cases are those of Math.pow', () => {
    const specials = [0, -0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 2000, 2001, 1e300, Infinity, -Infinity, NaN, 2.5, -2.5];
    for (const base of specials) {
      for (const exponent of specials) {
        // Only kind and sign are compared here: the last bits are Math.pow's own business.
        const [actual, expected] = [power(base, exponent), Math.pow(base, exponent)];
        const close =
          Number.isFinite(expected) && expected !== 0
            ? relativeError(actual, expected) < 1e-12
            : Object.is(actual, expected);
        expect(close, `power(${base}, ${exponent}) = ${actual}, expected ${expected}`).toBe(true);
      }
    }
  });

  test('fractional exponents keep the documented error', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        fc.double({ min: -20, max: 20, noNaN: true }),
        (base, exponent) => {
          const ulps = 2 + 2 * Math.abs(exponent * Math.log(base));
          expect(relativeError(power(base, exponent), Math.pow(base, exponent))).toBeLessThan((ulps + 1) * 2 ** -52);
        },
      ),
      { seed: 1, numRuns: 2_000 },
    );
  });

  test('recorded values are met to the last bit', () => {
    expect([power(1.1, 10), power(0.3, 0.7), power(2, 0.5), power(1.0001, 5_000), power(9, -1.5)]).toEqual([
      2.593742460100002, 0.4305116202499342, 1.414213562373095, 1.648680055931085, 0.037037037037037035,
    ]);
  });
});
