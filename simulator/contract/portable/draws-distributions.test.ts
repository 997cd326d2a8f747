// Draws have the distributions they promise. Seeds are fixed, so the outcome is too; the critical values are those that a
// true sample exceeds once in a thousand times.
import { describe, expect, test } from 'vitest';
import { Draws } from './draws.ts';

/** Kolmogorov-Smirnov: sqrt(n) * D, n large. */
const KS_CRITICAL = 1.9495;
/** Standard normal, both sides. */
const Z_CRITICAL = 3.2905;
/** Chi-square by degrees of freedom. */
const CHI_SQUARE_CRITICAL: Record<2 | 9 | 23 | 255, number> = { 2: 13.816, 9: 27.877, 23: 49.728, 255: 330.52 };

const COUNT = 131_072;
const draws = new Draws(1, 'crowd', 'test');

type Draw = (from: Draws, key1: number, key2: number) => number;
type Cdf = (x: number) => number;

/** The ways in which a model counts keys: along the first, along the second, over a grid. */
const keyings: [name: string, keysOf: (n: number) => [number, number]][] = [
  ['along key1', (n) => [n, 0]],
  ['along key2', (n) => [17, n]],
  ['over a grid', (n) => [n >>> 6, n & 63]],
];

const sample = (draw: Draw, keysOf: (n: number) => [number, number]): Float64Array =>
  Float64Array.from({ length: COUNT }, (_, n) => draw(draws, ...keysOf(n)));

function kolmogorovSmirnov(values: Float64Array, cdf: Cdf): number {
  const sorted = values.toSorted();
  let distance = 0;
  sorted.forEach((x, n) => {
    const p = cdf(x);
    distance = Math.max(distance, p - n / sorted.length, (n + 1) / sorted.length - p);
  });
  return distance * Math.sqrt(sorted.length);
}

/** Chi-square over bins of equal probability: sees a wrong wedge of the ziggurat that the largest distance would not. */
function chiSquare(bins: number[], binCount: number): number {
  const counts = new Uint32Array(binCount);
  for (const bin of bins) counts[bin]!++;
  const expected = bins.length / binCount;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let n = 0; n < values.length; n++) sum += values[n]!;
  return sum / values.length;
}

function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let n = 0; n < a.length; n++) {
    const [da, db] = [a[n]! - meanA, b[n]! - meanB];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  return ab / Math.sqrt(aa * bb);
}

/** Standard normal distribution function: G. Marsaglia, "Evaluating the Normal Distribution", J. Stat. Software 11(4), 2004. */
function normalCdf(x: number): number {
  if (Math.abs(x) > 8) return x > 0 ? 1 : 0;
  let sum = x;
  let term = x;
  for (let n = 3; Math.abs(term) > 1e-18; n += 2) sum += term *= (x * x) / n;
  return 0.5 + sum * Math.exp(-0.5 * x * x - 0.9189385332046727);
}

interface Law {
  readonly name: string;
  readonly draw: Draw;
  readonly cdf: Cdf;
  readonly mean: number;
  readonly variance: number;
  /** Fourth central moment over the squared variance: how uncertain the sample's variance is. */
  readonly kurtosis: number;
}

const laws: Law[] = [
  {
    name: 'uniform',
    draw: (from, a, b) => from.uniform(a, b),
    cdf: (x) => x,
    mean: 0.5,
    variance: 1 / 12,
    kurtosis: 1.8,
  },
  {
    name: 'between -2 and 6',
    draw: (from, a, b) => from.between(-2, 6, a, b),
    cdf: (x) => (x + 2) / 8,
    mean: 2,
    variance: 64 / 12,
    kurtosis: 1.8,
  },
  {
    name: 'exponential with mean 4',
    draw: (from, a, b) => from.exponential(4, a, b),
    cdf: (x) => 1 - Math.exp(-x / 4),
    mean: 4,
    variance: 16,
    kurtosis: 9,
  },
  {
    name: 'normal with mean 10 and deviation 3',
    draw: (from, a, b) => from.normal(10, 3, a, b),
    cdf: (x) => normalCdf((x - 10) / 3),
    mean: 10,
    variance: 9,
    kurtosis: 3,
  },
  {
    name: 'the logarithm of a log-normal with sigma 0.5',
    draw: (from, a, b) => Math.log(from.logNormal(20, 0.5, a, b)),
    cdf: (x) => normalCdf((x - Math.log(20)) / 0.5),
    mean: Math.log(20),
    variance: 0.25,
    kurtosis: 3,
  },
];

describe.each(laws)('$name', ({ draw, cdf, mean: expectedMean, variance, kurtosis }) => {
  test.each(keyings)('keeps its distribution function %s', (_, keysOf) => {
    const values = sample(draw, keysOf);
    expect(kolmogorovSmirnov(values, cdf)).toBeLessThan(KS_CRITICAL);
    expect(
      chiSquare(
        Array.from(values, (x) => Math.floor(cdf(x) * 256)),
        256,
      ),
    ).toBeLessThan(CHI_SQUARE_CRITICAL[255]);
  });

  test.each(keyings)('keeps its mean and variance %s', (_, keysOf) => {
    const values = sample(draw, keysOf);
    const z = (mean(values) - expectedMean) / Math.sqrt(variance / COUNT);
    expect(Math.abs(z)).toBeLessThan(Z_CRITICAL);
    const squares = values.map((x) => (x - expectedMean) ** 2);
    const zOfVariance = (mean(squares) / variance - 1) / Math.sqrt((kurtosis - 1) / COUNT);
    expect(Math.abs(zOfVariance)).toBeLessThan(Z_CRITICAL);
  });

  test('shows no correlation between neighbouring keys, purposes, scopes and seeds', () => {
    const at = (d: Draws, shift1: number, shift2: number): Float64Array =>
      Float64Array.from({ length: COUNT }, (_, n) => draw(d, n + shift1, shift2));
    const here = at(draws, 0, 0);
    const neighbours = [
      at(draws, 1, 0),
      at(draws, 0, 1),
      at(new Draws(1, 'crowd', 'tests'), 0, 0),
      at(new Draws(1, 'crowds', 'test'), 0, 0),
      at(new Draws(2, 'crowd', 'test'), 0, 0),
      at(new Draws(1 + 2 ** 32, 'crowd', 'test'), 0, 0),
    ];
    for (const there of neighbours) {
      expect(Math.abs(correlation(here, there)) * Math.sqrt(COUNT)).toBeLessThan(Z_CRITICAL);
    }
  });
});

