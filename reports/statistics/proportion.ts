// The interval of a share of seeds. Reports read nothing but the record, so the formula stands here once more.

export interface Proportion {
  /** Observed share, 0–1. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

const Z_95 = 1.959963984540054;

/**
 * Observed share with its 95 % Wilson score interval.
 *
 *     (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)
 *
 * Source: E. B. Wilson, JASA 22 (1927) 209–212. It keeps its width at 0 of n, where the usual ±z√(p(1−p)/n) has none.
 *
 * @param successes integer, 0 to `trials` (both included)
 * @param trials integer, at least 1
 * @throws TypeError when a count is not such an integer
 */
export function proportion(successes: number, trials: number): Proportion {
  if (!Number.isSafeInteger(trials) || trials < 1) {
    throw new TypeError(`trials must be an integer of at least 1, got ${trials}: run at least one seed.`);
  }
  if (!Number.isSafeInteger(successes) || successes < 0 || successes > trials) {
    throw new TypeError(`successes must be an integer from 0 to trials (${trials}), got ${successes}.`);
  }
  const share = successes / trials;
  const zSquared = Z_95 * Z_95;
  const center = share + zSquared / (2 * trials);
  const half = Z_95 * Math.sqrt((share * (1 - share)) / trials + zSquared / (4 * trials * trials));
  const shrink = 1 + zSquared / trials;
  return {
    share,
    low: successes === 0 ? 0 : Math.max(0, (center - half) / shrink),
    high: successes === trials ? 1 : Math.min(1, (center + half) / shrink),
  };
}
