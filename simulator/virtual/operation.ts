/**
 * The base of everything a process can wait for in virtual time. An operation iterates itself: the first `next()`
 * yields it to the driver, the second, after the driver has resumed the generator, returns the result or throws. The
 * two iterator results are shared objects: they are read at once by `yield*` and by the driver, never kept.
 */
import type { Operation } from '../contract/process.ts';
import type { ProcessRecord } from './process-record.ts';

/** What the driver gets from a process that waits: recognised by identity, it can only come from an operation of this room. */
export const SUSPENDED: { readonly done: false; value: VirtualOperation<unknown> } = {
  done: false,
  value: undefined as never,
};
const RETURNED: { done: true; value: unknown } = { done: true, value: undefined };

/** Hands a value out of an operation without allocating. */
export function returned<A>(value: A): IteratorResult<Operation<unknown>, A> {
  RETURNED.value = value;
  return RETURNED as { done: true; value: A };
}

/** Lets go of what was handed out last: through it, everything of a run that is over would be kept alive. */
export function forgetLast(): void {
  SUSPENDED.value = undefined as never;
  RETURNED.value = undefined;
}

export abstract class VirtualOperation<A> implements Operation<A> {
  /** True between the yield to the driver and the resumption. */
  waiting = false;

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<Operation<unknown>, A> {
    if (this.waiting) {
      this.waiting = false;
      return this.finish();
    }
    this.waiting = true;
    SUSPENDED.value = this;
    return SUSPENDED;
  }

  /** Begins to wait on behalf of a process. */
  abstract start(process: ProcessRecord): void;

  /** The process was cancelled while waiting: leave nothing behind. */
  abstract cancel(process: ProcessRecord): void;

  /** The event that would have woken the process has left the queue and waits for its paused host. */
  held(_kind: number): void {}

  /** Returns `returned(result)` or throws. */
  protected abstract finish(): IteratorResult<Operation<unknown>, A>;
}

/** An operation that is done when it is made: it never reaches the driver. */
export class Immediate<A> implements Operation<A> {
  readonly #value: A;

  constructor(value: A) {
    this.#value = value;
  }

  [Symbol.iterator](): Iterator<Operation<unknown>, A, unknown> {
    return this;
  }

  next(): IteratorResult<Operation<unknown>, A> {
    return returned(this.#value);
  }
}
