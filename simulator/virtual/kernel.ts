/**
 * Time that obeys us: takes the earliest event, moves the clock there, lets the processes concerned run until they wait
 * again. Everything that happens is an event in one queue with an exact order, so a seed gives one history.
 */
import type { Process } from '../contract/process.ts';
import { SimulatorError } from '../contract/errors.ts';
import { EventQueue } from './queue/event-queue.ts';
import type { HeldEvent, HostRecord } from './host-record.ts';
import { forgetLast } from './operation.ts';
import { ProcessRecord, RUNNING } from './process-record.ts';
import { Trace } from './trace.ts';

/** What kernel events are aimed at. `kind` distinguishes the events of one target. */
export interface Target {
  readonly id: number;
  /** The host on which an event of this kind happens: it waits while that host is paused. Undefined on none. */
  hostOf(kind: number): HostRecord | undefined;
  fire(kind: number): void;
  /** The event has left the queue and waits for its paused host: there is no handle to cancel any more. */
  held(kind: number): void;
}

/** Kind of the commonest event: a process wakes up. Other kinds belong to their targets. */
export const WAKE = 0;

/** A longer line than this is rare: its memory is given back. */
const READY_KEPT_COUNT = 1024;

/** Told of each event before it fires; used to find where two runs part. */
export type EventTap = (
  eventNumber: number,
  timeUs: number,
  kind: number,
  targetId: number,
  host: string | undefined,
) => void;

export interface KernelOptions {
  /** Non-negative safe integer. */
  readonly seed: number;
  readonly keepCheckpoints?: boolean;
  readonly tap?: EventTap;
}

export class Kernel {
  readonly seed: number;
  readonly queue = new EventQueue();
  readonly trace: Trace;
  nowUs = 0;
  /** The process whose generator is running; undefined between steps. */
  current: ProcessRecord | undefined = undefined;
  spawnedCount = 0;
  settledCount = 0;
  /** How many hosts are paused. */
  pausedCount = 0;
  #nextId = 1;
  /** Those to be stepped at this moment stand from head to tail. The array keeps its length: emptying it frees its memory. */
  readonly #ready: (ProcessRecord | undefined)[] = [];
  #readyHead = 0;
  #readyTail = 0;
  /** Events that waited for a host which has been resumed. */
  readonly #resumed: HeldEvent[] = [];
  #resumedHead = 0;
  readonly #doomed: ProcessRecord[] = [];
  /** What was running when a cancellation ran somebody's `finally` blocks, outermost first. */
  readonly #interrupted: (ProcessRecord | undefined)[] = [];
  #halted = false;
  #failure: SimulatorError | undefined = undefined;
  readonly #tap: EventTap | undefined;

  constructor(options: KernelOptions) {
    if (!(Number.isSafeInteger(options.seed) && options.seed >= 0)) {
      const message = `The seed must be a whole number from 0 to 9007199254740991, got ${options.seed}.`;
      throw new SimulatorError('bad-argument', message, 'Pass one such as 42.');
    }
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
    this.#ready[this.#readyTail++] = record;
    return record;
  }

  /** Resumes a process at this moment, after those already due. */
  ready(process: ProcessRecord): void {
    this.#ready[this.#readyTail++] = process;
  }

  /** Fires events that had to wait for their host, in order, at this moment, after the processes already due. */
  resume(events: readonly HeldEvent[]): void {
    for (const event of events) this.#resumed.push(event);
  }

  /** Whether this process, or one in its scope, is in the middle of a step. */
  isInside(scope: ProcessRecord): boolean {
    for (let at = this.current; at !== undefined; at = at.parent) if (at === scope) return true;
    return this.#interrupted.length > 0 && this.#interrupted.some((process) => isWithin(process, scope));
  }

  /** Cancels a process that is in the middle of a step, once the step is over. */
  cancelSoon(process: ProcessRecord): void {
    this.#doomed.push(process);
  }

  get hasDoomed(): boolean {
    return this.#doomed.length > 0;
  }

  cancelDoomed(): void {
    while (this.#doomed.length > 0) this.#doomed.pop()!.cancel();
  }

  /** Before the `finally` blocks of a cancelled process run, whoever is running. */
  enter(process: ProcessRecord): void {
    this.#interrupted.push(this.current);
    this.current = process;
  }

  leave(): void {
    this.current = this.#interrupted.pop();
  }

  /** No further event fires. */
  halt(): void {
    this.#halted = true;
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
    this.#halted = true;
  }

  /** Runs every event up to and including `untilUs`; the clock stands there afterwards (unless Infinity, or halted). */
  run(untilUs: number): void {
    this.#drain();
    const queue = this.queue;
    while (!this.#halted && queue.next(untilUs)) {
      this.nowUs = queue.timeUs;
      this.#fire(queue.kind, queue.target as Target);
      this.#drain();
    }
    forgetLast();
    if (this.#failure !== undefined) throw this.#failure;
    if (!this.#halted && untilUs !== Infinity && untilUs > this.nowUs) this.nowUs = untilUs;
  }

  #fire(kind: number, target: Target): void {
    this.trace.mix(this.nowUs, kind, target.id);
    if (this.pausedCount === 0 && this.#tap === undefined) {
      target.fire(kind);
      return;
    }
    const host = target.hostOf(kind);
    if (this.#tap !== undefined) this.#tap(this.trace.eventCount, this.nowUs, kind, target.id, host?.name);
    if (host !== undefined && host.paused) {
      target.held(kind);
      host.hold(kind, target);
    } else target.fire(kind);
  }

  /** Lets everything that is due at this moment run. */
  #drain(): void {
    this.cancelDoomed();
    this.#stepReady();
    if (this.#resumed.length > 0) this.#fireResumed();
  }

  #fireResumed(): void {
    const resumed = this.#resumed;
    while (this.#resumedHead < resumed.length && !this.#halted) {
      const { kind, target } = resumed[this.#resumedHead++]!;
      const host = target.hostOf(kind);
      if (host !== undefined && host.paused) host.hold(kind, target);
      else target.fire(kind);
      this.cancelDoomed();
      this.#stepReady();
    }
    resumed.length = 0;
    this.#resumedHead = 0;
  }

  #stepReady(): void {
    if (this.#readyTail === 0) return;
    const ready = this.#ready;
    while (this.#readyHead < this.#readyTail && !this.#halted) {
      const process = ready[this.#readyHead]!;
      ready[this.#readyHead++] = undefined;
      if (process.state !== RUNNING) continue;
      if (process.host !== undefined && process.host.paused) process.host.hold(WAKE, process);
      else process.step();
      this.cancelDoomed();
    }
    if (ready.length > READY_KEPT_COUNT) ready.length = 0;
    this.#readyHead = this.#readyTail = 0;
  }

  /** Every event and every process accounted for, or an error with the numbers. */
  assertConserved(livingCount: number): void {
    this.queue.assertConserved();
    if (this.spawnedCount === this.settledCount + livingCount) return;
    const message = `${this.spawnedCount} processes spawned, ${this.settledCount} settled, ${livingCount} alive.`;
    throw new SimulatorError('not-conserved', message, 'A process was lost or settled twice: this is a kernel error.');
  }
}

function isWithin(process: ProcessRecord | undefined, scope: ProcessRecord): boolean {
  for (let at = process; at !== undefined; at = at.parent) if (at === scope) return true;
  return false;
}
