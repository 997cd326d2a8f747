import { describe, expect, it } from 'vitest';
import type { Stretch } from '../../simulator/experiment/index.ts';
import { timeAxis, visibleParts } from './time-axis.ts';

const stretch = (fromMs: number, untilMs: number): Stretch => {
  return { fromMs, untilMs, from: '', until: '', firstBin: 0, binCount: 1, ticks: [] };
};

describe('the axis of time', () => {
  it('is linear within a window and ends at its edges', () => {
    const { x } = timeAxis([stretch(1_000, 3_000)], 10, 110);
    expect([1_000, 1_500, 3_000].map(x)).toEqual([10, 35, 110]);
    expect([0, 9_000].map(x)).toEqual([10, 110]);
  });

  it('sets windows side by side in proportion to their length, weeks between them in one gap', () => {
    const axis = timeAxis([stretch(0, 3_000), stretch(1_000_000, 1_001_000)], 0, 418);
    expect(axis.spans.map(({ left, right }) => [left, right])).toEqual([
      [0, 300],
      [318, 418],
    ]);
    expect(axis.x(500_000)).toBe(300);
  });

  it('shows of a span only what falls into windows', () => {
    const axis = timeAxis([stretch(0, 3_000), stretch(1_000_000, 1_001_000)], 0, 418);
    expect(visibleParts(axis, 2_000, 1_000_500)).toEqual([
      [200, 300],
      [318, 368],
    ]);
    expect(visibleParts(axis, 10_000, 20_000)).toEqual([]);
  });
});
