/** The document of `compare`: what moved between two results, beyond what the seeds alone can move. */

export interface Comparison {
  readonly schemaVersion: number;
  readonly kind: 'comparison';
  /** Digests of the two documents. */
  readonly before: string;
  readonly after: string;
  /** What went in differently: version, seeds, assumptions, in words. Empty where nothing did. */
  readonly inputs: readonly string[];
  /** `FAIL`: something got worse. `INCONCLUSIVE`: nothing did for sure, but of something the seeds cannot tell. */
  readonly word: 'PASS' | 'FAIL' | 'INCONCLUSIVE';
  /** Worse first, what stayed the same last. */
  readonly rows: readonly ComparedRow[];
}

/**
 * `better`, `worse`: the whole interval of the difference lies 5 points or more to that side; of facts and exposure: they say
 * so. `same`: the whole interval lies within ±5 points. `unclear`: more seeds may tell. `changed`: neither better nor worse.
 */
export type MovedWord = 'worse' | 'unclear' | 'better' | 'changed' | 'new' | 'gone' | 'same';

export interface ComparedRow {
  readonly incident: string;
  readonly what: 'fact' | 'control' | 'mitigation' | 'exposure';
  /** Id of the fact or the mitigation; empty of a control. */
  readonly id: string;
  readonly word: MovedWord;
  readonly before: string;
  readonly after: string;
  /** Points of the score; only of scores, and of controls whose runs are known. */
  readonly difference?: Difference;
}

export interface Difference {
  readonly points: number;
  /** 95 % interval. */
  readonly low: number;
  readonly high: number;
  /** `paired seeds`: resampled over the same seeds of both. `two intervals`: from the intervals alone, which is wider. */
  readonly basis: 'paired seeds' | 'two intervals';
}
