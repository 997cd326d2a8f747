import { describe, expect, it } from 'vitest';
import { drawIndex, sfc32 } from './sfc32.ts';

describe('sfc32', () => {
  it.each([
    // The first four words after twelve rounds, worked from the definition with unbounded integers.
    [0, [1363572419, 145230303, 808754475, 4216505632]],
    [1, [2012149540, 1872316204, 1707632675, 1779833415]],
    [20, [2184596803, 337720068, 2563222257, 10926179]],
    [4294967295, [1984736529, 3747275468, 1287205723, 2021412065]],
  ])('starts as its definition says from seed %i', (seed, words) => {
    const next = sfc32(seed);
    expect([next(), next(), next(), next()]).toEqual(words);
  });

  it('draws every index about equally often: chi-squared over 100 cells', () => {
    const next = sfc32(7);
    const hits = Array.from<number>({ length: 100 }).fill(0);
    for (let draw = 0; draw < 100_000; draw += 1) {
      const index = drawIndex(next, 100);
      hits[index] = (hits[index] ?? 0) + 1;
    }
    expect(hits).toHaveLength(100);
    const chiSquared = hits.reduce((sum, count) => sum + ((count - 1000) * (count - 1000)) / 1000, 0);
    // 0.05 % and 99.95 % points of chi-squared with 99 degrees of freedom.
    expect(chiSquared).toBeGreaterThan(57);
    expect(chiSquared).toBeLessThan(154);
  });

  it('never reaches the count itself, at either end of a word', () => {
    expect(drawIndex(() => 0, 30)).toBe(0);
    expect(drawIndex(() => 4294967295, 30)).toBe(29);
  });
});
