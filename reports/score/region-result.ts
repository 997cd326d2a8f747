/** The document of `region`: over which sets of assumptions the facts hold, and what each mitigation does in them. */
import type { RegionAssumption } from '../../simulator/experiment/index.ts';
import type { Proportion } from '../statistics/proportion.ts';

/** Of the sets that pass all facts, 0–1 each, with 95 % Wilson intervals. */
export interface RegionShares {
  readonly setCount: number;
  /** Score of 5 points or more. */
  readonly helps: Proportion;
  /** Best score within the exposure budget, alone or with others. */
  readonly ranksFirst: Proportion;
  /** Score of −5 points or less, or exposure beyond its budget. */
  readonly harms: Proportion;
  /** Score over the sets: tenth percentile, median, ninetieth. */
  readonly scoreQuantiles: readonly [low: number, median: number, high: number];
}

/** What a mitigation does under one set of values: saves 50 points or more, helps by 5, harms by as many, or neither. */
export type Effect = 'saves most' | 'helps' | 'neither' | 'harms';

/** A conclusion that changes when one assumption alone is moved. */
export interface Flip {
  readonly mitigation: string;
  readonly assumption: string;
  readonly unit: string;
  readonly atDefault: Effect;
  readonly flipped: Effect;
  /** The change lies between these two values; the first is nearer to the default. */
  readonly between: readonly [near: number, far: number];
  readonly scores: readonly [near: number, far: number];
  /** Whether all facts about single runs still hold at the far value; null where nobody could tell. */
  readonly factsHold: boolean | null;
}

/** Within the region: which assumption the score of a mitigation goes with most. */
export interface Driver {
  readonly assumption: string;
  /** Spearman's rank correlation of the assumption and the score over the sets, −1 to 1. */
  readonly rankCorrelation: number;
}

export interface RegionMitigation {
  readonly id: string;
  readonly sentence: string;
  /** `not-engaged`: it never acted at the defaults, and was left out. `n/a`: it has no object there. */
  readonly status: 'scored' | 'not-engaged' | 'n/a';
  readonly reason?: string;
  /** null where it was left out. */
  readonly shares: RegionShares | null;
  /** Sets in which it acted. */
  readonly actedSetCount: number;
  /** Strongest first, at most three; only those that chance alone gives less than once in a hundred (|ρ| √(n−1) > 2.58). */
  readonly drivers: readonly Driver[];
}

export interface RegionResult {
  readonly schemaVersion: number;
  readonly kind: 'region';
  readonly scenario: string;
  readonly title: string;
  /** `inconclusive`: fewer sets passed than were wanted, or fewer than ten. */
  readonly status: 'scored' | 'inconclusive';
  readonly wantedCount: number;
  readonly setCount: number;
  readonly seedsPerSet: number;
  readonly triedCount: number;
  readonly impossible: readonly { readonly reason: string; readonly count: number }[];
  readonly tooLargeCount: number;
  readonly largestEventRatio: number;
  readonly narrowedCount: number;
  readonly brokenFacts: readonly { readonly id: string; readonly count: number }[];
  readonly assumptions: readonly RegionAssumption[];
  /** Most often helpful first. */
  readonly mitigations: readonly RegionMitigation[];
  /** Mitigations whose flips were looked for, one assumption at a time. */
  readonly scanned: readonly string[];
  readonly scanSeeds: readonly number[];
  /** Flips inside the facts first. */
  readonly flips: readonly Flip[];
  /** SHA-256 over this document and the trace hashes of all runs. */
  readonly digest: string;
}
