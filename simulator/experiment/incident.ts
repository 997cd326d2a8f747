/**
 * What a published incident is to the experiment: a scenario built from named assumptions, dated facts to check against
 * the record, the mutations that show each fact can fail, and a fair-weather day on which mitigations show their price.
 */
import type { Scenario } from '../contract/index.ts';
import type { RecordView } from './record-view.ts';

/** What the report does not say: named, with a default, settable, listed in every output. */
export interface Assumption {
  readonly id: string;
  readonly value: number;
  /** Plausible bounds, included; outside them the command line refuses. */
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  /** What it is, and where the default comes from. */
  readonly sentence: string;
}

export type AssumptionValues = Readonly<Record<string, number>>;

/**
 * `stated`: said by the report, emerges from the mechanism. `inferred`: likewise, the wording is ours. `fitted`: an
 * assumption was tuned so that it holds. `input`: the trigger or a dated action. `annotation`: only shown. `threshold`: no fact
 * of a report but what somebody wants of a system of their own.
 */
export type FactKind = 'stated' | 'inferred' | 'fitted' | 'input' | 'annotation' | 'threshold';

/** `run`: holds in each run. `sweep`: a statement about many seeds. */
export type FactScope = 'run' | 'sweep';

export interface FactCheck {
  readonly holds: boolean;
  readonly expected: string;
  readonly observed: string;
  readonly tolerance: string;
}

/** Many runs judged together; null where even they cannot tell: their interval holds the limit. */
export type JudgedTogether = Omit<FactCheck, 'holds'> & { readonly holds: boolean | null };

interface FactBase {
  readonly id: string;
  readonly kind: FactKind;
  /** Assumptions tuned for it; only with kind `fitted`. */
  readonly fittedBy?: readonly string[];
  /** The report's own words, shortened, in quotes where literal. */
  readonly report: string;
}

export interface RunFact extends FactBase {
  readonly scope: 'run';
  readonly check: (view: RecordView) => FactCheck;
}

/** A fact about many runs: each run (of each variant) gives a number, the check judges them together. */
export interface SweepFact extends FactBase {
  readonly scope: 'sweep';
  /** Seeds it needs; with fewer it is inconclusive. */
  readonly minimumSeeds: number;
  /** Assumption values under which to run beside the defaults; one empty object when only the defaults count. */
  readonly variants: readonly AssumptionValues[];
  readonly observe: (view: RecordView) => number;
  /** One list of observations for each variant, in order of seeds. */
  readonly check: (observations: readonly (readonly number[])[]) => JudgedTogether;
  /** What one run's observation is called where a single replay shows it; the bare number by default. */
  readonly write?: (observation: number) => string;
}

export type Fact = RunFact | SweepFact;

/** A deliberate break of the mechanism, with the facts that must then fail. */
export interface Mutation {
  readonly id: string;
  readonly sentence: string;
  readonly breaks: readonly string[];
  readonly apply: (scenario: Scenario) => Scenario;
}

/** The incident's own clock: how times of the scenario are written. */
export interface IncidentClock {
  /** Abbreviation shown, for instance CET. */
  readonly zone: string;
  readonly utcOffsetMinutes: number;
  /** Local date and time at which the scenario starts, `YYYY-MM-DDTHH:MM`. */
  readonly startsAt: string;
  /** The report's first moment, in ms of the scenario. */
  readonly t0Ms: number;
}

export interface TimelineEntry {
  readonly atMs: number;
  readonly kind: 'input' | 'annotation';
  readonly text: string;
}

export interface Incident {
  readonly id: string;
  readonly title: string;
  /** One sentence for lists. */
  readonly sentence: string;
  readonly clock: IncidentClock;
  /** From T0 to the published end. */
  readonly publishedDurationMs: number;
  readonly assumptions: readonly Assumption[];
  /** The historical timetable, to 60 minutes after the published end. */
  readonly historical: (values: AssumptionValues) => Scenario;
  /**
   * The same play to the scoring horizon: 1.5 times the published duration. The owner responds at the published
   * moments, or when enough users have reported.
   */
  readonly scored: (values: AssumptionValues, response: 'published' | 'reports') => Scenario;
  /** The same system on a good day with a deploy, a rotation, a scale-out, expiries, a failing dependency. */
  readonly fairWeather: (values: AssumptionValues) => Scenario;
  readonly facts: readonly Fact[];
  readonly timeline: (values: AssumptionValues) => readonly TimelineEntry[];
  readonly mutations: readonly Mutation[];
  /** Ids of what the owner itself did or planned, for a first look; all mitigations when left out. */
  readonly ownMitigations?: readonly string[];
  /** Populations whose harm counts. */
  readonly populations: readonly string[];
  /**
   * How long an access token lives: the budget for a revoked session that is still admitted, since a verifier without
   * state cannot know sooner. One hour when left out.
   */
  readonly accessTokenLifetimeMs?: (values: AssumptionValues) => number;
  /** The shared resource whose load is reported: counter name and capacity. */
  readonly authLoad: { readonly counter: string; readonly capacityPerSecond: (values: AssumptionValues) => number };
}

/** Default values of all assumptions. */
export function defaultValues(incident: Incident): AssumptionValues {
  return Object.fromEntries(incident.assumptions.map(({ id, value }) => [id, value]));
}
