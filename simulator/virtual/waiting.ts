/** Pools and signals: waiting for a permit, waiting to be woken. */
import type { Operation } from '../contract/process.ts';
import type { Pool, Signal } from '../contract/world.ts';
import { SimulatorError } from '../contract/errors.ts';
import type { Kernel } from './kernel.ts';
import { Immediate, returned, VirtualOperation } from './operation.ts';
import type { ProcessRecord } from './process-record.ts';

const GRANTED = new Immediate(true);
const REFUSED = new Immediate(false);

/** A bounded number of permits, first come first served. */
export class VirtualPool implements Pool {
  readonly #kernel: Kernel;
  readonly #concurrency: number;
  readonly #queueLimit: number;
  #busy = 0;
  /** Waiters in order; a Set keeps insertion order and lets a cancelled one leave in O(1). */
  readonly #waiters = new Set<Acquire>();

  constructor(kernel: Kernel, concurrency: number, queueLimit: number) {
    if (!(concurrency >= 1)) {
      throw new SimulatorError(
        'bad-argument',
        `concurrency must be at least 1, got ${concurrency}.`,
        'Give 1 or more.',
      );
    }
    this.#kernel = kernel;
    this.#concurrency = concurrency;
    this.#queueLimit = queueLimit;
  }

  get busyCount(): number {
    return this.#busy;
  }

  get waitingCount(): number {
    return this.#waiters.size;
  }

  /** A free permit is taken now, not when the operation is waited for: `yield*` it at once. */
  acquire(): Operation<boolean> {
    if (this.#busy < this.#concurrency) {
      this.#busy++;
      return GRANTED;
    }
    if (this.#waiters.size >= this.#queueLimit) return REFUSED;
    return new Acquire(this.#kernel, this.#waiters, () => this.release());
  }

  release(): void {
    if (this.#busy === 0) {
      throw new SimulatorError('bad-argument', 'A permit was released twice.', 'Release once for each acquire.');
    }
    for (const next of this.#waiters) {
      this.#waiters.delete(next);
      next.grant();
      return;
    }
    this.#busy--;
  }
}

class Acquire extends VirtualOperation<boolean> {
  readonly #kernel: Kernel;
  readonly #waiters: Set<Acquire>;
  readonly #giveBack: () => void;
  #process: ProcessRecord | undefined = undefined;
  #granted = false;

  constructor(kernel: Kernel, waiters: Set<Acquire>, giveBack: () => void) {
    super();
    this.#kernel = kernel;
    this.#waiters = waiters;
    this.#giveBack = giveBack;
  }

  start(process: ProcessRecord): void {
    this.#process = process;
    this.#waiters.add(this);
  }

  grant(): void {
    this.#granted = true;
    this.#kernel.ready(this.#process!);
  }

  cancel(): void {
    this.#waiters.delete(this);
    // Granted and cancelled in the same moment: the permit must not be lost.
    if (this.#granted) this.#giveBack();
  }

  protected finish(): IteratorResult<Operation<unknown>, boolean> {
    return returned(true);
  }
}

/** Wakes all who wait, with a value. */
export class VirtualSignal<A> implements Signal<A> {
  readonly #kernel: Kernel;
  readonly #waiters = new Set<WaitForSignal<A>>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  wait(): Operation<A> {
    return new WaitForSignal(this.#kernel, this.#waiters);
  }

  fire(value: A): void {
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const waiter of waiters) waiter.wake(value);
  }
}

class WaitForSignal<A> extends VirtualOperation<A> {
  readonly #kernel: Kernel;
  readonly #waiters: Set<WaitForSignal<A>>;
  #process: ProcessRecord | undefined = undefined;
  #value: A | undefined = undefined;

  constructor(kernel: Kernel, waiters: Set<WaitForSignal<A>>) {
    super();
    this.#kernel = kernel;
    this.#waiters = waiters;
  }

  start(process: ProcessRecord): void {
    this.#process = process;
    this.#waiters.add(this);
  }

  wake(value: A): void {
    this.#value = value;
    this.#kernel.ready(this.#process!);
  }

  cancel(): void {
    this.#waiters.delete(this);
  }

  protected finish(): IteratorResult<Operation<unknown>, A> {
    return returned(this.#value as A);
  }
}
