/** Waiting for a moment: the commonest operation, kept small because an idle client is little more than this. */
import { SimulatorError } from '../contract/errors.ts';
import type { Operation } from '../contract/process.ts';
import { WAKE, type Kernel } from './kernel.ts';
import { returned, VirtualOperation } from './operation.ts';
import type { ProcessRecord } from './process-record.ts';

const NONE = -1;
/** 2^52 µs, 142 years: two durations can be added and still be whole microseconds. */
const LONGEST_US = 4503599627370496;

export class Sleep extends VirtualOperation<void> {
  readonly #kernel: Kernel;
  readonly #atUs: number;
  #handle = NONE;

  /** @param atUs whole microseconds, not before now; Infinity never wakes */
  constructor(kernel: Kernel, atUs: number) {
    super();
    this.#kernel = kernel;
    this.#atUs = atUs;
  }

  start(process: ProcessRecord): void {
    if (this.#atUs === Infinity) return;
    const { nowUs, queue } = this.#kernel;
    this.#handle = queue.schedule(this.#atUs > nowUs ? this.#atUs : nowUs, WAKE, process);
  }

  cancel(): void {
    if (this.#handle !== NONE) this.#kernel.queue.cancel(this.#handle);
  }

  override held(): void {
    this.#handle = NONE;
  }

  protected finish(): IteratorResult<Operation<unknown>, void> {
    this.#handle = NONE;
    return returned(undefined);
  }
}

/** Milliseconds to the kernel's whole microseconds. Infinity stays. */
export function toUs(durationMs: number): number {
  if (durationMs === Infinity) return Infinity;
  const us = Math.round(durationMs * 1000);
  if (us >= 0 && us <= LONGEST_US) return us;
  const message = `A duration must be 0 or more milliseconds, and less than 142 years or Infinity, got ${durationMs}.`;
  throw new SimulatorError('bad-argument', message, 'Check the arithmetic that led to it.');
}
