/** What `spawn` hands out: a child process that can be joined or cancelled. */
import type { Operation } from '../contract/process.ts';
import type { Handle } from '../contract/world.ts';
import { SimulatorError } from '../contract/errors.ts';
import { returned } from './operation.ts';
import { CANCELLED, RUNNING, type ProcessRecord } from './process-record.ts';
import { resultOf, Waiting } from './structured.ts';

export class ChildHandle<A> implements Handle<A> {
  readonly #record: ProcessRecord;

  constructor(record: ProcessRecord) {
    this.#record = record;
  }

  get settled(): boolean {
    return this.#record.state !== RUNNING;
  }

  join(): Operation<A> {
    return new Join<A>(this.#record);
  }

  cancel(): void {
    this.#record.cancel();
  }
}

class Join<A> extends Waiting<A> {
  readonly #child: ProcessRecord;

  constructor(child: ProcessRecord) {
    super();
    this.#child = child;
  }

  override next(): IteratorResult<Operation<unknown>, A> {
    const { state, watcher } = this.#child;
    if (state !== RUNNING) return this.finish();
    if (!this.waiting && watcher !== undefined) {
      const message = 'Two processes joined the same child.';
      throw new SimulatorError('bad-operation', message, 'Join it once and share the result through a signal.');
    }
    return super.next();
  }

  start(process: ProcessRecord): void {
    this.process = process;
    this.#child.watcher = this;
  }

  settled(child: ProcessRecord): void {
    if (this.process === undefined) return;
    // A cancelled child may be part of a larger end, of which the one that waits is the next.
    if (child.state === CANCELLED) child.kernel.ready(this.process);
    else this.goOn();
  }

  override cancel(): void {
    super.cancel();
    if (this.#child.watcher === this) this.#child.watcher = undefined;
  }

  protected finish(): IteratorResult<Operation<unknown>, A> {
    this.waiting = false;
    return returned(resultOf(this.#child) as A);
  }
}
