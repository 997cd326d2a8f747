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
  readonly kernel: Kernel;
  readonly #concurrency: number;
  readonly #queueLimit: number;
  readonly #entrance = new Entrance(this);
  #busyCount = 0;
  #waitingCount = 0;
  #first: Acquire | undefined = undefined;
  #last: Acquire | undefined = undefined;

  /** @throws SimulatorError unless concurrency is 1 or more and queueLimit 0 or more, both whole or Infinity */
  constructor(kernel: Kernel, concurrency: number, queueLimit: number) {
    checkCount('concurrency', concurrency, 1);
    checkCount('queueLimit', queueLimit, 0);
    this.kernel = kernel;
    this.#concurrency = concurrency;
    this.#queueLimit = queueLimit;
  }

  get busyCount(): number {
    return this.#busyCount;
  }

  get waitingCount(): number {
    return this.#waitingCount;
  }

  /** The permit is taken when the operation is waited for; one object serves all callers. */
  acquire(): Operation<boolean> {
    return this.#entrance;
  }

  enter(): Iterator<Operation<unknown>, boolean, unknown> {
    if (this.#busyCount < this.#concurrency) {
      this.#busyCount++;
      return GRANTED;
    }
    return this.#waitingCount < this.#queueLimit ? new Acquire(this) : REFUSED;
  }

  join(waiter: Acquire): void {
    this.#waitingCount++;
    waiter.ahead = this.#last;
    if (this.#last === undefined) this.#first = waiter;
    else this.#last.behind = waiter;
    this.#last = waiter;
  }

  leave(waiter: Acquire): void {
    this.#waitingCount--;
    if (waiter.ahead === undefined) this.#first = waiter.behind;
    else waiter.ahead.behind = waiter.behind;
    if (waiter.behind === undefined) this.#last = waiter.ahead;
    else waiter.behind.ahead = waiter.ahead;
    waiter.ahead = waiter.behind = undefined;
  }

  release(): void {
    if (this.#busyCount === 0) {
      const message = 'A permit was released that nobody holds.';
      throw new SimulatorError('bad-operation', message, 'Release once for each acquire that gave true.');
    }
    const next = this.#first;
    if (next === undefined) {
      this.#busyCount--;
      return;
    }
    this.leave(next);
    next.grant();
  }
}

/** What `acquire` hands out: looks at the pool when a process begins to wait, not when it is made. */
class Entrance implements Operation<boolean> {
  readonly #pool: VirtualPool;

  constructor(pool: VirtualPool) {
    this.#pool = pool;
  }

  [Symbol.iterator](): Iterator<Operation<unknown>, boolean, unknown> {
    return this.#pool.enter();
  }
}

/** One place in a pool's queue. */
class Acquire extends VirtualOperation<boolean> {
  readonly #pool: VirtualPool;
  ahead: Acquire | undefined = undefined;
  behind: Acquire | undefined = undefined;
  #process: ProcessRecord | undefined = undefined;
  #granted = false;

  constructor(pool: VirtualPool) {
    super();
    this.#pool = pool;
  }

  start(process: ProcessRecord): void {
    this.#process = process;
    this.#pool.join(this);
  }

  grant(): void {
    this.#granted = true;
    this.#pool.kernel.ready(this.#process!);
  }

  cancel(): void {
    // Granted and cancelled in the same moment: the permit must not be lost.
    if (this.#granted) this.#pool.release();
    else this.#pool.leave(this);
  }

  protected finish(): IteratorResult<Operation<unknown>, boolean> {
    return returned(true);
  }
}

function checkCount(name: string, value: number, least: number): void {
  if (value >= least && (Number.isSafeInteger(value) || value === Infinity)) return;
  const message = `${name} must be a whole number of at least ${least}, or Infinity, got ${value}.`;
  throw new SimulatorError('bad-argument', message, `Give ${least} or more.`);
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
