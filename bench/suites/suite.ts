/** What every suite is given. */

export interface SuiteOptions {
  /** Short runs that only show that everything works. */
  readonly quick: boolean;
  readonly seed: number;
}

/** Told what is about to run. */
export type Progress = (what: string) => void;
