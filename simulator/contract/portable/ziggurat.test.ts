// The tables against the geometry they stand for: 256 regions of equal area under a falling density.
import { describe, expect, test } from 'vitest';
import { exponentialZiggurat, normalZiggurat } from './ziggurat.ts';

/** Integral of e^(-x^2/2) from `start` to infinity, by Simpson's rule: the integrand is below 1e-22 at the end. */
function normalTailArea(start: number): number {
  const [end, steps] = [10, 100_000];
  const width = (end - start) / steps;
  let sum = 0;
  for (let n = 0; n <= steps; n++) {
    const weight = n === 0 || n === steps ? 1 : n % 2 === 0 ? 2 : 4;
    sum += weight * Math.exp(-0.5 * (start + n * width) ** 2);
  }
  return (sum * width) / 3;
}

const tables = [
  {
    name: 'exponential',
    table: exponentialZiggurat,
    density: (x: number) => Math.exp(-x),
    tailArea: (x: number) => Math.exp(-x),
  },
  { name: 'normal', table: normalZiggurat, density: (x: number) => Math.exp(-0.5 * x * x), tailArea: normalTailArea },
];

describe.each(tables)('the $name ziggurat', ({ table: { edges, heights, steps, tailStart }, density, tailArea }) => {
  const baseArea = tailStart * density(tailStart) + tailArea(tailStart);

  test('the lowest layer holds the tail, and each of the others has its area', () => {
    expect(edges[1]).toBe(tailStart);
    expect(edges[0]! * density(tailStart)).toBeCloseTo(baseArea, 15);
    for (let layer = 1; layer < 256; layer++) {
      expect(edges[layer]! * (heights[layer + 1]! - heights[layer]!)).toBeCloseTo(baseArea, 14);
    }
  });

  test('edges fall to 0, heights are the density there and rise to 1', () => {
    expect([edges.length, heights.length, steps.length]).toEqual([257, 257, 256]);
    expect([edges[256], heights[0], heights[256]]).toEqual([0, 0, 1]);
    for (let layer = 1; layer <= 256; layer++) {
      expect(edges[layer]!).toBeLessThan(edges[layer - 1]!);
      expect(heights[layer]!).toBeGreaterThan(heights[layer - 1]!);
      expect(heights[layer]).toBeCloseTo(density(edges[layer]!), 14);
    }
  });
});

test('a step times the number of positions is the width of the layer, so that no position falls outside', () => {
  for (let layer = 0; layer < 256; layer++) {
    expect(exponentialZiggurat.steps[layer]! * 2 ** 32).toBe(exponentialZiggurat.edges[layer]);
    expect(normalZiggurat.steps[layer]! * 2 ** 31).toBe(normalZiggurat.edges[layer]);
  }
});
