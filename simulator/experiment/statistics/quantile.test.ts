import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ascending, median, quantile, quantileOfSorted } from './quantile.ts';

const PROPERTY = { seed: 20, numRuns: 500 };
const oneToTen = [10, 3, 7, 1, 9, 2, 8, 4, 6, 5];

describe('quantile', () => {
  it('gives what R gives for 1 to 10 with its default type 7', () => {
    expect(quantile(oneToTen, 0)).toBe(1);
    expect(quantile(oneToTen, 0.25)).toBe(3.25);
    expect(quantile(oneToTen, 0.5)).toBe(5.5);
    expect(quantile(oneToTen, 0.75)).toBe(7.75);
    expect(quantile(oneToTen, 0.9)).toBeCloseTo(9.1, 12);
    expect(quantile(oneToTen, 1)).toBe(10);
  });

  it('sorts by size, not by spelling, and leaves its input alone', () => {
    const values = [100, 9, 20];
    expect(median(values)).toBe(20);
    expect(values).toEqual([100, 9, 20]);
  });

  it('reads +Infinity as never: only a quantile that leans on it is infinite', () => {
    const detectedAfterMs = [1, 2, 3, Infinity, Infinity];
    expect(median(detectedAfterMs)).toBe(3);
    expect(quantile(detectedAfterMs, 0.6)).toBe(Infinity);
    expect(quantile(detectedAfterMs, 0.5)).toBe(3);
    expect(quantile(detectedAfterMs, 1)).toBe(Infinity);
  });

  it('takes typed arrays, and a sorted column more than once', () => {
    const sorted = ascending(Float64Array.from([4, 2, 1, 3]));
    expect([...sorted]).toEqual([1, 2, 3, 4]);
    expect(quantileOfSorted(sorted, 0.5)).toBe(median([4, 2, 1, 3]));
  });

  it('stays within the sample, grows with q, and does not depend on the order', () => {
    const sample = fc.array(fc.double({ min: -1e12, max: 1e12, noNaN: true }), { minLength: 1, maxLength: 50 });
    const ratio = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(sample, ratio, ratio, (values, one, other) => {
        const lower = quantile(values, Math.min(one, other));
        const upper = quantile(values, Math.max(one, other));
        expect(lower).toBeLessThanOrEqual(upper);
        expect(lower).toBeGreaterThanOrEqual(Math.min(...values));
        expect(upper).toBeLessThanOrEqual(Math.max(...values));
        expect(quantile(values.toReversed(), one)).toBe(quantile(values, one));
      }),
      PROPERTY,
    );
  });

  it('refuses an empty sample, NaN, −Infinity and a q out of bounds', () => {
    expect(() => quantile([], 0.5)).toThrow(/^values must hold at least one number/);
    expect(() => median([1, Number.NaN])).toThrow(/^values must be numbers above -Infinity, got NaN/);
    expect(() => median([1, -Infinity])).toThrow(/^values must be numbers above -Infinity, got -Infinity/);
    expect(() => quantile([1], 99)).toThrow(/^q must lie between 0 and 1, got 99/);
    expect(() => quantile([1], Number.NaN)).toThrow(/^q must lie/);
  });
});
