/**
 * Children in scopes: what waiting for processes has in common, and race and all. Whoever loses is cancelled through
 * `return()`, so its `finally` blocks release what it took. Each branch is a child process of the process that waits.
 */
import type { Operation, Process, Work } from '../contract/process.ts';
import { returned, VirtualOperation } from './operation.ts';
import { CANCELLED, DONE, FAILED, RUNNING, type ProcessRecord, type Watcher } from './process-record.ts';
import { SimulatorError } from '../contract/errors.ts';

/** An operation that waits for processes. Cancelling the one that waits cancels those in its scope. */
export abstract class Waiting<A> extends VirtualOperation<A> implements Watcher {
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

/** Turns an operation into a process of its own. A process passes as it is. */
function asProcess(work: Work<unknown>): Process<unknown> {
  return 'return' in work && 'throw' in work ? (work as Process<unknown>) : waitFor(work);
}

function* waitFor(operation: Operation<unknown>): Process<unknown> {
  return yield* operation;
}

/** The value that a settled process ended with, or what it threw. */
export function resultOf(record: ProcessRecord): unknown {
  if (record.state === FAILED) throw record.outcome;
  if (record.state === CANCELLED) {
    throw new SimulatorError('bad-operation', 'A process that was waited for was cancelled.', 'Cancel the waiter too.');
  }
  return record.outcome;
}
