// The default tolerance of a fact: an observed share passes when its count lies inside the 99 % binomial band of the
// share that the mechanism predicts.
import { normalCritical, type Confidence } from './normal.ts';

export interface BinomialBand {
  /** Smallest count inside the band. */
  readonly lowCount: number;
  /** Largest count inside the band. */
  readonly highCount: number;
}

/** Above this variance n·p·(1−p) a normal approximation stands in for the exact sum (about 4e8 trials at p = 1/2). */
const EXACT_VARIANCE_LIMIT = 1e8;

/** Weights relative to the mode's that are too small to move a tail of 0.5 %: about 10.7 standard deviations out. */
const NEGLIGIBLE_WEIGHT = 1e-25;

/**
 * Central band of a binomial count X: the narrowest [low, high] with P(X < low) ≤ α/2 and P(X > high) ≤ α/2, where
 * α = 1 − confidence. It holds at least `confidence`, more where the steps are coarse.
 *
 * Exact while trials·p·(1−p) ≤ 1e8: weights by the recurrence w(k+1)/w(k) = (n−k)p / ((k+1)(1−p)) outwards from the
 * mode, where w = 1, so nothing underflows; each tail is summed from its small end. Source: the recurrence follows from
 * the mass function, Johnson, Kemp & Kotz, Univariate Discrete Distributions (2005), 3.4. Above that, a normal
 * approximation with continuity correction and the first Cornish–Fisher term for skewness, which is within one count.
 *
 * Gotcha: the band supposes independent trials. The requests of one user are not; where they cluster, count users.
 *
 * @param trials integer, at least 0
 * @param probability expected share, 0 to 1 (both included)
 * @throws TypeError when an argument is out of its bounds
 */
export function binomialBand(trials: number, probability: number, confidence: Confidence = 0.99): BinomialBand {
  if (!Number.isSafeInteger(trials) || trials < 0) {
    throw new TypeError(`trials must be an integer of at least 0, got ${trials}: pass the count of trials.`);
  }
  if (!(probability >= 0 && probability <= 1)) {
    throw new TypeError(
      `probability must lie between 0 and 1, got ${probability}: pass the expected share as a ratio.`,
    );
  }
  const z = normalCritical(confidence);
  if (probability === 0 || trials === 0) return { lowCount: 0, highCount: 0 };
  if (probability === 1) return { lowCount: trials, highCount: trials };
  return trials * probability * (1 - probability) <= EXACT_VARIANCE_LIMIT
    ? exactBand(trials, probability, (1 - confidence) / 2)
    : normalBand(trials, probability, z);
}

function exactBand(trials: number, probability: number, tailShare: number): BinomialBand {
  const odds = probability / (1 - probability);
  const mode = Math.min(trials, Math.floor((trials + 1) * probability));
  const below: number[] = [];
  for (let k = mode, weight = 1; k > 0; k -= 1) {
    weight *= k / ((trials - k + 1) * odds);
    if (weight < NEGLIGIBLE_WEIGHT) break;
    below.push(weight);
  }
  const above: number[] = [1];
  for (let k = mode, weight = 1; k < trials; k += 1) {
    weight *= ((trials - k) / (k + 1)) * odds;
    if (weight < NEGLIGIBLE_WEIGHT) break;
    above.push(weight);
  }
  const weights = below.reverse().concat(above);
  const firstCount = mode - below.length;
  let total = 0;
  for (const weight of weights) total += weight;
  const limit = total * tailShare;
  return {
    lowCount: firstCount + firstBeyond(weights, limit),
    highCount: firstCount + weights.length - 1 - firstBeyond(weights.reverse(), limit),
  };
}

/** Index at which the running sum first exceeds `limit`. The whole sum does, for a tail is less than one half. */
function firstBeyond(weights: readonly number[], limit: number): number {
  let sum = 0;
  return weights.findIndex((weight) => {
    sum += weight;
    return sum > limit;
  });
}

function normalBand(trials: number, probability: number, z: number): BinomialBand {
  const mean = trials * probability;
  const deviation = Math.sqrt(mean * (1 - probability));
  const skew = ((1 - 2 * probability) * (z * z - 1)) / 6;
  return {
    lowCount: Math.max(0, Math.ceil(mean - z * deviation + skew - 0.5)),
    highCount: Math.min(trials, Math.ceil(mean + z * deviation + skew - 0.5)),
  };
}
