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
  #workingCount = 0;
  /** Connections that are open with no work going on: hung, or with the body still on its way. */
  readonly #lingering = new Set<Call>();
  /** False once the host drains: no new connections. */
  accepting = true;
  /** Told when nothing is in progress any more. */
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

  /** Requests being worked on or waiting for a worker. */
  get inProgressCount(): number {
    return this.#workingCount + this.#queue.length - this.#queueHead;
  }

  get lingeringCount(): number {
    return this.#lingering.size;
  }

  /** A connection attempt has reached the door. */
  arrive(call: Call): number {
    if (!this.accepting) return REFUSED;
    const refusal = this.#gate?.(call.request);
    if (refusal !== undefined) {
      call.answered(refusal, this);
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
    this.#workingCount++;
    const process = this.#kernel.spawn(this.#handler(call.request), this.#host.root, this.#host);
    process.watcher = new Work(this, call, holdsWorker);
  }

  /** A worker is free: take the next in line, however long its caller has been gone. */
  finished(work: Work, process: ProcessRecord): void {
    this.#workingCount--;
    if (process.state === DONE) work.call.answered(process.outcome as never, this);
    else if (process.state === CANCELLED) work.call.broken();
    else this.#kernel.fail(process, process.outcome);
    if (work.holdsWorker) this.#next();
    if (this.inProgressCount === 0) this.onIdle?.();
  }

  #next(): void {
    if (this.#queueHead >= this.#queue.length) {
      this.#busyCount--;
      return;
    }
    const call = this.#queue[this.#queueHead++]!;
    const isEmpty = this.#queueHead === this.#queue.length;
    if (isEmpty || (this.#queueHead > 64 && this.#queueHead * 2 > this.#queue.length)) {
      this.#queue.splice(0, this.#queueHead);
      this.#queueHead = 0;
    }
    this.#begin(call, true);
  }

  /** Keeps an open connection in mind, so that the end of the host resets it. */
  keep(call: Call): void {
    this.#lingering.add(call);
  }

  /** The caller has left, or has all of it. */
  forget(call: Call): void {
    this.#lingering.delete(call);
  }

  /** The process behind the door is gone: whoever is not being worked on gets a reset now, the rest when its work ends. */
  close(): void {
    this.accepting = false;
    this.onIdle = undefined;
    const left = [...this.#queue.slice(this.#queueHead), ...this.#lingering];
    this.#queue.length = 0;
    this.#queueHead = 0;
    for (const call of left) call.broken();
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
