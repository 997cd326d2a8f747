/** The versioned documents that a run leaves for reports and for other programs. Reports read nothing else. */
import type { ExposureFinding } from './exposure.ts';
import type { FactKind, FactScope, IncidentClock, TimelineEntry } from './incident.ts';
import type { Measures } from './measures.ts';

/** Raised when a member changes its meaning or goes; new members do not raise it. */
export const SCHEMA_VERSION = 1;

export interface FactResult {
  readonly id: string;
  readonly kind: FactKind;
  readonly scope: FactScope;
  readonly report: string;
  readonly fittedBy?: readonly string[];
  /** null where one run cannot tell. */
  readonly holds: boolean | null;
  readonly expected: string;
  readonly observed: string;
  readonly tolerance: string;
  /** With mitigations: what the historical replay of the same seed shows, and whether the fact still stands. */
  readonly history?: { readonly change: 'kept' | 'changed'; readonly holds: boolean | null; readonly observed: string };
}

/** A dated line, with its moment written on the incident's own clock. */
export interface TimelineResult extends TimelineEntry {
  readonly at: string;
}

export interface AssumptionResult {
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  readonly low: number;
  readonly high: number;
  readonly sentence: string;
}

export interface FaultResult {
  readonly id: string;
  readonly sentence: string;
  readonly fromMs: number;
  readonly untilMs: number;
  /** The same two moments on the incident's own clock. */
  readonly from: string;
  readonly until: string;
  readonly hits: number;
}

export interface ReplayResult {
  readonly schemaVersion: number;
  readonly kind: 'replay';
  readonly mode: 'historical' | 'counterfactual';
  readonly scenario: string;
  readonly title: string;
  readonly seed: number;
  readonly mitigations: readonly string[];
  /** `inconclusive`: a fault of the scenario was never felt. */
  readonly status: 'holds' | 'fails' | 'inconclusive';
  readonly facts: readonly FactResult[];
  readonly assumptions: readonly AssumptionResult[];
  readonly inputs: readonly TimelineResult[];
  readonly measures: Measures;
  readonly exposure: readonly ExposureFinding[];
  readonly faults: readonly FaultResult[];
  readonly clock: IncidentClock;
  readonly eventCount: number;
  readonly traceHash: string;
  /** SHA-256 over the canonical JSON of this document and of the whole record. */
  readonly digest: string;
}

/** A fact over many seeds. */
export interface SweptFact {
  readonly id: string;
  readonly kind: FactKind;
  readonly scope: FactScope;
  readonly report: string;
  readonly fittedBy?: readonly string[];
  /** Of a run fact: it holds on every seed. Of a sweep fact: on all seeds together; null with too few of them. */
  readonly holds: boolean | null;
  readonly expected: string;
  readonly observed: string;
  readonly tolerance: string;
  /** Of a run fact: the seeds on which it holds, out of those replayed, and the first that broke it, or the first. */
  readonly heldCount?: number;
  readonly failedSeeds?: readonly number[];
  readonly example?: { readonly seed: number; readonly observed: string };
  /** Of a sweep fact: how many seeds it needs. */
  readonly minimumSeeds?: number;
}

/** The historical replay on many seeds. */
export interface SweepResult {
  readonly schemaVersion: number;
  readonly kind: 'sweep';
  readonly mode: 'historical';
  readonly scenario: string;
  readonly title: string;
  readonly seeds: readonly number[];
  readonly mitigations: readonly string[];
  /** `fails`: a run fact on some seed, or a sweep fact. `inconclusive`: a fault was never felt on some seed. */
  readonly status: 'holds' | 'fails' | 'inconclusive';
  readonly facts: readonly SweptFact[];
  readonly assumptions: readonly AssumptionResult[];
  /** Faults that no request met, with the seeds. */
  readonly unfeltFaults: readonly { readonly id: string; readonly seeds: readonly number[] }[];
  /** SHA-256 over this document and the trace hashes of all runs. */
  readonly digest: string;
}

/** One run of one arm, reduced to what scores need. */
export interface ArmRun {
  readonly seed: number;
  readonly traceHash: string;
  readonly measures: Measures;
  readonly exposure: readonly ExposureFinding[];
  /** How often the mitigation under test acted; 0 in the control. */
  readonly actionCount: number;
  /** Faults of the play that no request met: such a run proves nothing. */
  readonly unfeltFaults: readonly string[];
}

/** A mitigation's runs, or the control's (`mitigation` null). */
export interface Arm {
  readonly mitigation: string | null;
  /** Why it has no object in this incident; then there are no runs. */
  readonly notApplicable?: string;
  /** True where it never acted in the pilot and the control's other seeds were therefore not run. */
  readonly stoppedAfterPilot?: boolean;
  /** The owner responds at the published moments, or earlier upon an alert. On the control's first seeds, or all of them. */
  readonly scored: readonly ArmRun[];
  /** The owner responds when enough users have reported. */
  readonly byReports: readonly ArmRun[];
  /** No incident: what the mitigation costs on a good day. */
  readonly fairWeather: readonly ArmRun[];
}

/** How it was decided on how many seeds an arm runs. */
export interface Stopping {
  /** `fixed`: said beforehand. `precision`: when the interval of the arm's score is narrow enough, whatever it says. */
  readonly rule: 'fixed' | 'precision';
  /** Seeds on which every arm is tried; one that has not acted on any of them stops there. 0 for no pilot. */
  readonly pilotSeedCount: number;
  /** Of rule `precision`: the half-width of the interval, in points, at which an arm stops. */
  readonly precisionPoints?: number;
  readonly minimumSeedCount?: number;
  /** Seeds between two looks. */
  readonly batchSeedCount?: number;
  readonly maximumSeedCount?: number;
}

export interface IncidentExperiment {
  readonly id: string;
  readonly title: string;
  /** Of the control. An arm may have stopped earlier: it then holds the first of these. */
  readonly seeds: readonly number[];
  readonly stopping?: Stopping;
  readonly assumptions: Readonly<Record<string, number>>;
  /** The budget for a revoked session that is still admitted. */
  readonly accessTokenLifetimeMs: number;
  readonly control: Arm;
  readonly arms: readonly Arm[];
}

/** All arms of all incidents: what scores are computed from. */
export interface ExperimentResult {
  readonly schemaVersion: number;
  readonly kind: 'experiment';
  readonly mitigations: readonly { readonly id: string; readonly sentence: string }[];
  readonly incidents: readonly IncidentExperiment[];
}