describe('large samples', () => {
  /** z of a count of rare events. */
  const surprise = (observed: number, probability: number, trials: number): number =>
    Math.abs(observed - probability * trials) / Math.sqrt(probability * trials);

  test('exponential draws keep their mean over millions, and pass the start of the tail, and half as far again, as often as they should', () => {
    const [start, trials] = [7.69711747013105, 4_000_000];
    let [once, further, sum] = [0, 0, 0];
    for (let n = 0; n < trials; n++) {
      const x = draws.exponential(1, n);
      sum += x;
      if (x > start) once++;
      if (x > 1.5 * start) further++;
    }
    expect(Math.abs(sum / trials - 1) * Math.sqrt(trials)).toBeLessThan(Z_CRITICAL);
    expect(surprise(once, Math.exp(-start), trials)).toBeLessThan(Z_CRITICAL);
    expect(surprise(further, Math.exp(-1.5 * start), trials)).toBeLessThan(Z_CRITICAL);
  });

  test('normal draws keep their variance over millions, and pass the start of the tail on both sides as often as they should', () => {
    const [start, trials] = [3.654152885361009, 4_000_000];
    let [below, above, far, squares] = [0, 0, 0, 0];
    for (let n = 0; n < trials; n++) {
      const x = draws.normal(0, 1, n);
      squares += x * x;
      if (x < -start) below++;
      if (x > start) above++;
      if (Math.abs(x) > 4.2) far++;
    }
    expect(Math.abs(squares / trials - 1) * Math.sqrt(trials / 2)).toBeLessThan(Z_CRITICAL);
    const tail = 1 - normalCdf(start);
    expect(surprise(below, tail, trials)).toBeLessThan(Z_CRITICAL);
    expect(surprise(above, tail, trials)).toBeLessThan(Z_CRITICAL);
    expect(surprise(far, 2 * (1 - normalCdf(4.2)), trials)).toBeLessThan(Z_CRITICAL);
  });
});

describe('choices', () => {
  test('chance comes true as often as its probability says', () => {
    for (const probability of [0.001, 0.03, 0.5, 0.9]) {
      let hits = 0;
      for (let n = 0; n < COUNT; n++) if (draws.chance(probability, n, 5)) hits++;
      const z = (hits / COUNT - probability) / Math.sqrt((probability * (1 - probability)) / COUNT);
      expect(Math.abs(z)).toBeLessThan(Z_CRITICAL);
    }
  });

  test('integers and picks are each as likely', () => {
    const numbers = Array.from({ length: COUNT }, (_, n) => draws.integer(-4, 5, n) + 4);
    expect(chiSquare(numbers, 10)).toBeLessThan(CHI_SQUARE_CRITICAL[9]);
    const picks = Array.from({ length: COUNT }, (_, n) => draws.pick([0, 1, 2], 3, n));
    expect(chiSquare(picks, 3)).toBeLessThan(CHI_SQUARE_CRITICAL[2]);
  });

  test('a range that does not divide 2^53 is not folded onto its lower part', () => {
    const third = 2 ** 51; // Without rejection the first of the three thirds would be twice as likely.
    const thirds = Array.from({ length: COUNT }, (_, n) => Math.floor(draws.integer(0, 3 * third - 1, n) / third));
    expect(chiSquare(thirds, 3)).toBeLessThan(CHI_SQUARE_CRITICAL[2]);
  });

  test('a small range draws again where the incomplete block of 2^32 is hit', () => {
    // 2^32 modulo 2,096,129 is 2,095,104, so about one key in 2,050 falls into the incomplete block.
    const count = 2_096_129;
    const incomplete = 2 ** 32 % count;
    let [kept, hit, moved] = [0, 0, 0];
    for (let n = 0; n < COUNT; n++) {
      const product = draws.bits(n) * count;
      const firstAnswer = Math.floor(product / 2 ** 32);
      const same = draws.integer(0, count - 1, n) === firstAnswer;
      if (product - firstAnswer * 2 ** 32 >= incomplete) kept += same ? 1 : 0;
      else {
        hit++;
        moved += same ? 0 : 1;
      }
    }
    expect(hit).toBeGreaterThan(30);
    expect(moved).toBe(hit);
    expect(kept).toBe(COUNT - hit);
  });

  test('every order of four entries is as likely', () => {
    const orders = Array.from({ length: 24_000 }, (_, n) => draws.shuffle([0, 1, 2, 3], n).join(''));
    const names = [...new Set(orders)].toSorted();
    expect(names).toHaveLength(24);
    expect(
      chiSquare(
        orders.map((order) => names.indexOf(order)),
        24,
      ),
    ).toBeLessThan(CHI_SQUARE_CRITICAL[23]);
  });
});
