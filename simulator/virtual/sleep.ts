/** Waiting for a moment: the commonest operation, kept small because an idle client is little more than this. */
import { SimulatorError } from '../contract/errors.ts';
import type { Operation } from '../contract/process.ts';
import { WAKE } from './kernel.ts';
import { returned, VirtualOperation } from './operation.ts';
import type { ProcessRecord } from './process-record.ts';

/** 2^52 µs, 142 years: two durations can be added and still be whole microseconds. */
const LONGEST_US = 4503599627370496;

export class Sleep extends VirtualOperation<void> {
  /**
   * Until it begins, the moment in µs; while it waits, the handle of its event. One member for both, that was undefined at
   * first: so the engine keeps a small handle in the object itself, where a member that only ever held moments would go on
   * pointing to a box of 16 bytes.
   */
  #mark: number | undefined = undefined;

  /** @param atUs whole microseconds, not before now; Infinity never wakes */
  constructor(atUs: number) {
    super();
    this.#mark = atUs;
  }

  /**
   * A sleep for the process that is running: the object of its last one once more, when that is over. It spares the
   * collector most of its work, and is why an operation can be waited for only once.
   */
  static of(process: ProcessRecord | undefined, atUs: number): Sleep {
    const last = process?.operation;
    if (!(last instanceof Sleep) || last.waiting) return new Sleep(atUs);
    process!.operation = undefined;
    last.#mark = atUs;
    return last;
  }

  start(process: ProcessRecord): void {
    const { nowUs, queue } = process.kernel;
    const atUs = this.#mark!;
    this.#mark = undefined;
    if (atUs !== Infinity) this.#mark = queue.schedule(atUs > nowUs ? atUs : nowUs, WAKE, process);
  }

  cancel(process: ProcessRecord): void {
    if (this.#mark !== undefined) process.kernel.queue.cancel(this.#mark);
  }

  override held(): void {
    this.#mark = undefined;
  }

  protected finish(): IteratorResult<Operation<unknown>, void> {
    this.#mark = 0;
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
