import { describe, expect, it } from 'vitest';
import { median, quantileOfSorted } from './order.ts';

describe('quantileOfSorted', () => {
  it('gives what R gives for 1 to 10 with its default type 7', () => {
    const sorted = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    expect([0, 0.25, 0.5, 0.75, 1].map((q) => quantileOfSorted(sorted, q))).toEqual([1, 3.25, 5.5, 7.75, 10]);
  });

  it('refuses an empty sample and a q out of bounds', () => {
    expect(() => quantileOfSorted([], 0.5)).toThrow(/^sorted must hold at least one number/);
    expect(() => quantileOfSorted([1], -0.1)).toThrow(/^q must lie between 0 and 1, got -0.1/);
  });
});

describe('median', () => {
  it('sorts by size, leaves its input alone, and is null of nothing', () => {
    const values = [100, 9, 20, 30];
    expect(median(values)).toBe(25);
    expect(values).toEqual([100, 9, 20, 30]);
    expect(median([])).toBeNull();
  });
});
