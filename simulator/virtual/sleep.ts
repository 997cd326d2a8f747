/** Waiting for a moment: the commonest operation, kept small because an idle client is little more than this. */
import { SimulatorError } from '../contract/errors.ts';
import type { Operation } from '../contract/process.ts';
import type { HostRecord } from './host-record.ts';
import { WAKE, type Kernel, type Target } from './kernel.ts';
import { returned, VirtualOperation } from './operation.ts';
import type { ProcessRecord } from './process-record.ts';

const NONE = -1;

export class Sleep extends VirtualOperation<void> implements Target {
  readonly #kernel: Kernel;
  readonly #atUs: number;
  #process: ProcessRecord | undefined = undefined;
  #handle = NONE;

  /** @param atUs whole microseconds, not before now; Infinity never wakes */
  constructor(kernel: Kernel, atUs: number) {
    super();
    this.#kernel = kernel;
    this.#atUs = atUs;
  }

  get id(): number {
    return this.#process?.id ?? 0;
  }

  get host(): HostRecord | undefined {
    return this.#process?.host;
  }

  start(process: ProcessRecord): void {
    this.#process = process;
    if (this.#atUs === Infinity) return;
    const dueUs = this.#atUs > this.#kernel.nowUs ? this.#atUs : this.#kernel.nowUs;
    this.#handle = this.#kernel.queue.schedule(dueUs, WAKE, this);
  }

  fire(): void {
    const process = this.#process;
    this.#handle = NONE;
    if (process === undefined) return;
    this.#process = undefined;
    process.step();
  }

  cancel(): void {
    if (this.#handle !== NONE) this.#kernel.queue.cancel(this.#handle);
    this.#handle = NONE;
    this.#process = undefined;
  }

  protected finish(): IteratorResult<Operation<unknown>, void> {
    return returned(undefined);
  }
}

/** Milliseconds to the kernel's whole microseconds. */
export function toUs(durationMs: number): number {
  if (!(durationMs >= 0)) {
    const message = `A duration must be 0 or more milliseconds, got ${durationMs}.`;
    throw new SimulatorError('bad-argument', message, 'Check the arithmetic that led to it.');
  }
  return durationMs === Infinity ? Infinity : Math.round(durationMs * 1000);
}
