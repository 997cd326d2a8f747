import { describe, expect, it } from 'vitest';
import { chosenSeeds, isPreciseWithin } from './stopping.ts';
import { sfc32 } from '../reports/statistics/sfc32.ts';
import { score } from '../reports/score/score.ts';

const next = sfc32(7);
/** Exponential with this mean: skewed, as harm is. */
const skewed = (mean: number): number => -mean * Math.log((next() + 1) / 4294967297);

/** Control and arm of one seed: four tenths of the harm are left, and some that is the arm's own. The true score is 50. */
function pairs(seedCount: number): [control: number[], arm: number[]] {
  const control = Array.from({ length: seedCount }, () => 20 + skewed(80));
  return [control, control.map((harm) => 0.4 * harm + skewed(10))];
}

describe('the seeds', () => {
  it('are as many as said, with a pilot only where it can save something', () => {
    expect(chosenSeeds({}).seeds).toHaveLength(10);
    expect(chosenSeeds({ seeds: '20' }).stopping).toEqual({ rule: 'fixed', pilotSeedCount: 4 });
    expect(chosenSeeds({ seeds: '3..5' })).toMatchObject({ seeds: [3, 4, 5], stopping: { pilotSeedCount: 0 } });
  });

  it('are as many as it takes where precision is asked for, 20 to 400 by default', () => {
    const { seeds, stopping, flags } = chosenSeeds({ precision: '5' });
    expect(seeds).toHaveLength(400);
    expect(stopping).toMatchObject({ rule: 'precision', precisionPoints: 5, minimumSeedCount: 20, batchSeedCount: 10 });
    expect(flags).toBe('--precision 5 --max-seeds 400');
    expect(chosenSeeds({ precision: '2.5', maxSeeds: '60' }).stopping).toMatchObject({ maximumSeedCount: 60 });
  });

  it.each([
    [{ precision: '5', seeds: '20' }, '--seeds and --precision exclude each other'],
    [{ maxSeeds: '100' }, '--max-seeds goes with --precision'],
    [{ precision: '0' }, '--precision 0 is no number of points'],
    [{ precision: 'five' }, '--precision five is no number of points'],
    [{ precision: '5', maxSeeds: '10' }, '--max-seeds 10 is out of bounds. Give a whole number from 20 to 10000.'],
  ])('cannot be chosen as %j', (flags, sentence) => {
    expect(() => chosenSeeds(flags)).toThrow(sentence);
  });
});

describe('stopping for precision', () => {
  it('looks at the width of the interval, not at where it lies', () => {
    const isPrecise = isPreciseWithin(5);
    const [control] = pairs(20);
    // No effect at all, to the last bit: as precise as can be, and still no effect.
    expect(isPrecise(control, control)).toBe(true);
    const half = control.map((harm, seed) => (seed % 2 === 0 ? 0 : harm * 1.9));
    expect(isPrecise(control, half)).toBe(false);
  });

  it('leaves the interval its coverage of a known answer, although it looks again and again', () => {
    const isPrecise = isPreciseWithin(3);
    let [covered, seedsUsed] = [0, 0];
    const trials = 120;
    for (let trial = 0; trial < trials; trial += 1) {
      const [control, arm] = pairs(120);
      let count = 20;
      while (count < 120 && !isPrecise(control.slice(0, count), arm.slice(0, count))) count += 10;
      const { low, high } = score(control.slice(0, count), arm.slice(0, count));
      if (low <= 50 && 50 <= high) covered += 1;
      seedsUsed += count;
    }
    // The rule was at work: some stopped at once, others did not.
    expect(seedsUsed / trials).toBeGreaterThan(25);
    expect(seedsUsed / trials).toBeLessThan(110);
    expect(covered / trials).toBeGreaterThan(0.88);
    expect(covered / trials).toBeLessThan(0.995);
  });
});
