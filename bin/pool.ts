/**
 * Spreads tasks over cores. Each answer belongs to its task, whichever worker gave it and whenever, so a document put together
 * from the answers has the same bytes on one core and on many.
 */
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { SimulatorError } from '../simulator/contract/index.ts';
import { RunError, UsageError } from './exit.ts';
import { commandOf } from './invocation.ts';
import { openedFiles } from './scenario-file/registry.ts';
import type { ResultOf, Task, TaskResults } from './tasks.ts';

export interface Runner {
  /** Rejects with a UsageError for what the caller can put right, with a RunError for the rest. */
  run<T extends Task>(task: T): Promise<ResultOf<T>>;
  /** Ends all workers; tasks that are still running are given up. */
  close(): Promise<void>;
  readonly workerCount: number;
}

/** What the pool sends to a worker, and what comes back. */
export interface Order {
  readonly id: number;
  readonly task: Task;
}

export type Answer =
  | { readonly id: number; readonly result: TaskResults[Task['kind']] }
  | { readonly id: number; readonly failure: Failure };

/** An error in a form that can be sent. */
export interface Failure {
  readonly message: string;
  readonly stack: string;
  readonly isUsage: boolean;
}

export interface PoolOptions {
  /** How many tasks there will be: more workers than tasks are not started. */
  readonly taskCount: number;
  /**
   * Asked for by the user: 1 runs everything in this process. By default a worker for each available core, even when there
   * is only one, so that this process can listen to signals and show progress.
   */
  readonly workerCount?: number | undefined;
  /** Module of the workers; the program's own by default. */
  readonly workerModule?: URL;
}

export function makeRunner({ taskCount, workerCount, workerModule }: PoolOptions): Runner {
  if (workerCount === 1) return new InProcess();
  const count = Math.max(1, Math.min(workerCount ?? availableParallelism(), taskCount));
  return new WorkerPool(count, workerModule ?? new URL('./worker.js', import.meta.url));
}

export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? stackOf(error) : message;
  const isUsage = error instanceof UsageError || (error instanceof SimulatorError && error.code === 'bad-argument');
  return { message, stack, isUsage };
}

function stackOf(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\ncaused by ${stackOf(error.cause)}` : own;
}

function errorOf(failure: Failure, task: Task): Error {
  if (failure.isUsage) return new UsageError(failure.message);
  return new RunError(failure.message, commandOf(task), { cause: failure.stack });
}

/** Everything here, one task after the other; between two of them signals and closed pipes are heard. */
class InProcess implements Runner {
  readonly workerCount = 1;
  #last: Promise<unknown> = Promise.resolve();

  run<T extends Task>(task: T): Promise<ResultOf<T>> {
    const mine = this.#last.then(() => this.#perform(task));
    // The next task waits for this one, however it ends; whoever asked for it hears of a failure.
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  async #perform<T extends Task>(task: T): Promise<ResultOf<T>> {
    const { perform } = await import('./tasks.ts');
    await setImmediate();
    try {
      return perform(task) as ResultOf<T>;
    } catch (error) {
      throw errorOf(failureOf(error), task);
    }
  }

  async close(): Promise<void> {
    await this.#last;
  }
}

interface Waiting {
  readonly order: Order;
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** A worker and what it is at work on. */
interface Hand {
  readonly worker: Worker;
  current: Waiting | undefined;
}

class WorkerPool implements Runner {
  readonly workerCount: number;
  readonly #module: URL;
  readonly #queue: Waiting[] = [];
  readonly #hands = new Set<Hand>();
  #nextId = 0;
  #closed = false;

  constructor(workerCount: number, module: URL) {
    this.workerCount = workerCount;
    this.#module = module;
  }

  run<T extends Task>(task: T): Promise<ResultOf<T>> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ order: { id: this.#nextId++, task }, resolve, reject });
      this.#deal();
    });
  }

  #deal(): void {
    while (this.#queue.length > 0) {
      const hand = [...this.#hands].find(({ current }) => current === undefined) ?? this.#hire();
      if (hand === undefined) return;
      hand.current = this.#queue.shift()!;
      hand.worker.postMessage(hand.current.order);
    }
  }

  #hire(): Hand | undefined {
    if (this.#closed || this.#hands.size >= this.workerCount) return undefined;
    // Scenario files are read once, here: workers get what was checked.
    const worker = new Worker(this.#module, { name: 'authdrill', workerData: { files: openedFiles() } });
    const hand: Hand = { worker, current: undefined };
    this.#hands.add(hand);
    worker.on('message', (answer: Answer) => this.#answered(hand, answer));
    worker.on('error', (error) => this.#lost(hand, error instanceof Error ? error.message : String(error)));
    worker.on('exit', (code) => this.#lost(hand, `it ended with code ${code} in the middle of a run`));
    return hand;
  }

  #answered(hand: Hand, answer: Answer): void {
    const { order, resolve, reject } = hand.current!;
    hand.current = undefined;
    if ('failure' in answer) reject(errorOf(answer.failure, order.task));
    else resolve(answer.result as never);
    this.#deal();
  }

  /** A worker that dies takes its task with it: the run would die of the same again, so it is not repeated. */
  #lost(hand: Hand, reason: string): void {
    if (this.#closed || !this.#hands.delete(hand)) return;
    const { current } = hand;
    if (current !== undefined) current.reject(new RunError(`A worker died: ${reason}.`, commandOf(current.order.task)));
    this.#deal();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#queue.length = 0;
    await Promise.all([...this.#hands].map(({ worker }) => worker.terminate()));
  }
}
