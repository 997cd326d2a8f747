/**
 * Children in scopes: spawn, join, race, all, timeout. Whoever loses is cancelled through `return()`, so its `finally`
 * blocks release what it took. Each branch is a child process of the process that waits.
 */
import type { Operation, Process, Work } from '../contract/process.ts';
import { TIMED_OUT, type Handle } from '../contract/world.ts';
import type { HostRecord } from './host-record.ts';
import { WAKE, type Target } from './kernel.ts';
import { returned, VirtualOperation } from './operation.ts';
import { CANCELLED, DONE, FAILED, RUNNING, type ProcessRecord, type Watcher } from './process-record.ts';
import { SimulatorError } from '../contract/errors.ts';

const NONE = -1;

/** Turns an operation into a process of its own. A process passes as it is. */
function asProcess(work: Work<unknown>): Process<unknown> {
  return 'return' in work && 'throw' in work ? (work as Process<unknown>) : waitFor(work);
}

function* waitFor(operation: Operation<unknown>): Process<unknown> {
  return yield* operation;
}

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

/** An operation that waits for processes. Cancelling the one that waits cancels those in its scope. */
abstract class Waiting<A> extends VirtualOperation<A> implements Watcher {
  protected process: ProcessRecord | undefined = undefined;

  abstract settled(record: ProcessRecord): void;

  protected branch(work: Work<unknown>, process: ProcessRecord): ProcessRecord {
    const record = process.kernel.spawn(asProcess(work), process, process.host);
    record.watcher = this;
    return record;
  }

  /**
   * The process goes on at once, not in its turn: between the two moments it could be cancelled and what its branch ended
   * with (a permit, for instance) would be lost. Only upon a branch that ended by itself: then no generator is running.
   */
  protected goOn(): void {
    const process = this.process!;
    this.process = undefined;
    process.kernel.cancelDoomed();
    if (process.state === RUNNING) process.step();
  }

  cancel(): void {
    this.process = undefined;
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

/** The first branch to end decides; the others are cancelled. */
export class Race<A> extends Waiting<A> {
  readonly #works: readonly Work<unknown>[];
  #branches: readonly ProcessRecord[] = [];
  #winner: ProcessRecord | undefined = undefined;

  constructor(works: readonly Work<unknown>[]) {
    super();
    this.#works = works;
  }

  start(process: ProcessRecord): void {
    this.process = process;
    this.#branches = this.#works.map((work) => this.branch(work, process));
  }

  settled(branch: ProcessRecord): void {
    if (this.#winner !== undefined || this.process === undefined) return;
    this.#winner = branch;
    for (const other of this.#branches) if (other !== branch) other.cancel();
    this.goOn();
  }

  protected finish(): IteratorResult<Operation<unknown>, A> {
    return returned(resultOf(this.#winner!) as A);
  }
}

/** All branches, results in order; one failure cancels the rest. */
export class All<A> extends Waiting<A> {
  readonly #works: readonly Work<unknown>[];
  #branches: readonly ProcessRecord[] = [];
  #leftCount: number;
  #failed: ProcessRecord | undefined = undefined;

  constructor(works: readonly Work<unknown>[]) {
    super();
    this.#works = works;
    this.#leftCount = works.length;
  }

  override next(): IteratorResult<Operation<unknown>, A> {
    return this.#works.length === 0 ? this.finish() : super.next();
  }

  start(process: ProcessRecord): void {
    this.process = process;
    this.#branches = this.#works.map((work) => this.branch(work, process));
  }

  settled(branch: ProcessRecord): void {
    if (this.process === undefined || this.#failed !== undefined) return;
    if (branch.state === DONE) {
      if (--this.#leftCount === 0) this.goOn();
      return;
    }
    this.#failed = branch;
    for (const other of this.#branches) if (other !== branch) other.cancel();
    this.goOn();
  }

  protected finish(): IteratorResult<Operation<unknown>, A> {
    if (this.#failed !== undefined) resultOf(this.#failed);
    return returned(this.#branches.map(resultOf) as A);
  }
}

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

function resultOf(record: ProcessRecord): unknown {
  if (record.state === FAILED) throw record.outcome;
  if (record.state === CANCELLED) {
    throw new SimulatorError('bad-operation', 'A process that was waited for was cancelled.', 'Cancel the waiter too.');
  }
  return record.outcome;
}
