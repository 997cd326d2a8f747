/** The document of `explain`: why one request of one user failed, and how that user's day went. */
import type { NoteDetail } from '../contract/index.ts';

/** A moment on the incident's own clock, to the second. */
interface Dated {
  readonly atMs: number;
  readonly at: string;
}

export interface Explanation {
  readonly schemaVersion: number;
  readonly kind: 'explain';
  readonly mode: 'historical' | 'counterfactual';
  readonly scenario: string;
  readonly title: string;
  readonly seed: number;
  readonly mitigations: readonly string[];
  readonly assumptions: Readonly<Record<string, number>>;
  readonly user: string;
  /** The moment asked for, as it was written; null for the user's first failure. */
  readonly asked: string | null;
  /** null when no request of this user failed. */
  readonly failure: FailureStory | null;
  readonly failedCallCount: number;
  readonly callCount: number;
  readonly day: readonly DayEntry[];
  /** Others whose requests failed too, in order of their first failure; at most ten. */
  readonly othersHit: readonly string[];
  readonly othersHitCount: number;
  readonly traceHash: string;
  /** SHA-256 over the canonical JSON of this document. */
  readonly digest: string;
}

export interface FailureStory extends Dated {
  readonly method: string;
  readonly path: string;
  /** What the user got: a status, or no answer and why. */
  readonly outcome: string;
  /** The host whose answer it was, or that never answered. */
  readonly culprit: string;
  readonly steps: readonly StoryStep[];
  readonly instance: InstanceStory;
  readonly faults: readonly FeltFault[];
  /** What the auth service was offered in the minute of the request, also as a share of its capacity. */
  readonly authLoad: { readonly requestsInMinute: number; readonly capacityRatio: number };
}

/** A call (with its outcome), or words said while it was handled. */
export interface StoryStep extends Dated {
  readonly host: string;
  readonly text: string;
  /** 0 for the user's own, one more for each call within a call. */
  readonly depth: number;
  /** Only of calls. */
  readonly outcome?: string;
  /** Only of calls; null while nothing came back. */
  readonly durationMs?: number | null;
}

/** What the record holds about the culprit, from what led to its last start up to the failure. */
export interface InstanceStory {
  readonly host: string;
  readonly startedAtMs: number;
  readonly startedAt: string;
  readonly notes: readonly DatedNote[];
}

export interface DatedNote extends Dated {
  readonly host: string;
  /** Name of the note; `reports` knows words for the common ones. */
  readonly kind: string;
  readonly detail: NoteDetail;
}

export interface FeltFault {
  readonly id: string;
  readonly sentence: string;
  readonly from: string;
  readonly until: string;
  /** `request`: it changed an answer in this very story. `instance`: it was on while something befell the instance. */
  readonly feltBy: 'request' | 'instance';
}

/** One entry of the user's day; a run of alike entries is one. */
export interface DayEntry extends Dated {
  /** Of the last one of a run. */
  readonly until: string;
  readonly text: string;
  readonly count: number;
  readonly good: boolean;
}
