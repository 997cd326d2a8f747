/** Exit codes, and the errors that end the program with one of them. 1 is only ever a fact that failed. */

export const EXIT = {
  pass: 0,
  /** A fact of the public report does not hold. */
  failed: 1,
  /** Bad input: an unknown name, flag or value, a file that cannot be written. */
  usage: 2,
  /** The run proves nothing: a fault was never felt. */
  inconclusive: 3,
  /** An error of the program or of the model. */
  internal: 70,
  interrupted: 130,
  terminated: 143,
  /** Whoever read our output has closed it. */
  closedPipe: 141,
} as const;

/** What the caller can put right: one sentence that names the field, and the remedy. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** A run that broke down, with the command that repeats it. */
export class RunError extends Error {
  readonly again: string;
  constructor(message: string, again: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'RunError';
    this.again = again;
  }
}
