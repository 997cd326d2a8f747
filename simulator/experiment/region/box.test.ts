import { describe, expect, it } from 'vitest';
import { exp } from '../../contract/index.ts';
import { placeIn, scaleOf, valueAt } from './box.ts';
import { latinHypercube } from './hypercube.ts';

const about = { id: 'a', unit: 'ms', sentence: 'Made up.' };
const instances = { ...about, unit: 'instances', value: 16, low: 4, high: 64 };
const delayMs = { ...about, value: 100, low: 10, high: 10_000 };
const share = { ...about, unit: 'share', value: 0.5, low: 0, high: 1 };
const switched = { ...about, unit: 'share', value: 1, low: 0, high: 1 };

describe('a place in the box', () => {
  it('is the default in the middle and a bound at either end', () => {
    for (const assumption of [instances, delayMs, share]) {
      expect([-1, 0, 1].map((place) => valueAt(assumption, place))).toEqual([
        assumption.low,
        assumption.value,
        assumption.high,
      ]);
    }
  });

  it('goes by ratios where the bounds are a decade or more apart, by differences elsewhere', () => {
    expect([instances, delayMs, share].map(scaleOf)).toEqual(['logarithmic', 'logarithmic', 'linear']);
    expect(valueAt(delayMs, 0.5)).toBe(1_000);
    expect(valueAt(delayMs, -0.5)).toBe(Math.round(100 / Math.sqrt(10)));
    expect(valueAt(share, -0.25)).toBe(0.375);
    expect(valueAt({ ...delayMs, low: 0 }, 0.5)).toBe(5_050);
  });

  it('is whole for what is counted, never for a share', () => {
    expect(valueAt(instances, 0.3)).toBe(Math.round(16 * exp(0.3 * 1.3862943611198906)));
    expect(valueAt(switched, -0.3)).toBe(0.7);
  });

  it('stays within the extent, narrowed on both sides alike', () => {
    const extent = { towardsLow: 0.25, towardsHigh: 1 };
    expect([0, 0.2, 1].map((uniform) => placeIn(extent, 1, uniform))).toEqual([-0.25, 0, 1]);
    expect([0, 1].map((uniform) => placeIn(extent, 0.5, uniform))).toEqual([-0.125, 0.5]);
    expect(placeIn({ towardsLow: 0, towardsHigh: 0 }, 1, 0.7)).toBeCloseTo(0, 15);
  });
});

describe('a Latin hypercube', () => {
  const points = latinHypercube(['one', 'two', 'three'], 20, 0);

  it('has one point in each slice of each dimension', () => {
    for (const dimension of ['one', 'two', 'three']) {
      const slices = points.map((point) => Math.floor(point[dimension]! * 20)).sort((a, b) => a - b);
      expect(slices).toEqual([...Array(20).keys()]);
    }
  });

  it('takes the slices of each dimension in an order of its own', () => {
    const order = (dimension: string): string => points.map((point) => Math.floor(point[dimension]! * 20)).join();
    expect(new Set(['one', 'two', 'three'].map(order)).size).toBe(3);
    expect(order('one')).not.toBe([...Array(20).keys()].join());
  });

  it('is the same for the same batch, another for another, and does not hear of other dimensions', () => {
    expect(latinHypercube(['one', 'two', 'three'], 20, 0)).toEqual(points);
    expect(latinHypercube(['one'], 20, 1)[0]).not.toEqual({ one: points[0]!['one'] });
    expect(latinHypercube(['three', 'one'], 20, 0).map((point) => point['one'])).toEqual(
      points.map((point) => point['one']),
    );
  });
});
