/** The document of a combined experiment: every subset of a few mitigations, on the same seeds. */
import type { ArmRun } from './result.ts';

/** The runs of one subset, in the order of the seeds. */
export interface SubsetRuns {
  /** Ids, in the order of the experiment's list; empty for the control. */
  readonly mitigations: readonly string[];
  readonly scored: readonly ArmRun[];
}

export interface CombinationExperiment {
  readonly schemaVersion: number;
  readonly kind: 'combination-experiment';
  readonly id: string;
  readonly title: string;
  readonly seeds: readonly number[];
  readonly assumptions: Readonly<Record<string, number>>;
  /** The budget for a revoked session that is still admitted. */
  readonly accessTokenLifetimeMs: number;
  /** In the order of their ids. */
  readonly mitigations: readonly { readonly id: string; readonly sentence: string }[];
  /** All 2^k, by subset number: bit i of the number says whether mitigation i is in it. */
  readonly subsets: readonly SubsetRuns[];
}
