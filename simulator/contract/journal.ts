/**
 * What a run leaves behind. Everything that a fact, a measure or a report says is read from here: dated notes (rare),
 * counters by the minute (frequent), the harm ledger, and, for one followed actor, the steps of its requests.
 */
export type Labels = Readonly<Record<string, string>>;
export type NoteDetail = Readonly<Record<string, string | number | boolean>>;

/** Counts by the minute of virtual time. Make it once at set-up; `add` is cheap. */
export interface Counter {
  add(count?: number): void;
}

/** Sums and counts of a duration, by the minute. */
export interface Timing {
  /** One observed duration in milliseconds, 0 or more. */
  observe(durationMs: number): void;
}

export interface Journal {
  /** A dated event worth keeping; time and host are added. */
  note(kind: string, detail?: NoteDetail): void;
  /** The same name and labels give the same counter. */
  counter(name: string, labels?: Labels): Counter;
  timing(name: string, labels?: Labels): Timing;
  /**
   * Harm: in every minute touched by [fromMs, toMs] this user's intended action failed, hung past their patience, or
   * they were signed out against their will. A minute counts once a user.
   * @param user index within the population, 0 or more
   */
  disrupted(population: string, user: number, fromMs: number, toMs: number): void;
  /** Whether somebody wants to read this actor's story; ask before building texts. */
  follows(chain: string | undefined): boolean;
  /** One step of a followed request, in words. */
  step(chain: string | undefined, text: string, detail?: NoteDetail): void;
}
