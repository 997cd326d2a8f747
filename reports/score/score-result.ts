/** The document of `score`: what each mitigation saves in the model, at what price, and what it opens. */
import type { Measures, Stopping } from '../../simulator/experiment/index.ts';
import type { Collapse } from './collapse.ts';
import type { CrossTable } from './cross-table.ts';
import type { ExposureFinding, ExposureWord } from './exposure.ts';
import type { Score } from './score.ts';
import type { McNemar } from '../statistics/mcnemar.ts';
import type { RegionShares } from './region-result.ts';
import type { Verdict } from './verdict.ts';

export interface ScoreResult {
  readonly schemaVersion: number;
  readonly kind: 'score';
  /** Of all incidents: the control ran on each of them. An arm says in `seedCount` on how many of the first ones it ran. */
  readonly seeds: readonly number[];
  readonly scenarios: readonly ScenarioScore[];
  /** Mitigations × incidents; absent from documents of one incident. */
  readonly crossTable?: CrossTable;
  /** SHA-256 over the canonical JSON of this document and the trace hashes of all runs. */
  readonly digest: string;
}

export interface ScenarioScore {
  readonly id: string;
  readonly title: string;
  readonly seeds: readonly number[];
  /** `inconclusive`: the control did not feel all faults, so that every verdict here is inconclusive. */
  readonly status: 'scored' | 'inconclusive';
  readonly reason?: string;
  /** On how many seeds arms ran, and who decided; absent: on all of them, said beforehand. */
  readonly stopping?: Stopping;
  readonly assumptions: Readonly<Record<string, number>>;
  readonly control: {
    readonly measures: MeasureMeans;
    readonly measuresMissing: MissingMeasures;
    readonly measuresByReports: MeasureMeans | null;
    readonly collapse: Collapse;
    readonly exposure: Exposure;
  };
  /** Best first; those that did not engage or have no object come last. */
  readonly mitigations: readonly MitigationScore[];
}

export interface MitigationScore {
  readonly id: string;
  readonly sentence: string;
  /** `not-engaged`: it never acted on any seed. `n/a`: it has no object in this incident. Neither is a 0. */
  readonly status: 'scored' | 'not-engaged' | 'n/a';
  /** Why there is no score. */
  readonly reason?: string;
  /** It ran on so many of the scenario's seeds, the first ones; absent from documents in which every arm ran on all. */
  readonly seedCount?: number;
  /** How often it acted over all its seeds, and on how many of them it did. */
  readonly actions: { readonly count: number; readonly seedCount: number };
  /** Held to at most 0 unless exposure is within budget. */
  readonly score: Score | null;
  /** The score before exposure held it down; only where it did. */
  readonly scoreBeforeCap?: Score;
  /** The same where the owner acts upon users' reports alone; null without such runs. */
  readonly scoreByReports: Score | null;
  readonly verdict: Verdict | null;
  /** Stands first in the row where `bimodal` is true, of the arm or of its control. */
  readonly collapse: Collapse | null;
  /** Collapses of control and arm, paired by seed; only where one of the two is bimodal. */
  readonly collapseAgainstControl?: McNemar;
  /** In what share of the region of assumptions it helps, ranks first, harms; only where a region was given. */
  readonly region?: RegionShares;
  readonly measures: MeasureMeans | null;
  readonly measuresMissing: MissingMeasures;
  readonly measuresByReports: MeasureMeans | null;
  readonly price: Price | null;
  readonly exposure: Exposure | null;
}

/** Means over seeds; of a measure that some seed has not (never recovered), over the others. */
export type MeasureMeans = { readonly [measure in keyof Measures]: number | null };

/** On how many seeds a measure is missing; only those that are. */
export type MissingMeasures = { readonly [measure in keyof Measures]?: number };

/** The arm less its control on fair-weather days: means over paired seeds. Positive is more of it. */
export interface Price {
  readonly seedCount: number;
  readonly extraRequests: number;
  readonly latencyP50Ms: number | null;
  readonly latencyP99Ms: number | null;
  readonly signIns: number;
  readonly refusals: number;
  readonly rateLimited: number;
  readonly falsePages: number;
  readonly signOuts: number;
  readonly disruptedUserMinutes: number;
}

export interface Exposure {
  /** `not tested`: no attacker took part. */
  readonly word: ExposureWord | 'not tested';
  /** The worst of each kind over all seeds. */
  readonly findings: readonly ExposureFinding[];
  /** Kinds that break their budget. */
  readonly breaches: readonly string[];
}
