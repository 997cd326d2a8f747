// One word for a score, read off its interval and never off its mean.
import type { Score } from './score.ts';

export type Verdict = 'prevents' | 'reduces' | 'worsens' | 'no effect' | 'inconclusive';

/** Points from which an effect counts as worth having, or as harm. */
const NOTABLE_POINTS = 5;

/** Points from which the incident counts as prevented. */
const PREVENTED_POINTS = 95;

/**
 * - *prevents*: the lower bound is 95 or more
 * - *reduces*: the lower bound is 5 or more
 * - *worsens*: the upper bound is −5 or less
 * - *no effect*: the whole interval lies within ±5 (both included)
 * - *inconclusive*: anything else; more seeds may tell
 *
 * A score that exposure has capped (`cappedScore`) never reads *prevents* or *reduces*: print the exposure word
 * before this one.
 */
export function verdict({ low, high }: Pick<Score, 'low' | 'high'>): Verdict {
  if (low >= PREVENTED_POINTS) return 'prevents';
  if (low >= NOTABLE_POINTS) return 'reduces';
  if (high <= -NOTABLE_POINTS) return 'worsens';
  if (low >= -NOTABLE_POINTS && high <= NOTABLE_POINTS) return 'no effect';
  return 'inconclusive';
}
