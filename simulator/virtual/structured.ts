/**
 * Children in scopes: spawn, join, race, all, timeout. Whoever loses is cancelled through `return()`, so its `finally`
 * blocks release what it took. Each branch is a child process of the process that waits.
 */
import type { Operation, Process, Work } from '../contract/process.ts';
import type { Handle } from '../contract/world.ts';
import type { Kernel } from './kernel.ts';
import { returned, VirtualOperation } from './operation.ts';
import { CANCELLED, DONE, FAILED, RUNNING, type ProcessRecord, type Watcher } from './process-record.ts';
import { SimulatorError } from '../contract/errors.ts';

/** Turns an operation into a process of its own. A process passes as it is. */
function asProcess(work: Work<unknown>): Process<unknown> {
  return 'return' in work && 'throw' in work ? (work as Process<unknown>) : waitFor(work);
}

function* waitFor(operation: Operation<unknown>): Process<unknown> {
  return yield* operation;
}

export class ChildHandle<A> implements Handle<A> {
  readonly #kernel: Kernel;
  readonly #record: ProcessRecord;

  constructor(kernel: Kernel, record: ProcessRecord) {
    this.#kernel = kernel;
    this.#record = record;
  }

  get settled(): boolean {
    return this.#record.state !== RUNNING;
  }

  join(): Operation<A> {
    return new Join<A>(this.#kernel, this.#record);
  }

  cancel(): void {
    this.#record.cancel();
  }
}

class Join<A> extends VirtualOperation<A> implements Watcher {
  readonly #kernel: Kernel;
  readonly #child: ProcessRecord;
  #process: ProcessRecord | undefined = undefined;

  constructor(kernel: Kernel, child: ProcessRecord) {
    super();
    this.#kernel = kernel;
    this.#child = child;
  }

  start(process: ProcessRecord): void {
    this.#process = process;
    if (this.#child.state !== RUNNING) this.#kernel.ready(process);
    else if (this.#child.watcher === undefined) this.#child.watcher = this;
    else {
      const message = 'Two processes joined the same child.';
      throw new SimulatorError('bad-operation', message, 'Join it once and share the result through a signal.');
    }
  }

  settled(): void {
    if (this.#process !== undefined) this.#kernel.ready(this.#process);
  }

  cancel(): void {
    this.#child.watcher = undefined;
    this.#process = undefined;
  }

  protected finish(): IteratorResult<Operation<unknown>, A> {
    return returned(resultOf(this.#child) as A);
  }
}

/** The first branch to end decides; the others are cancelled. */
export class Race<A> extends VirtualOperation<A> implements Watcher {
  readonly #kernel: Kernel;
  readonly #works: readonly Work<unknown>[];
  #branches: ProcessRecord[] = [];
  #winner: ProcessRecord | undefined = undefined;
  #process: ProcessRecord | undefined = undefined;

  constructor(kernel: Kernel, works: readonly Work<unknown>[]) {
    super();
    this.#kernel = kernel;
    this.#works = works;
  }

  start(process: ProcessRecord): void {
    this.#process = process;
    this.#winner = undefined;
    this.#branches = this.#works.map((work) => this.#branch(work, process));
  }

  #branch(work: Work<unknown>, process: ProcessRecord): ProcessRecord {
    const record = this.#kernel.spawn(asProcess(work), process, process.host);
    record.watcher = this;
    return record;
  }

  settled(branch: ProcessRecord): void {
    if (this.#winner !== undefined || this.#process === undefined) return;
    this.#winner = branch;
    for (const other of this.#branches) if (other !== branch) other.cancel();
    this.#kernel.ready(this.#process);
  }

  cancel(): void {
    this.#process = undefined;
    for (const branch of this.#branches) branch.cancel();
  }

  protected finish(): IteratorResult<Operation<unknown>, A> {
    return returned(resultOf(this.#winner!) as A);
  }
}

/** All branches, results in order; one failure cancels the rest. */
export class All<A> extends VirtualOperation<A> implements Watcher {
  readonly #kernel: Kernel;
  readonly #works: readonly Work<unknown>[];
  #branches: ProcessRecord[] = [];
  #leftCount = 0;
  #failed: ProcessRecord | undefined = undefined;
  #process: ProcessRecord | undefined = undefined;

  constructor(kernel: Kernel, works: readonly Work<unknown>[]) {
    super();
    this.#kernel = kernel;
    this.#works = works;
  }

  start(process: ProcessRecord): void {
    this.#process = process;
    this.#leftCount = this.#works.length;
    this.#branches = [];
    for (const work of this.#works) {
      const record = this.#kernel.spawn(asProcess(work), process, process.host);
      record.watcher = this;
      this.#branches.push(record);
    }
    if (this.#leftCount === 0) this.#kernel.ready(process);
  }

  settled(branch: ProcessRecord): void {
    if (this.#process === undefined || this.#failed !== undefined) return;
    this.#leftCount--;
    if (branch.state !== DONE) {
      this.#failed = branch;
      for (const other of this.#branches) if (other !== branch) other.cancel();
      this.#kernel.ready(this.#process);
    } else if (this.#leftCount === 0) this.#kernel.ready(this.#process);
  }

  cancel(): void {
    this.#process = undefined;
    for (const branch of this.#branches) branch.cancel();
  }

  protected finish(): IteratorResult<Operation<unknown>, A> {
    if (this.#failed !== undefined) resultOf(this.#failed);
    return returned(this.#branches.map(resultOf) as A);
  }
}

function resultOf(record: ProcessRecord): unknown {
  if (record.state === FAILED) throw record.outcome;
  if (record.state === CANCELLED) {
    throw new SimulatorError('bad-operation', 'A process that was waited for was cancelled.', 'Cancel the waiter too.');
  }
  return record.outcome;
}
