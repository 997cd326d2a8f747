/** The document of `report`: all that a page about incidents shows, so that it can be drawn again without a run. */
import type { Explanation, ReplayResult, RunPicture, SweepResult } from '../simulator/experiment/index.ts';
import type { ScoreResult } from './score/score-result.ts';

export interface ReportDocument {
  readonly schemaVersion: number;
  readonly kind: 'report';
  readonly tool: { readonly name: string; readonly version: string };
  readonly verdict: ReportVerdict;
  readonly seeds: readonly number[];
  readonly incidents: readonly IncidentReport[];
  /** Without mitigations that were scored there is none. */
  readonly score: ScoreResult | null;
  /** Every run behind the score; null where only its means are known. */
  readonly runs: MeasuredRuns | null;
  /** The command that makes this document again. */
  readonly again: string;
  /** SHA-256 over the canonical JSON of this document. */
  readonly digest: string;
}

/** `FAIL`: a fact does not hold, or a threshold is not kept. `INCONCLUSIVE`: a fault was never felt, so that nothing is proved. */
export interface ReportVerdict {
  readonly word: 'PASS' | 'FAIL' | 'INCONCLUSIVE';
  readonly reasons: readonly string[];
}

export interface IncidentReport {
  readonly id: string;
  readonly title: string;
  readonly sentence: string;
  /** The facts on all seeds. */
  readonly sweep: SweepResult;
  /** One seed in full: the first on which a fact fails, or the first. */
  readonly replay: ReplayResult;
  readonly explanation: Explanation;
  readonly picture: RunPicture;
  readonly bands: BandFigures;
  /**
   * Of a scenario file of the reader's own: there is no public report. Its thresholds, judged over all
   * seeds together, stand in the place of facts; the sweep says the same of them.
   */
  readonly isOwn?: true;
  readonly thresholds?: readonly ThresholdFigure[];
  readonly commands: { readonly replay: string; readonly explain: string };
}

/** What a scenario file wanted of a measure, and what the seeds showed. */
export interface ThresholdFigure {
  readonly measure: string;
  readonly verdict: ReportVerdict['word'];
  readonly expected: string;
  readonly observed: string;
}

/** Served share and auth load of the historical replay, as it was and with the mitigation that ranks first. */
export interface BandFigures {
  readonly seeds: readonly number[];
  /** Null where nothing was scored. */
  readonly mitigation: string | null;
  readonly control: readonly BandBin[];
  readonly mitigated: readonly BandBin[] | null;
}

/** One bin over seeds: 5th, 50th and 95th percentile. */
export interface BandBin {
  /** Share of intended actions that did not fail at first; null where nobody meant to do anything. */
  readonly served: Band | null;
  /** Requests a minute at the shared auth resource. */
  readonly authPerMinute: Band;
}

export interface Band {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** A table in columns, as CSV has it. */
export interface MeasuredRuns {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}
