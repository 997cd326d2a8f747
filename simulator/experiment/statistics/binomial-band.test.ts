import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialBand } from './binomial-band.ts';

const PROPERTY = { seed: 20, numRuns: 300 };

/** Mass of 0…n successes at probability `numerator`/64, as integers over 64ⁿ: no rounding at all. */
function exactMass(trials: number, numerator: number): { mass: bigint[]; total: bigint } {
  let mass = [1n];
  let total = 1n;
  for (let trial = 0; trial < trials; trial += 1) {
    const longer = Array.from<bigint>({ length: mass.length + 1 }).fill(0n);
    mass.forEach((weight, count) => {
      longer[count] = (longer[count] ?? 0n) + weight * BigInt(64 - numerator);
      longer[count + 1] = weight * BigInt(numerator);
    });
    mass = longer;
    total *= 64n;
  }
  return { mass, total };
}

function exactCentralBand(trials: number, numerator: number, perTail: bigint): { lowCount: number; highCount: number } {
  const { mass, total } = exactMass(trials, numerator);
  const beyond = (weights: readonly bigint[]): number => {
    let sum = 0n;
    return weights.findIndex((weight) => (sum += weight) * perTail > total);
  };
  return { lowCount: beyond(mass), highCount: trials - beyond(mass.toReversed()) };
}

describe('binomialBand', () => {
  it.each([
    // Two-sided critical values of the sign test (any statistics textbook): the band is what they leave.
    [10, 0.95, 2, 8],
    [10, 0.99, 1, 9],
    [20, 0.95, 6, 14],
    [20, 0.99, 4, 16],
    [25, 0.95, 8, 17],
    [25, 0.99, 6, 19],
  ] as const)('leaves the sign test its table: %i fair trials at %d', (trials, confidence, lowCount, highCount) => {
    expect(binomialBand(trials, 0.5, confidence)).toEqual({ lowCount, highCount });
  });

  it('equals the band found in exact integer arithmetic, for every small case', () => {
    for (const trials of [1, 2, 3, 7, 16, 33, 64]) {
      for (let numerator = 1; numerator < 64; numerator += 1) {
        const probability = numerator / 64;
        expect(binomialBand(trials, probability, 0.99)).toEqual(exactCentralBand(trials, numerator, 200n));
        expect(binomialBand(trials, probability, 0.95)).toEqual(exactCentralBand(trials, numerator, 40n));
      }
    }
  });

  it.each([
    // Quantiles 0.005 and 0.995 (0.025 and 0.975) as SciPy 1.17 gives them by the incomplete beta function.
    [1000, 0.125, 0.99, 99, 153],
    [10_000, 0.125, 0.99, 1166, 1336],
    [1_000_000, 0.5, 0.99, 498_712, 501_288],
    [1_000_000, 0.125, 0.99, 124_149, 125_853],
    [1_000_000, 0.000_001, 0.99, 0, 4],
    [1_000_000, 0.999_999, 0.99, 999_996, 1_000_000],
    [100_000_000, 0.3, 0.99, 29_988_196, 30_011_804],
    [100_000_000, 0.3, 0.95, 29_991_019, 30_008_982],
  ] as const)(
    'neither underflows nor drifts at %i trials of %d',
    (trials, probability, confidence, lowCount, highCount) => {
      expect(binomialBand(trials, probability, confidence)).toEqual({ lowCount, highCount });
    },
  );

  it.each([
    [10_000_000_000, 0.3, 0.99, 2_999_881_961, 3_000_118_040],
    [10_000_000_000, 0.5, 0.95, 4_999_902_002, 5_000_097_998],
    [40_000_000_000, 0.01, 0.99, 399_948_743, 400_051_259],
    [1_000_000_000_000, 0.001, 0.99, 999_918_587, 1_000_081_415],
    [1_000_000_000_000, 0.001, 0.95, 999_938_052, 1_000_061_949],
  ] as const)(
    'is within one count by the normal approximation at %i trials of %d',
    (trials, probability, confidence, low, high) => {
      const band = binomialBand(trials, probability, confidence);
      expect(Math.abs(band.lowCount - low)).toBeLessThanOrEqual(1);
      expect(Math.abs(band.highCount - high)).toBeLessThanOrEqual(1);
    },
  );

  it('is a single count where chance has no part', () => {
    expect(binomialBand(50, 0)).toEqual({ lowCount: 0, highCount: 0 });
    expect(binomialBand(50, 1)).toEqual({ lowCount: 50, highCount: 50 });
    expect(binomialBand(0, 0.3)).toEqual({ lowCount: 0, highCount: 0 });
  });

  it('holds the mean, stays within the trials, mirrors with the share, and nests by confidence', () => {
    const trialCount = fc.integer({ min: 1, max: 100_000 });
    const dyadicShare = fc.integer({ min: 1, max: 1023 }).map((numerator) => numerator / 1024);
    fc.assert(
      fc.property(trialCount, dyadicShare, (trials, probability) => {
        const band = binomialBand(trials, probability);
        const mirrored = binomialBand(trials, 1 - probability);
        const narrower = binomialBand(trials, probability, 0.95);
        expect(band.lowCount).toBeGreaterThanOrEqual(0);
        expect(band.highCount).toBeLessThanOrEqual(trials);
        expect(band.lowCount).toBeLessThanOrEqual(Math.ceil(trials * probability));
        expect(band.highCount).toBeGreaterThanOrEqual(Math.floor(trials * probability));
        expect(mirrored).toEqual({ lowCount: trials - band.highCount, highCount: trials - band.lowCount });
        expect(band.lowCount).toBeLessThanOrEqual(narrower.lowCount);
        expect(band.highCount).toBeGreaterThanOrEqual(narrower.highCount);
      }),
      PROPERTY,
    );
  });

  it('takes shares as small and as large as a double can hold', () => {
    expect(binomialBand(1_000_000, Number.MIN_VALUE)).toEqual({ lowCount: 0, highCount: 0 });
    expect(binomialBand(1_000_000, 1 - Number.EPSILON / 2)).toEqual({ lowCount: 1_000_000, highCount: 1_000_000 });
  });

  it('names the field of a bad argument', () => {
    expect(() => binomialBand(-1, 0.5)).toThrow(/^trials must be an integer/);
    expect(() => binomialBand(1.5, 0.5)).toThrow(/^trials must be an integer/);
    expect(() => binomialBand(10, 1.01)).toThrow(/^probability must lie between 0 and 1, got 1.01/);
    expect(() => binomialBand(10, Number.NaN)).toThrow(/^probability/);
    expect(() => binomialBand(10, 0.5, 0.9 as 0.95)).toThrow(/^confidence must be 0.95 or 0.99, got 0.9/);
  });
});
