/** The document that figures of one run are drawn from: what happened in each stretch of time, to whom, on which instance. */
import type { NoteDetail } from '../contract/index.ts';
import type { IncidentClock } from './incident.ts';

export interface RunPicture {
  readonly schemaVersion: number;
  readonly kind: 'picture';
  readonly scenario: string;
  readonly seed: number;
  readonly mitigations: readonly string[];
  readonly traceHash: string;
  readonly clock: IncidentClock;
  readonly t0Ms: number;
  /** T0 and the published end of the incident, on its own clock. */
  readonly t0: string;
  readonly publishedEndMs: number;
  readonly publishedEnd: string;
  /** Minutes of one bin; the last bin of a stretch may be shorter. */
  readonly binMinutes: number;
  /** The windows of the play, in order; between two of them nothing is played. */
  readonly stretches: readonly Stretch[];
  /** All bins of all stretches, in order; every list below has one entry for each. */
  readonly bins: readonly Bin[];
  /** Actions that users meant to take, and those that failed at first. */
  readonly intentions: readonly number[];
  readonly failedIntentions: readonly number[];
  /** Users with a disrupted minute in the bin. */
  readonly disruptedUsers: readonly number[];
  readonly authLoad: { readonly requests: readonly number[]; readonly capacityPerSecond: number };
  readonly instances: readonly InstanceRow[];
  readonly marks: readonly LaneMark[];
}

export interface Stretch {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly from: string;
  readonly until: string;
  readonly firstBin: number;
  readonly binCount: number;
  /** Round moments of the clock, at most nine. */
  readonly ticks: readonly { readonly atMs: number; readonly text: string }[];
}

export interface Bin {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly at: string;
}

/** Answers of one instance to requests that ought to be served; `none` stands for no answer at all. */
export interface InstanceRow {
  readonly instance: string;
  readonly attempts: readonly number[];
  readonly failed: readonly number[];
  /** Counts of the whole play, of outcomes other than `ok`, the most frequent first. */
  readonly failures: readonly { readonly outcome: string; readonly count: number }[];
}

export type Lane = 'instances' | 'platform' | 'edge' | 'monitor' | 'operator' | 'mitigation';

/** A dated event of the record; alike events that follow each other closely are one mark. */
export interface LaneMark {
  readonly lane: Lane;
  /** Name of the note; `reports` knows words for it. */
  readonly kind: string;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly from: string;
  readonly until: string;
  readonly count: number;
  /** Whose notes they are, in order of their first, at most twelve. */
  readonly hosts: readonly string[];
  readonly hostCount: number;
  /** Of the first one. */
  readonly detail: NoteDetail;
}
