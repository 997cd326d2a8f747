/** Patience with a piece of work. */
import type { Operation, Work } from '../contract/process.ts';
import { TIMED_OUT } from '../contract/world.ts';
import type { HostRecord } from './host-record.ts';
import { WAKE, type Target } from './kernel.ts';
import { returned } from './operation.ts';
import { CANCELLED, type ProcessRecord } from './process-record.ts';
import { resultOf, Waiting } from './structured.ts';

const NONE = -1;

/** One branch against the clock, which starts when the process begins to wait. */
export class Timeout<A> extends Waiting<A | typeof TIMED_OUT> implements Target {
  readonly #durationUs: number;
  readonly #work: Work<unknown>;
  #branch: ProcessRecord | undefined = undefined;
  #handle = NONE;

  constructor(durationUs: number, work: Work<unknown>) {
    super();
    this.#durationUs = durationUs;
    this.#work = work;
  }

  get id(): number {
    return this.process?.id ?? 0;
  }

  hostOf(): HostRecord | undefined {
    return this.process?.host;
  }

  start(process: ProcessRecord): void {
    const { kernel } = process;
    this.process = process;
    this.#branch = this.branch(this.#work, process);
    if (this.#durationUs !== Infinity) {
      this.#handle = kernel.queue.schedule(kernel.nowUs + this.#durationUs, WAKE, this);
    }
  }

  fire(): void {
    const { process } = this;
    this.#handle = NONE;
    if (process === undefined) return;
    this.process = undefined;
    this.#branch!.cancel();
    process.kernel.ready(process);
  }

  override held(): void {
    this.#handle = NONE;
  }

  settled(): void {
    if (this.process === undefined) return;
    this.#stopClock();
    this.goOn();
  }

  override cancel(): void {
    this.#stopClock();
    super.cancel();
  }

  #stopClock(): void {
    if (this.#handle !== NONE) this.process!.kernel.queue.cancel(this.#handle);
    this.#handle = NONE;
  }

  protected finish(): IteratorResult<Operation<unknown>, A | typeof TIMED_OUT> {
    const branch = this.#branch!;
    return returned(branch.state === CANCELLED ? TIMED_OUT : (resultOf(branch) as A));
  }
}
