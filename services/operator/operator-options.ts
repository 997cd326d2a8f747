/** What can be told about the people: what they did by the report, how they hear of trouble, what they do with a page. */
import type { DatedActions } from './actions.ts';

export interface OperatorOptions {
  readonly orchestrator: string;
  /** The published response: dated, in order. A page can bring it forward, from its first entry with actions on. */
  readonly response: readonly DatedActions[];
  /** When user reports alone make somebody look: the model of detection by users. */
  readonly reports: ReportDeskOptions;
  /** What happens after a page. */
  readonly onPage: PageOptions;
  /** Acts on modelled reports alone instead of the published moments. */
  readonly respondsTo?: 'published' | 'reports';
  /** Times that the same trouble came back, in order, each heard of and answered anew. None by default. */
  readonly recurrences?: readonly Recurrence[];
}

export interface Recurrence {
  /** From here on reports and pages are about this one. */
  readonly fromMs: number;
  readonly response: readonly DatedActions[];
}

export interface ReportDeskOptions {
  /** Reports that make support call an engineer, and how long it then takes until the team knows what it is. */
  readonly thresholdCount: number;
  readonly triageMs: number;
  /** A machine counts them, too, and pages without support. None by default. */
  readonly paging?: {
    /** So many within so long. */
    readonly count: number;
    readonly withinMs: number;
    /** The mitigation that this is. */
    readonly actedAs: string;
  };
}

export interface PageOptions {
  /** From the page to the first action: median and sigma of a log-normal. */
  readonly reactionMedianMs: number;
  readonly reactionSigma: number;
  /**
   * Share of pages after which the right action is taken at the right time. Otherwise, when the page is about a dependency,
   * people respond at once, into its outage; else they do nothing that helps. Either way the published moment stands.
   */
  readonly rightActionProbability: number;
}

/** What an alert tells. */
export interface Page {
  readonly alert: string;
  /** True when the trouble lies with something we depend on: the right response begins after its all-clear. */
  readonly aboutDependency: boolean;
  /**
   * Whether it shows the trouble itself until that is over, so that people see whether their response has helped and give
   * it again when it has not. False when left out.
   */
  readonly standsWhileIll?: boolean;
  /** What the page tells to do, where it is not the published response. That then still comes at its moment. */
  readonly runbook?: readonly DatedActions[];
}
