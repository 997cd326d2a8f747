import { describe, expect, it } from 'vitest';
import { rankCorrelation } from './rank-correlation.ts';

describe('rankCorrelation', () => {
  it('is −29/165 for ten people’s intelligence and hours of television', () => {
    // The worked example of the article on Spearman's coefficient in Wikipedia: Σd² = 194, 1 − 6 · 194 / 990.
    const intelligence = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
    const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
    expect(rankCorrelation(intelligence, hours)).toBeCloseTo(-29 / 165, 14);
  });

  it('is 1 for whatever rises and −1 for whatever falls, however crooked', () => {
    expect(rankCorrelation([1, 2, 3, 40], [0, 0.1, 7, 7.001])).toBeCloseTo(1, 14);
    expect(rankCorrelation([1, 2, 3, 40], [5, 4, 3, -1e9])).toBeCloseTo(-1, 14);
  });

  it('gives equal values their mean rank, and 0 for what does not vary', () => {
    // Ranks 1.5, 1.5, 3 against 1, 2, 3: 1.5 / √(1.5 · 2).
    expect(rankCorrelation([4, 4, 9], [1, 2, 3])).toBeCloseTo(1.5 / Math.sqrt(3), 14);
    expect(rankCorrelation([4, 4, 4], [1, 2, 3])).toBe(0);
  });

  it('refuses what is not paired', () => {
    expect(() => rankCorrelation([1, 2], [1])).toThrow(/^one has 2 numbers and other 1/);
    expect(() => rankCorrelation([1], [1])).toThrow(/two or more pairs/);
  });
});
