import { describe, expect, it } from 'vitest';
import { differenceOfIntervals, movedWord, pairedDifference, type ArmHarm } from './difference.ts';

const bySeed = (harm: readonly number[]): ReadonlyMap<number, number> =>
  new Map(harm.map((value, seed) => [seed, value]));
const arms = (control: readonly number[], arm: readonly number[]): ArmHarm => {
  return { control: bySeed(control), arm: bySeed(arm) };
};
/** Harm that differs much between seeds. */
const CONTROL = [100, 400, 250, 900, 120, 610, 330, 480, 75, 720];
const times = (factor: number): readonly number[] => CONTROL.map((harm) => harm * factor);

describe('how far a score moved', () => {
  it('pairing takes away what is common to both: the same change on every seed has no spread', () => {
    const moved = pairedDifference(arms(CONTROL, times(0.5)), arms(CONTROL, times(0.3)))!;
    expect(moved.points).toBeCloseTo(20, 10);
    expect(moved.low).toBeCloseTo(20, 10);
    expect(moved.high).toBeCloseTo(20, 10);
    expect(movedWord(moved, false)).toBe('better');
  });

  it('exchanged, the difference changes its sign', () => {
    const noisy = CONTROL.map((harm, seed) => harm * (0.2 + 0.05 * (seed % 4)));
    const there = pairedDifference(arms(CONTROL, times(0.9)), arms(CONTROL, noisy))!;
    const back = pairedDifference(arms(CONTROL, noisy), arms(CONTROL, times(0.9)))!;
    expect(back.points).toBeCloseTo(-there.points, 10);
    expect(movedWord(there, false)).toBe('better');
    expect(movedWord(back, false)).toBe('worse');
  });

  it('one common seed is no evidence', () => {
    expect(pairedDifference(arms([1], [1]), arms([1], [0]))).toBeUndefined();
    expect(
      pairedDifference(arms([1, 2], [1, 2]), { control: new Map([[7, 1]]), arm: new Map([[7, 1]]) }),
    ).toBeUndefined();
  });

  it('two intervals give one that holds both, wider than either', () => {
    const moved = differenceOfIntervals({ mean: 50, low: 46, high: 53 }, { mean: 80, low: 76, high: 82 });
    expect(moved).toMatchObject({ points: 30, low: 25, basis: 'two intervals' });
    expect(moved.high).toBeCloseTo(30 + Math.sqrt(4 + 16), 10);
  });

  it('within five points either way nothing moved; across that line nobody can tell', () => {
    const word = (low: number, high: number): string =>
      movedWord({ points: (low + high) / 2, low, high, basis: 'paired seeds' }, false);
    expect([word(-5, 5), word(5, 9), word(-9, -5), word(-1, 6), word(-40, 40)]).toEqual([
      'same',
      'better',
      'worse',
      'unclear',
      'unclear',
    ]);
  });

  it('the same figures are the same, however wide their intervals', () => {
    expect(movedWord({ points: 0, low: -141, high: 141, basis: 'two intervals' }, true)).toBe('same');
  });
});
