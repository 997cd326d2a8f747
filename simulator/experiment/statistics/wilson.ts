// Every share this room reports (failed intentions, users hit, seeds that collapsed) gets its interval here.
import { normalCritical, type Confidence } from './normal.ts';

export interface WilsonInterval {
  /** Lower bound of the share, 0–1. */
  readonly low: number;
  /** Upper bound of the share, 0–1. */
  readonly high: number;
  /** Middle of the interval: the observed share drawn towards one half. It is not the observed share. */
  readonly center: number;
}

/**
 * Wilson score interval of a share.
 *
 *     center = (p + z²/2n) / (1 + z²/n)      half = z √(p(1−p)/n + z²/4n²) / (1 + z²/n)
 *
 * Source: E. B. Wilson, JASA 22 (1927) 209–212; method 3 of R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872.
 * No trials tell nothing: the interval is then [0, 1] about one half.
 *
 * @param successes integer, 0 to `trials` (both included)
 * @param trials integer, at least 0
 * @throws TypeError when a count is not such an integer
 */
export function wilson(successes: number, trials: number, confidence: Confidence = 0.95): WilsonInterval {
  if (!Number.isSafeInteger(trials) || trials < 0) {
    throw new TypeError(`trials must be an integer of at least 0, got ${trials}: pass the count of trials.`);
  }
  if (!Number.isSafeInteger(successes) || successes < 0 || successes > trials) {
    throw new TypeError(`successes must be an integer from 0 to trials (${trials}), got ${successes}.`);
  }
  const z = normalCritical(confidence);
  if (trials === 0) return { low: 0, high: 1, center: 0.5 };
  const share = successes / trials;
  const zSquared = z * z;
  const shrink = 1 + zSquared / trials;
  const center = (share + zSquared / (2 * trials)) / shrink;
  const half = (z * Math.sqrt((share * (1 - share)) / trials + zSquared / (4 * trials * trials))) / shrink;
  return {
    // At the ends the bound is exactly 0 or 1; the subtraction alone would leave a rounding error of either sign.
    low: successes === 0 ? 0 : Math.max(0, center - half),
    high: successes === trials ? 1 : Math.min(1, center + half),
    center,
  };
}
