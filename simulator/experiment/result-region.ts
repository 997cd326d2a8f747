/** The document of the region of assumptions: many sets of values that all pass the facts, and what each arm does in them. */
import type { ArmRun } from './result.ts';

/** One assumption's part of the region. */
export interface RegionAssumption {
  readonly id: string;
  readonly unit: string;
  readonly value: number;
  /** Plausible bounds, as the incident gives them. */
  readonly low: number;
  readonly high: number;
  /** The part of them that sets were drawn from, after narrowing. */
  readonly boxLow: number;
  readonly boxHigh: number;
  /** The least and the greatest value among the sets that were kept. */
  readonly keptLow: number;
  readonly keptHigh: number;
  /** Distances are measured by ratio where the bounds span a decade or more, else by difference. */
  readonly scale: 'linear' | 'logarithmic';
}

/** The runs of one mitigation (null: the control) under one set of values. */
export interface RegionArm {
  readonly mitigation: string | null;
  readonly scored: readonly ArmRun[];
}

export interface RegionSet {
  readonly values: Readonly<Record<string, number>>;
  /** The budget for a revoked session that is still admitted. */
  readonly accessTokenLifetimeMs: number;
  /** Of this set alone: what chance does varies over the region with the assumptions. */
  readonly seeds: readonly number[];
  /** The control first. A mitigation that has no object under these values is missing. */
  readonly arms: readonly RegionArm[];
}

/** One assumption at another value, all others at their defaults. */
export interface ScanPoint {
  readonly assumption: string;
  readonly value: number;
  readonly accessTokenLifetimeMs: number;
  /** Whether all facts about single runs still hold there; null where there is no play, or too large a one. */
  readonly factsHold: boolean | null;
  readonly arms: readonly RegionArm[];
}

export interface RegionMember {
  readonly id: string;
  readonly sentence: string;
  /** Why it was left out: it has no object, or it never acted at the defaults. */
  readonly leftOut?: { readonly status: 'n/a' | 'not-engaged'; readonly reason: string };
}

export interface RegionExperiment {
  readonly schemaVersion: number;
  readonly kind: 'region-experiment';
  readonly id: string;
  readonly title: string;
  /** At the defaults. */
  readonly accessTokenLifetimeMs: number;
  readonly mitigations: readonly RegionMember[];
  readonly assumptions: readonly RegionAssumption[];
  /** Sets drawn, of which `sets.length` passed all facts; in the last and final box only. */
  readonly triedCount: number;
  /** Sets in which there is no play (more instances started than there are), by the reason that the model gave. */
  readonly impossible: readonly { readonly reason: string; readonly count: number }[];
  /** Sets not run to the end: more than so many times the events of the defaults. */
  readonly tooLargeCount: number;
  readonly largestEventRatio: number;
  /** How often the box was made narrower because too few sets passed. */
  readonly narrowedCount: number;
  /** How many of the sets drawn broke each fact; only those that some set broke. */
  readonly brokenFacts: readonly { readonly id: string; readonly count: number }[];
  readonly wantedCount: number;
  readonly seedsPerSet: number;
  readonly sets: readonly RegionSet[];
  /** The defaults on the seeds of the scan, the control first. */
  readonly defaults: { readonly seeds: readonly number[]; readonly arms: readonly RegionArm[] };
  readonly scan: readonly ScanPoint[];
}
