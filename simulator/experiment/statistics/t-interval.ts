// Interval of a mean over independent replications (seeds): the engine's agreement with closed forms is judged by it.
import { mean, sampleVariance } from './moments.ts';
import { normalCritical, type Confidence } from './normal.ts';

export interface MeanInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Student's t interval: x̄ ± t(n−1) · s / √n.
 *
 * **When to use**: for at least some 30 replications, or fewer of a quantity that is near to normal. Replications are
 * seeds; the requests of one run are not independent of each other. For skewed or bimodal outcomes it misleads.
 *
 * @param values at least two finite numbers, one for each seed
 * @throws TypeError when fewer than two values are given or one is not finite
 */
export function tInterval(values: ArrayLike<number>, confidence: Confidence = 0.95): MeanInterval {
  if (values.length < 2) {
    throw new TypeError(`values must hold at least two numbers for an interval, got ${values.length}: run more seeds.`);
  }
  const center = mean(values);
  const half = studentCritical(values.length - 1, confidence) * Math.sqrt(sampleVariance(values) / values.length);
  return { mean: center, low: center - half, high: center + half };
}

/**
 * Two-sided critical value of Student's t: |T| ≤ t with probability `confidence`.
 *
 * 1 to 30 degrees of freedom from the table (as in NIST/SEMATECH e-Handbook 1.3.6.7.2, to more digits); above that the
 * expansion of Abramowitz & Stegun 26.7.5 in powers of 1/ν to the fourth, whose error there is below 4e-7.
 *
 * @param degreesOfFreedom integer, at least 1
 */
export function studentCritical(degreesOfFreedom: number, confidence: Confidence): number {
  if (!Number.isSafeInteger(degreesOfFreedom) || degreesOfFreedom < 1) {
    throw new TypeError(
      `degreesOfFreedom must be an integer of at least 1, got ${degreesOfFreedom}: give two values or more.`,
    );
  }
  const z = normalCritical(confidence);
  const tabled = (confidence === 0.95 ? CRITICAL_95 : CRITICAL_99)[degreesOfFreedom - 1];
  return tabled ?? expansion(z, degreesOfFreedom);
}

function expansion(z: number, degreesOfFreedom: number): number {
  const s = z * z;
  const inverse = 1 / degreesOfFreedom;
  const g1 = (z * (s + 1)) / 4;
  const g2 = (z * ((5 * s + 16) * s + 3)) / 96;
  const g3 = (z * (((3 * s + 19) * s + 17) * s - 15)) / 384;
  const g4 = (z * ((((79 * s + 776) * s + 1482) * s - 1920) * s - 945)) / 92160;
  return z + inverse * (g1 + inverse * (g2 + inverse * (g3 + inverse * g4)));
}

// prettier-ignore
const CRITICAL_95: readonly number[] = [
  12.70620474, 4.30265273, 3.182446305, 2.776445105, 2.570581836, 2.446911851,
  2.364624252, 2.306004135, 2.262157163, 2.228138852, 2.20098516, 2.17881283,
  2.160368656, 2.144786688, 2.131449546, 2.119905299, 2.109815578, 2.10092204,
  2.093024054, 2.085963447, 2.079613845, 2.073873068, 2.06865761, 2.063898562,
  2.059538553, 2.055529439, 2.051830516, 2.048407142, 2.045229642, 2.042272456,
];

// prettier-ignore
const CRITICAL_99: readonly number[] = [
  63.65674116, 9.924843201, 5.84090931, 4.604094871, 4.032142984, 3.707428021,
  3.499483297, 3.355387331, 3.249835542, 3.169272673, 3.105806516, 3.054539589,
  3.012275839, 2.976842734, 2.946712883, 2.920781622, 2.89823052, 2.878440473,
  2.860934606, 2.84533971, 2.831359558, 2.818756061, 2.807335684, 2.796939505,
  2.787435814, 2.778714533, 2.770682957, 2.763262455, 2.756385904, 2.749995654,
];
