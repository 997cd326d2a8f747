/**
 * The driver's side of a process: its generator, its place in the tree of scopes, what it waits for. A process is the
 * scope of its children: when it ends, they are cancelled, the youngest first, and their `finally` blocks run.
 */
import type { Operation, Process } from '../contract/process.ts';
import { SimulatorError } from '../contract/errors.ts';
import type { Kernel, Target } from './kernel.ts';
import { SUSPENDED, VirtualOperation } from './operation.ts';
import type { HostRecord } from './host-record.ts';

/** Whoever wants to know that a process has settled. At most one: a handler's caller, a join, a race. */
export interface Watcher {
  settled(process: ProcessRecord): void;
}

export const RUNNING = 0;
export const DONE = 1;
export const FAILED = 2;
export const CANCELLED = 3;

/**
 * `next` of all generators, looked up once: each generator function gives its generators a hidden class of their own, so
 * that `generator.next` is a slow lookup as soon as there are more than four of them.
 */
const resume = Object.getPrototypeOf(nothing.prototype).next as (
  this: Process<unknown>,
) => IteratorResult<Operation<unknown>, unknown>;

function* nothing(): Process<void> {}

export class ProcessRecord implements Target {
  readonly kernel: Kernel;
  readonly id: number;
  readonly host: HostRecord | undefined;
  readonly generator: Process<unknown>;
  parent: ProcessRecord | undefined;
  firstChild: ProcessRecord | undefined = undefined;
  nextSibling: ProcessRecord | undefined = undefined;
  previousSibling: ProcessRecord | undefined = undefined;
  operation: VirtualOperation<unknown> | undefined = undefined;
  watcher: Watcher | undefined = undefined;
  state = RUNNING;
  /** The value it ended with, or the error it failed with. */
  outcome: unknown = undefined;

  constructor(
    kernel: Kernel,
    id: number,
    generator: Process<unknown>,
    parent: ProcessRecord | undefined,
    host: HostRecord | undefined,
  ) {
    this.kernel = kernel;
    this.id = id;
    this.generator = generator;
    this.parent = parent;
    this.host = host;
    if (parent !== undefined) adopt(parent, this);
  }

  hostOf(): HostRecord | undefined {
    return this.host;
  }

  /** What it waited for has come about, by an event in the queue. */
  fire(): void {
    if (this.state === RUNNING) this.step();
  }

  held(kind: number): void {
    this.operation?.held(kind);
  }

  /** Lets the generator go on until it next waits, ends or fails. Only while no other generator is in the middle of a step. */
  step(): void {
    const kernel = this.kernel;
    kernel.current = this;
    let result;
    try {
      result = resume.call(this.generator);
    } catch (error) {
      kernel.current = undefined;
      this.settle(FAILED, error);
      return;
    }
    kernel.current = undefined;
    if (result === SUSPENDED && !kernel.hasDoomed) this.begin(SUSPENDED.value);
    else this.take(result.done === true, result.value);
  }

  private begin(operation: VirtualOperation<unknown>): void {
    this.operation = operation;
    operation.start(this);
  }

  /** What became of a step: the value it ended with, or the operation it waits for. */
  private take(done: boolean, value: unknown): void {
    if (this.kernel.hasDoomed) {
      this.kernel.cancelDoomed();
      // Cancelled by what it did itself: what it yielded last is not begun, and what it returned is not taken.
      if (this.state !== RUNNING) return;
    }
    if (done) {
      this.settle(DONE, value);
    } else if (value instanceof VirtualOperation) {
      this.begin(value);
    } else {
      this.refuse(value);
    }
  }

  /** The error appears where the generator yielded what is no operation, so that its `finally` blocks run. */
  private refuse(value: unknown): void {
    const kernel = this.kernel;
    kernel.current = this;
    let result: IteratorResult<Operation<unknown>, unknown>;
    try {
      result = this.generator.throw(foreign(value));
    } catch (error) {
      kernel.current = undefined;
      this.settle(FAILED, error);
      return;
    }
    kernel.current = undefined;
    this.take(result.done === true, result.value);
  }

  /**
   * Ends it from outside. Nothing it waited for is left behind. When it is itself, or has a child, in the middle of a
   * step, it ends as soon as the step is over.
   */
  cancel(): void {
    if (this.state !== RUNNING) return;
    if (this.kernel.isInside(this)) {
      this.kernel.cancelSoon(this);
      return;
    }
    const operation = this.operation;
    this.operation = undefined;
    if (operation !== undefined && operation.waiting) operation.cancel(this);
    this.state = CANCELLED;
    this.cancelChildren();
    this.unwind();
    this.cancelChildren(); // those that a finally block started
    this.leave();
    this.watcher?.settled(this);
  }

  private unwind(): void {
    const kernel = this.kernel;
    kernel.enter(this);
    try {
      const result = this.generator.return(undefined);
      if (result.done !== true) throw waitInFinally();
    } catch (error) {
      kernel.fail(this, error);
    }
    kernel.leave();
  }

  private settle(state: number, outcome: unknown): void {
    this.state = state;
    this.outcome = outcome;
    this.operation = undefined;
    this.cancelChildren();
    this.leave();
    const watcher = this.watcher;
    if (watcher !== undefined) watcher.settled(this);
    else if (state === FAILED) this.kernel.fail(this, outcome);
  }

  private cancelChildren(): void {
    while (this.firstChild !== undefined) this.firstChild.cancel();
  }

  private leave(): void {
    this.kernel.settledCount++;
    const parent = this.parent;
    if (parent === undefined) return;
    if (this.previousSibling === undefined) parent.firstChild = this.nextSibling;
    else this.previousSibling.nextSibling = this.nextSibling;
    if (this.nextSibling !== undefined) this.nextSibling.previousSibling = this.previousSibling;
    this.parent = this.nextSibling = this.previousSibling = undefined;
  }
}

function adopt(parent: ProcessRecord, child: ProcessRecord): void {
  child.nextSibling = parent.firstChild;
  if (parent.firstChild !== undefined) parent.firstChild.previousSibling = child;
  parent.firstChild = child;
}

function waitInFinally(): SimulatorError {
  const remedy = 'A finally block must release and return, it must not wait.';
  return new SimulatorError('wait-in-finally', 'A cancelled process waited in finally.', remedy);
}

function foreign(value: unknown): SimulatorError {
  const what = value instanceof Promise ? 'a promise' : `a value (${typeof value})`;
  const message = `A process yielded ${what} that is not an operation of this world.`;
  return new SimulatorError('bad-operation', message, 'Write `yield* operation`; promises do not exist in the model.');
}
