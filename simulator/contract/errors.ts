/** Errors of the simulator itself. What a service may meet in real life is a value (a status, a failure), not this. */
export type SimulatorErrorCode =
  | 'bad-operation'
  | 'bad-argument'
  | 'unknown-host'
  | 'process-failed'
  | 'wait-in-finally'
  | 'not-conserved'
  | 'bad-scenario';

/** Names what is wrong and what to do about it. */
export class SimulatorError extends Error {
  readonly code: SimulatorErrorCode;
  readonly remedy: string;
  constructor(code: SimulatorErrorCode, message: string, remedy: string, options?: { cause?: unknown }) {
    super(`${message} ${remedy}`, options);
    this.name = 'SimulatorError';
    this.code = code;
    this.remedy = remedy;
  }
}
