/**
 * Time that obeys us: takes the earliest event, moves the clock there, lets the processes concerned run until they wait
 * again. Everything that happens is an event in one queue with an exact order, so a seed gives one history.
 */
import type { Process } from '../contract/process.ts';
import { SimulatorError } from '../contract/errors.ts';
import { EventQueue } from './queue/event-queue.ts';
import type { HostRecord } from './host-record.ts';
import { ProcessRecord, RUNNING } from './process-record.ts';
import { Trace } from './trace.ts';

/** What kernel events are aimed at. `kind` distinguishes the events of one target. */
export interface Target {
  readonly id: number;
  readonly host: HostRecord | undefined;
  fire(kind: number): void;
}

/** Kind of the commonest event: a process wakes up. Other kinds belong to their targets. */
export const WAKE = 0;

/** Told of each event before it fires; used to find where two runs part. */
export type EventTap = (
  eventNumber: number,
  timeUs: number,
  kind: number,
  targetId: number,
  host: string | undefined,
) => void;

export interface KernelOptions {
  readonly seed: number;
  readonly keepCheckpoints?: boolean;
  readonly tap?: EventTap;
}

export class Kernel {
  readonly seed: number;
  readonly queue = new EventQueue();
  readonly trace: Trace;
  nowUs = 0;
  current: ProcessRecord | undefined = undefined;
  spawnedCount = 0;
  settledCount = 0;
  #nextId = 1;
  #ready: ProcessRecord[] = [];
  #readyHead = 0;
  #doomed: ProcessRecord[] = [];
  #failure: SimulatorError | undefined = undefined;
  readonly #tap: EventTap | undefined;

  constructor(options: KernelOptions) {
    this.seed = options.seed;
    this.trace = new Trace(options.keepCheckpoints === true);
    this.#tap = options.tap;
  }

  nextId(): number {
    return this.#nextId++;
  }

  /** Starts a process; it runs when the one now running waits. */
  spawn(generator: Process<unknown>, parent: ProcessRecord | undefined, host: HostRecord | undefined): ProcessRecord {
    const record = new ProcessRecord(this, this.nextId(), generator, parent, host);
    this.spawnedCount++;
    this.#ready.push(record);
    return record;
  }

  /** Resumes a process at this moment, after those already due. */
  ready(process: ProcessRecord): void {
    this.#ready.push(process);
  }

  /** Cancels a process that is in the middle of a step, once the step is over. */
  cancelSoon(process: ProcessRecord): void {
    this.#doomed.push(process);
  }

  /** A process failed and nobody was waiting for it: the run is void. */
  fail(process: ProcessRecord, cause: unknown): void {
    if (this.#failure !== undefined) return;
    const where = process.host === undefined ? '' : ` on host ${process.host.name}`;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `A process${where} failed at ${this.nowUs / 1000} ms of seed ${this.seed}: ${reason}`;
    this.#failure = new SimulatorError('process-failed', message, 'This is an error in the model; see the cause.', {
      cause,
    });
  }

  /** Runs every event up to and including `untilUs`; the clock stands there afterwards (unless Infinity). */
  run(untilUs: number): void {
    this.#drain();
    const queue = this.queue;
    while (this.#failure === undefined && queue.next(untilUs)) {
      this.nowUs = queue.timeUs;
      this.#fire(queue.kind, queue.target as Target);
      this.#drain();
    }
    if (this.#failure !== undefined) throw this.#failure;
    if (untilUs !== Infinity && untilUs > this.nowUs) this.nowUs = untilUs;
  }

  /** Lets everything that is due at this moment run. For use between `run`s. */
  settle(): void {
    this.#drain();
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Fires an event that was due earlier and had to wait for its host. */
  refire(kind: number, target: Target): void {
    this.#dispatch(kind, target);
  }

  #fire(kind: number, target: Target): void {
    this.trace.mix(this.nowUs, kind, target.id);
    if (this.#tap !== undefined) this.#tap(this.trace.eventCount, this.nowUs, kind, target.id, target.host?.name);
    const host = target.host;
    if (host !== undefined && host.paused) host.defer(kind, target);
    else this.#dispatch(kind, target);
  }

  #dispatch(kind: number, target: Target): void {
    target.fire(kind);
  }

  #drain(): void {
    const ready = this.#ready;
    this.#cancelDoomed();
    while (this.#readyHead < ready.length) {
      const process = ready[this.#readyHead++]!;
      if (process.state === RUNNING) process.step();
      this.#cancelDoomed();
    }
    ready.length = 0;
    this.#readyHead = 0;
  }

  #cancelDoomed(): void {
    while (this.#doomed.length > 0) this.#doomed.pop()!.cancel();
  }

  /** Every event and every process accounted for, or an error with the numbers. */
  assertConserved(livingCount: number): void {
    this.queue.assertConserved();
    if (this.spawnedCount === this.settledCount + livingCount) return;
    const message = `${this.spawnedCount} processes spawned, ${this.settledCount} settled, ${livingCount} alive.`;
    throw new SimulatorError('not-conserved', message, 'A process was lost or settled twice: this is a kernel error.');
  }
}
