/** The document of `combine`: what several mitigations do together, and how much of it each is worth. */
import type { Collapse } from './collapse.ts';
import type { Exposure } from './score-result.ts';
import type { Score } from './score.ts';

/** Points of the control's harm: 100 is all of it. Below −100 is possible: harm has no upper bound. */
export interface Points {
  readonly points: number;
  /** 95 % interval over seeds; all subsets of a seed move together. */
  readonly low: number;
  readonly high: number;
}

export interface MemberWorth {
  readonly id: string;
  readonly sentence: string;
  /** Added to nothing. */
  readonly alone: Points;
  /** Added to all the others. */
  readonly last: Points;
  /** Mean over all orders in which they can be added; sums to what all save together. */
  readonly shapley: Points;
}

/** Positive: worth more together than apart. Negative: substitutes. */
export interface PairInteraction {
  readonly pair: readonly [string, string];
  /** Both, less each alone: v(ij) − v(i) − v(j). */
  readonly alone: Points;
  /** Shapley interaction index: the same in the company of every subset of the others, weighed as orders weigh them. */
  readonly shapley: Points;
}

export interface SubsetScore {
  readonly mitigations: readonly string[];
  readonly saved: Points;
  /** As on a scorecard, held down by exposure. */
  readonly score: Score;
  readonly collapse: Collapse;
  readonly exposure: Exposure;
  readonly disruptedUserMinutes: number;
  readonly actionCount: number;
}

export interface CombinationResult {
  readonly schemaVersion: number;
  readonly kind: 'combination';
  readonly scenario: string;
  readonly title: string;
  readonly seeds: readonly number[];
  readonly assumptions: Readonly<Record<string, number>>;
  /** Greatest Shapley value first. */
  readonly members: readonly MemberWorth[];
  readonly pairs: readonly PairInteraction[];
  /** All 2^k; the control first, then by size. */
  readonly subsets: readonly SubsetScore[];
  /** SHA-256 over this document and the trace hashes of all runs. */
  readonly digest: string;
}
