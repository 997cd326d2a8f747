import { describe, expect, it } from 'vitest';
import { bootstrapSums, tailShare } from './resampling.ts';
import { sfc32 } from './sfc32.ts';

const ratio = ([part, whole]: readonly number[]): number => (part as number) / (whole as number);
const first = ([sum]: readonly number[]): number => sum as number;

/** Harm of a made-up incident: the control's is a sum of three uniforms, the arm keeps the square of a fourth of it. */
function samples(stream: number, seedCount: number): { control: number[]; arm: number[] } {
  const next = sfc32(1_000_000 + stream);
  const uniform = (): number => next() / 4294967296;
  const control: number[] = [];
  const arm: number[] = [];
  for (let seed = 0; seed < seedCount; seed += 1) {
    const harm = 1000 * (uniform() + uniform() + uniform());
    const kept = uniform();
    control.push(harm);
    arm.push(harm * kept * kept);
  }
  return { control, arm };
}

/** E[u²] of a uniform: what the ratio of arm to control tends to. */
const TRUE_RATIO = 1 / 3;

function meanWidth(seedCount: number, sampleCount: number): number {
  let sum = 0;
  for (let stream = 0; stream < sampleCount; stream += 1) {
    const { control, arm } = samples(stream, seedCount);
    const { low, high } = bootstrapSums([arm, control], ratio);
    sum += high - low;
  }
  return sum / sampleCount;
}

describe('bootstrapSums', () => {
  it('covers the known answer about as often as it says, at 20 seeds', () => {
    let covered = 0;
    for (let stream = 0; stream < 200; stream += 1) {
      const { control, arm } = samples(stream, 20);
      const { low, high } = bootstrapSums([arm, control], ratio);
      if (low <= TRUE_RATIO && TRUE_RATIO <= high) covered += 1;
    }
    expect(covered / 200).toBeGreaterThanOrEqual(0.88);
    expect(covered / 200).toBeLessThanOrEqual(0.99);
  });

  it('covers at 6 seeds too, where the plain percentile interval is too narrow', () => {
    let covered = 0;
    for (let stream = 0; stream < 200; stream += 1) {
      const { control, arm } = samples(stream, 6);
      const { low, high } = bootstrapSums([arm, control], ratio);
      if (low <= TRUE_RATIO && TRUE_RATIO <= high) covered += 1;
    }
    expect(covered / 200).toBeGreaterThanOrEqual(0.87);
  });

  it('narrows by about √2 when the seeds double', () => {
    const narrowing = meanWidth(40, 60) / meanWidth(80, 60);
    expect(narrowing).toBeGreaterThan(1.3);
    expect(narrowing).toBeLessThan(1.55);
  });

  it('keeps the columns of a seed together: a column beside itself has a ratio of exactly 1', () => {
    const { control } = samples(1, 30);
    expect(bootstrapSums([control, [...control]], ratio)).toEqual({ low: 1, high: 1 });
  });

  it('is narrow where pairing explains the spread, and wide once the pairs are broken', () => {
    const { control } = samples(2, 30);
    const arm = control.map((harm, seed) => harm * (seed % 2 === 0 ? 0.49 : 0.51));
    const paired = bootstrapSums([arm, control], ratio);
    const broken = bootstrapSums([arm.toReversed(), control], ratio);
    expect((broken.high - broken.low) / (paired.high - paired.low)).toBeGreaterThan(10);
  });

  it('gives the same interval for the same input, and leaves the input alone', () => {
    const { control, arm } = samples(3, 25);
    const before = [...control];
    expect(bootstrapSums([arm, control], ratio)).toEqual(bootstrapSums([arm, control], ratio));
    expect(control).toEqual(before);
  });

  it('agrees with the t interval on a mean of many near-normal values', () => {
    const values = samples(4, 200).control;
    const mean = values.reduce((sum, value) => sum + value, 0) / 200;
    const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
    const half = 1.9719565 * Math.sqrt(squares / 199 / 200); // Student's 97.5 % point with 199 degrees of freedom
    const { low, high } = bootstrapSums([values], first);
    expect(Math.abs(low / 200 - (mean - half)) / half).toBeLessThan(0.1);
    expect(Math.abs(high / 200 - (mean + half)) / half).toBeLessThan(0.1);
  });

  it('spans the whole sample when two seeds are all there is', () => {
    expect(bootstrapSums([[10, 30]], first)).toEqual({ low: 20, high: 60 });
  });

  it('refuses columns that are short, ragged or not finite, and too few resamples', () => {
    expect(() => bootstrapSums([], first)).toThrow(/^columns must hold at least two seeds, got 0/);
    expect(() => bootstrapSums([[1]], first)).toThrow(/^columns must hold at least two seeds, got 1/);
    expect(() =>
      bootstrapSums(
        [
          [1, 2],
          [1, 2, 3],
        ],
        first,
      ),
    ).toThrow(/^columns must be paired: 2 seeds in one, 3 in another/);
    expect(() => bootstrapSums([[1, Number.NaN]], first)).toThrow(/^columns must hold finite numbers/);
    expect(() => bootstrapSums([[1, 2]], first, 99)).toThrow(
      /^resampleCount must be an integer of at least 100, got 99/,
    );
  });
});

describe('tailShare', () => {
  it.each([
    // Normal tail beyond √(n/(n−1)) times Student's 97.5 % point, from SciPy 1.17.
    [5, 0.000954],
    [10, 0.008551],
    [20, 0.015881],
    [30, 0.018754],
    [100, 0.023064],
  ])('leaves out the share that %i seeds call for', (seedCount, share) => {
    expect(Math.abs(tailShare(seedCount) - share)).toBeLessThan(0.00002);
  });

  it('leaves out nothing for 2 or 3 seeds, and tends to 2.5 %', () => {
    expect(tailShare(2)).toBeLessThan(0.0001);
    expect(tailShare(3)).toBeLessThan(0.0001);
    expect(tailShare(1_000_000)).toBeCloseTo(0.025, 5);
  });
});
