import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { score } from './score.ts';
import { verdict } from './verdict.ts';

const PROPERTY = { seed: 20, numRuns: 60 };
const minutes = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 100_000 }),
  fc.double({ min: 0, max: 1e6, noNaN: true }),
);
const pairs = fc.array(fc.tuple(minutes, minutes), { minLength: 1, maxLength: 12 });

const constant = (harm: number, seedCount: number): number[] => Array.from<number>({ length: seedCount }).fill(harm);

describe('score', () => {
  it('is 100 when all harm is gone, 0 for no difference, −50 for twice the harm, −100 for harm out of nothing', () => {
    expect(score(constant(40, 5), constant(0, 5))).toEqual({ mean: 100, low: 100, high: 100 });
    expect(score(constant(40, 5), constant(40, 5))).toEqual({ mean: 0, low: 0, high: 0 });
    expect(score(constant(40, 5), constant(80, 5))).toEqual({ mean: -50, low: -50, high: -50 });
    expect(score(constant(0, 5), constant(40, 5))).toEqual({ mean: -100, low: -100, high: -100 });
    expect(score(constant(0, 5), constant(0, 5))).toEqual({ mean: 0, low: 0, high: 0 });
  });

  it('compares sums over seeds, not scores of seeds', () => {
    expect(score([1000, 10], [500, 20]).mean).toBeCloseTo(100 * (490 / 1010), 12);
  });

  it('has no interval with a single seed, and so no verdict', () => {
    const single = score([100], [10]);
    expect(single).toEqual({ mean: 90, low: -100, high: 100 });
    expect(verdict(single)).toBe('inconclusive');
  });

  it('spreads over what the seeds show when an arm sometimes fails', () => {
    const arm = Array.from({ length: 30 }, (_, seed) => (seed % 3 === 0 ? 100 : 0));
    const { mean, low, high } = score(constant(100, 30), arm);
    expect(mean).toBeCloseTo(100 * (2 / 3), 10);
    // A third of 30 seeds, ± 1.96 √(p(1−p)/30), is 50 to 84; the expanded interval lies a little further out.
    expect(low).toBeGreaterThan(44);
    expect(low).toBeLessThan(52);
    expect(high).toBeGreaterThan(81);
    expect(high).toBeLessThan(88);
  });

  it('gives the same interval each time it is asked', () => {
    const control = [120, 80, 200, 150, 90, 30];
    const arm = [60, 70, 20, 150, 0, 45];
    expect(score(control, arm)).toEqual(score(control, arm));
  });

  it('stays within ±100 with the mean inside its interval, for any harm', () => {
    fc.assert(
      fc.property(pairs, (seeds) => {
        const { mean, low, high } = score(
          seeds.map(([control]) => control),
          seeds.map(([, arm]) => arm),
        );
        expect(low).toBeGreaterThanOrEqual(-100);
        expect(high).toBeLessThanOrEqual(100);
        expect(low).toBeLessThanOrEqual(mean);
        expect(high).toBeGreaterThanOrEqual(mean);
      }),
      PROPERTY,
    );
  });

  it('holds the mean to the last bit when every seed agrees but for rounding', () => {
    const control = [4.1, 3.2, 6.1, 2.5, 8.9, 5.4, 1.4, 0.3, 1];
    const { mean, low, high } = score(
      control,
      control.map((harm) => harm * 0.7),
    );
    expect(low).toBeLessThanOrEqual(mean);
    expect(high).toBeGreaterThanOrEqual(mean);
    expect(low).toBeCloseTo(30, 10);
  });

  it('changes sign when control and arm change places', () => {
    fc.assert(
      fc.property(pairs, (seeds) => {
        const control = seeds.map(([harm]) => harm);
        const arm = seeds.map(([, harm]) => harm);
        const there = score(control, arm);
        const back = score(arm, control);
        expect(there.mean + back.mean).toBe(0);
        expect(there.low + back.high).toBeCloseTo(0, 8);
        expect(there.high + back.low).toBeCloseTo(0, 8);
      }),
      PROPERTY,
    );
  });

  it('is exactly zero for an arm that equals its control, whatever the harm', () => {
    fc.assert(
      fc.property(fc.array(minutes, { minLength: 2, maxLength: 12 }), (harm) => {
        expect(score(harm, [...harm])).toEqual({ mean: 0, low: 0, high: 0 });
      }),
      PROPERTY,
    );
  });

  it('does not depend on the unit of harm', () => {
    fc.assert(
      fc.property(pairs, (seeds) => {
        const control = seeds.map(([harm]) => harm);
        const arm = seeds.map(([, harm]) => harm);
        // 64 is a power of two, so that scaling rounds nothing.
        expect(
          score(
            control.map((harm) => harm * 64),
            arm.map((harm) => harm * 64),
          ),
        ).toEqual(score(control, arm));
      }),
      PROPERTY,
    );
  });

  it('grows when the arm does less harm in any seed', () => {
    fc.assert(
      fc.property(pairs, fc.nat({ max: 11 }), (seeds, pick) => {
        const control = seeds.map(([harm]) => harm);
        const arm = seeds.map(([, harm]) => harm);
        const better = arm.map((harm, seed) => (seed === pick % arm.length ? harm / 2 : harm));
        const before = score(control, arm);
        const after = score(control, better);
        expect(after.mean).toBeGreaterThanOrEqual(before.mean);
        expect(after.low).toBeGreaterThanOrEqual(before.low);
        expect(after.high).toBeGreaterThanOrEqual(before.high);
      }),
      PROPERTY,
    );
  });

  it('names the arm whose harm is unpaired, negative or not a number', () => {
    expect(() => score([], [])).toThrow(/^controlHarm must hold at least one seed/);
    expect(() => score([1, 2], [1])).toThrow(/^controlHarm has 2 seeds and armHarm 1: run both arms on the same seeds/);
    expect(() => score([1, -2], [1, 2])).toThrow(/^controlHarm must hold finite user-minutes of at least 0, got -2/);
    expect(() => score([1, 2], [1, Number.NaN])).toThrow(
      /^armHarm must hold finite user-minutes of at least 0, got NaN/,
    );
    expect(() => score([1, 2], [1, Infinity])).toThrow(/^armHarm must hold finite/);
  });
});
