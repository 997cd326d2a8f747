/**
 * A host's open door: takes arriving calls, at most `concurrency` at a time, queues the rest up to a limit. The work
 * belongs to the host, not to the caller: it goes on after the caller has left, as on real servers.
 */
import type { Handler } from '../contract/http.ts';
import type { Capacity, Gate } from '../contract/world.ts';
import type { Call } from './call.ts';
import type { HostRecord } from './host-record.ts';
import type { Kernel } from './kernel.ts';
import type { ProcessRecord, Watcher } from './process-record.ts';
import { CANCELLED, DONE } from './process-record.ts';

export const TAKEN = 0;
export const DROPPED = 1;
export const REFUSED = 2;

export class Listener {
  readonly #kernel: Kernel;
  readonly #host: HostRecord;
  readonly #handler: Handler;
  readonly #capacity: Capacity | undefined;
  readonly #gate: Gate | undefined;
  readonly #queue: Call[] = [];
  #queueHead = 0;
  #busyCount = 0;
  /** False once the host drains: no new connections. */
  accepting = true;
  /** Work in progress, in order of arrival, so that a crash can reset each caller. */
  readonly #working = new Set<Work>();
  onIdle: (() => void) | undefined = undefined;

  constructor(
    kernel: Kernel,
    host: HostRecord,
    handler: Handler,
    capacity: Capacity | undefined,
    gate: Gate | undefined,
  ) {
    this.#gate = gate;
    this.#kernel = kernel;
    this.#host = host;
    this.#handler = handler;
    this.#capacity = capacity;
  }

  get inProgressCount(): number {
    return this.#working.size + this.#queue.length - this.#queueHead;
  }

  /** A connection attempt has reached the door. */
  arrive(call: Call): number {
    if (!this.accepting) return REFUSED;
    const refusal = this.#gate?.(call.request);
    if (refusal !== undefined) {
      call.answered(refusal);
      return TAKEN;
    }
    const capacity = this.#capacity;
    if (capacity === undefined || call.request.weightless === true) {
      this.#begin(call, false);
    } else if (this.#busyCount < capacity.concurrency) {
      this.#busyCount++;
      this.#begin(call, true);
    } else if (this.#queue.length - this.#queueHead < capacity.queueLimit) {
      this.#queue.push(call);
    } else {
      return capacity.overflow === 'drop' ? DROPPED : REFUSED;
    }
    return TAKEN;
  }

  #begin(call: Call, holdsWorker: boolean): void {
    const work = new Work(this, call, holdsWorker);
    this.#working.add(work);
    const root = this.#host.root;
    const process = this.#kernel.spawn(this.#handler(call.request), root, this.#host);
    process.watcher = work;
  }

  /** A worker is free: take the next in line, however long its caller has been gone. */
  finished(work: Work, process: ProcessRecord): void {
    this.#working.delete(work);
    if (process.state === DONE) work.call.answered(process.outcome as never);
    else if (process.state === CANCELLED) work.call.broken();
    else this.#kernel.fail(process, process.outcome);
    if (work.holdsWorker) this.#next();
    if (this.inProgressCount === 0) this.onIdle?.();
  }

  #next(): void {
    if (this.#queueHead >= this.#queue.length || this.#host.listener !== this) {
      this.#busyCount--;
      return;
    }
    const call = this.#queue[this.#queueHead++]!;
    if (this.#queueHead > 64 && this.#queueHead * 2 > this.#queue.length) {
      this.#queue.splice(0, this.#queueHead);
      this.#queueHead = 0;
    }
    this.#begin(call, true);
  }

  /** The process behind the door is gone: whoever waits in the queue gets a reset. */
  close(): void {
    this.accepting = false;
    for (let i = this.#queueHead; i < this.#queue.length; i++) this.#queue[i]!.broken();
    this.#queue.length = 0;
    this.#queueHead = 0;
  }
}

/** One request being worked on. */
export class Work implements Watcher {
  readonly #listener: Listener;
  readonly call: Call;
  readonly holdsWorker: boolean;

  constructor(listener: Listener, call: Call, holdsWorker: boolean) {
    this.#listener = listener;
    this.call = call;
    this.holdsWorker = holdsWorker;
  }

  settled(process: ProcessRecord): void {
    this.#listener.finished(this, process);
  }
}
