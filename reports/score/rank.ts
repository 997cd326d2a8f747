// The order of the scorecard: what is sure to help first, what opens a door last.
import { cappedScore, type ExposureWord } from './exposure.ts';
import type { Score } from './score.ts';

export interface Ranked {
  /** Unique among the entries. */
  readonly id: string;
  readonly score: Score;
  readonly exposure: ExposureWord;
}

const EXPOSURE_ORDER: Readonly<Record<ExposureWord, number>> = {
  'within budget': 0,
  'exceeds budget': 1,
  'admits forged': 2,
};

/**
 * A new array, best first: exposure *within budget* before *exceeds budget* before *admits forged*; then the higher
 * lower bound, the higher mean, the id in code-unit order. Scores of the two last exposures count as capped at 0
 * whether they come capped or not. The order is total, so it does not depend on the order of the entries.
 *
 * @throws TypeError when two entries share an id, or a score is not a number
 */
export function rank<Entry extends Ranked>(entries: readonly Entry[]): Entry[] {
  const ids = new Set<string>();
  for (const { id, score } of entries) {
    if (ids.has(id)) throw new TypeError(`id ${id} occurs twice among the entries: rank each arm once.`);
    if (Number.isNaN(score.low) || Number.isNaN(score.mean))
      throw new TypeError(`score of ${id} must be a number, got NaN.`);
    ids.add(id);
  }
  return entries.toSorted(compare);
}

function compare(left: Ranked, right: Ranked): number {
  const a = cappedScore(left.score, left.exposure);
  const b = cappedScore(right.score, right.exposure);
  return (
    EXPOSURE_ORDER[left.exposure] - EXPOSURE_ORDER[right.exposure] ||
    b.low - a.low ||
    b.mean - a.mean ||
    (left.id < right.id ? -1 : 1)
  );
}
