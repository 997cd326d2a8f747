import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verdict } from './verdict.ts';

describe('verdict', () => {
  it.each([
    [95, 100, 'prevents'],
    [94.9, 100, 'reduces'],
    [5, 5, 'reduces'],
    [5, 100, 'reduces'],
    [4.9, 100, 'inconclusive'],
    [4.9, 5, 'no effect'],
    [0, 0, 'no effect'],
    [-5, 5, 'no effect'],
    [-5.1, 5, 'inconclusive'],
    [-5, 5.1, 'inconclusive'],
    [-5, -5, 'worsens'],
    [-100, -5, 'worsens'],
    [-100, -4.9, 'inconclusive'],
    [-100, 100, 'inconclusive'],
  ])('reads %d to %d as %s', (low, high, word) => {
    expect(verdict({ low, high })).toBe(word);
  });

  it('never turns from help to harm, or back, by widening an interval: it only loses conviction', () => {
    const point = fc.double({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(point, point, fc.double({ min: 0, max: 50, noNaN: true }), (one, other, extra) => {
        const low = Math.min(one, other);
        const high = Math.max(one, other);
        const before = verdict({ low, high });
        const after = verdict({ low: low - extra, high: high + extra });
        const allowed = before === 'prevents' ? [before, 'reduces', 'inconclusive'] : [before, 'inconclusive'];
        expect(allowed).toContain(after);
      }),
      { seed: 20, numRuns: 1000 },
    );
  });
});
