import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mean, sampleVariance } from './moments.ts';

const PROPERTY = { seed: 20, numRuns: 500 };

/** NumAcc of NIST's Statistical Reference Datasets: `base` + 0.2, then + 0.1 and + 0.3 by turns, 1,001 values. */
function numAcc(base: number): number[] {
  return Array.from({ length: 1001 }, (_, i) => (i === 0 ? base + 0.2 : i % 2 === 1 ? base + 0.1 : base + 0.3));
}

describe('mean and sampleVariance', () => {
  it('agree with the certified values of NIST NumAcc1 to NumAcc4', () => {
    const numAcc1 = [10_000_001, 10_000_003, 10_000_002];
    expect(mean(numAcc1)).toBe(10_000_002);
    expect(sampleVariance(numAcc1)).toBe(1);
    expect(mean(numAcc(1))).toBeCloseTo(1.2, 14);
    expect(Math.sqrt(sampleVariance(numAcc(1)))).toBeCloseTo(0.1, 13);
    expect(mean(numAcc(1_000_000))).toBeCloseTo(1_000_000.2, 9);
    expect(Math.sqrt(sampleVariance(numAcc(1_000_000)))).toBeCloseTo(0.1, 9);
    // Input itself is rounded to 2e-9 here, so no algorithm can give more than eight digits.
    expect(mean(numAcc(10_000_000))).toBeCloseTo(10_000_000.2, 8);
    expect(Math.sqrt(sampleVariance(numAcc(10_000_000)))).toBeCloseTo(0.1, 8);
  });

  it('are (n+1)/2 and n(n+1)/12 for the integers 1 to n', () => {
    for (const n of [2, 3, 10, 101, 1000]) {
      const values = Array.from({ length: n }, (_, i) => i + 1);
      expect(mean(values)).toBeCloseTo((n + 1) / 2, 12);
      expect(sampleVariance(values) / ((n * (n + 1)) / 12)).toBeCloseTo(1, 12);
    }
  });

  it('move with a shift and scale with a factor', () => {
    const sample = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(sample, fc.integer({ min: -100_000, max: 100_000 }), (values, shift) => {
        const shifted = values.map((value) => value + shift);
        const doubled = values.map((value) => 2 * value);
        expect(mean(shifted)).toBeCloseTo(mean(values) + shift, 8);
        expect(sampleVariance(shifted)).toBeCloseTo(sampleVariance(values), 5);
        expect(sampleVariance(doubled)).toBe(4 * sampleVariance(values));
        expect(mean(values)).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
        expect(mean(values)).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
      }),
      PROPERTY,
    );
  });

  it('find no variance among equal values, however large', () => {
    expect(sampleVariance([0.1, 0.1, 0.1])).toBe(0);
    expect(sampleVariance(new Float64Array(1000).fill(1.7e12 + 0.3))).toBe(0);
  });

  it('refuse samples that have none', () => {
    expect(() => mean([])).toThrow(/^values must hold at least one number/);
    expect(() => mean([1, Infinity])).toThrow(/^values must be finite numbers, got Infinity/);
    expect(() => sampleVariance([1])).toThrow(/^values must hold at least two numbers/);
    expect(() => sampleVariance([1, Number.NaN])).toThrow(/^values must be finite numbers, got NaN/);
  });
});
