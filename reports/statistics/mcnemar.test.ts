import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mcnemar } from './mcnemar.ts';

/** So many seeds of each kind: both collapsed, only the first, only the second, neither. */
function tested(both: number, onlyFirst: number, onlySecond: number, neither: number) {
  const seeds = [
    ...Array<[boolean, boolean]>(both).fill([true, true]),
    ...Array<[boolean, boolean]>(onlyFirst).fill([true, false]),
    ...Array<[boolean, boolean]>(onlySecond).fill([false, true]),
    ...Array<[boolean, boolean]>(neither).fill([false, false]),
  ];
  return mcnemar(
    seeds.map(([first]) => first),
    seeds.map(([, second]) => second),
  );
}

/** Both tails of n tosses of a fair coin, in whole numbers: nothing is rounded before the one division. */
function exactTails(one: number, other: number): number {
  const tosses = one + other;
  let [term, tail] = [1n, 0n];
  for (let count = 0; count <= Math.min(one, other); count += 1) {
    tail += term;
    term = (term * BigInt(tosses - count)) / BigInt(count + 1);
  }
  return Math.min(1, Number((2n * tail * 10n ** 40n) / 2n ** BigInt(tosses)) / 1e40);
}

describe('mcnemar', () => {
  it.each([
    // 2 · (1 + 12 + 66) / 4096
    [10, 2, 158 / 4096],
    // 2 / 2⁵
    [0, 5, 0.0625],
    [5, 0, 0.0625],
    // More than half of a fair coin on either side is held to 1.
    [4, 4, 1],
    [0, 0, 1],
    [0, 1, 1],
  ])('worked by hand: %i against %i seeds', (onlyFirst, onlySecond, pValue) => {
    expect(tested(3, onlyFirst, onlySecond, 4).pValue).toBeCloseTo(pValue, 14);
  });

  it('tells Agresti’s ratings of the prime minister apart, of which 86 and 150 changed', () => {
    // Categorical Data Analysis, table 10.1: 794, 150, 86, 570; z² = 17.36 there, p = 0.00003 by the normal.
    expect(tested(794, 150, 86, 570)).toMatchObject({ bothCount: 794, onlyFirstCount: 150, onlySecondCount: 86 });
    expect(tested(794, 150, 86, 570).pValue).toBeCloseTo(exactTails(150, 86), 12);
    expect(tested(794, 150, 86, 570).pValue).toBeLessThan(5e-5);
  });

  it('is exact for any count of seeds, and does not hear of those that agree', () => {
    const counts = fc.tuple(fc.nat(400), fc.nat(400), fc.nat(50), fc.nat(50));
    fc.assert(
      fc.property(counts, ([one, other, both, neither]) => {
        const { pValue } = tested(both, one, other, neither);
        const exact = exactTails(one, other);
        expect(Math.abs(pValue - exact)).toBeLessThanOrEqual(1e-12 * exact + 1e-38);
        expect(pValue).toBe(tested(0, other, one, 0).pValue);
      }),
      { seed: 12, numRuns: 200 },
    );
  });

  it('refuses arms that did not run on the same seeds', () => {
    expect(() => mcnemar([true], [true, false])).toThrow(/^first has 1 seeds and second 2/);
  });
});
