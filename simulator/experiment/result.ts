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
  readonly inputs: readonly TimelineEntry[];
  readonly measures: Measures;
  readonly exposure: readonly ExposureFinding[];
  readonly faults: readonly FaultResult[];
  readonly clock: IncidentClock;
  readonly eventCount: number;
  readonly traceHash: string;
  /** SHA-256 over the canonical JSON of this document and of the whole record. */
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
  /** The owner responds at the published moments, or earlier upon an alert. */
  readonly scored: readonly ArmRun[];
  /** The owner responds when enough users have reported. */
  readonly byReports: readonly ArmRun[];
  /** No incident: what the mitigation costs on a good day. */
  readonly fairWeather: readonly ArmRun[];
}

export interface IncidentExperiment {
  readonly id: string;
  readonly title: string;
  readonly seeds: readonly number[];
  readonly assumptions: Readonly<Record<string, number>>;
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
