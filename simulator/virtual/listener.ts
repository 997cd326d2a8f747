/**
 * A host's open door: takes arriving calls, at most `concurrency` at a time, queues the rest up to a limit. The work
 * belongs to the host, not to the caller: it goes on after the caller has left, as on real servers.
 */
import type { Handler, Response } from '../contract/http.ts';
import type { Capacity, Gate, Line } from '../contract/world.ts';
import type { Call } from './call.ts';
import type { HostRecord } from './host-record.ts';
import type { Kernel } from './kernel.ts';
import type { ProcessRecord, Watcher } from './process-record.ts';
import { CANCELLED, DONE } from './process-record.ts';
import { Ticket } from './ticket.ts';

export const TAKEN = 0;
export const DROPPED = 1;
export const REFUSED = 2;

/** What stands between the door and its workers; all of it can be left out. */
export interface Doorway {
  readonly capacity: Capacity | undefined;
  readonly gate: Gate | undefined;
  readonly line: Line | undefined;
}

export class Listener {
  readonly #kernel: Kernel;
  readonly #host: HostRecord;
  readonly #handler: Handler;
  readonly #capacity: Capacity | undefined;
  readonly #gate: Gate | undefined;
  readonly #line: Line | undefined;
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

  constructor(kernel: Kernel, host: HostRecord, handler: Handler, { capacity, gate, line }: Doorway) {
    this.#gate = gate;
    this.#line = line;
    this.#kernel = kernel;
    this.#host = host;
    this.#handler = handler;
    this.#capacity = capacity;
  }

  /** Requests being worked on or waiting for a worker. */
  get inProgressCount(): number {
    return this.#workingCount + this.#queue.length - this.#queueHead + (this.#line?.waitingCount ?? 0);
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
      this.#begin(call, undefined);
    } else if (this.#line !== undefined) {
      return this.#lineUp(call, this.#line, capacity);
    } else if (this.#busyCount < capacity.concurrency) {
      this.#busyCount++;
      this.#begin(call, FIRST_COME);
    } else if (this.#queue.length - this.#queueHead < capacity.queueLimit) {
      this.#queue.push(call);
    } else {
      return capacity.overflow === 'drop' ? DROPPED : REFUSED;
    }
    return TAKEN;
  }

  #begin(call: Call, worker: WorkerHeld): void {
    this.#workingCount++;
    const process = this.#kernel.spawn(this.#handler(call.request), this.#host.root, this.#host);
    process.watcher = new Work(this, call, worker);
  }

  /** A door with a line of its own: everybody joins, and whoever the line gives for a free worker begins. */
  #lineUp(call: Call, line: Line, capacity: Capacity): number {
    const ticket = new Ticket(this, call, this.#kernel.nowUs / 1000);
    const refusal = line.join(ticket);
    if (refusal === 'no-place') return capacity.overflow === 'drop' ? DROPPED : REFUSED;
    if (refusal !== undefined) call.answered(refusal, this);
    else this.#takeFrom(line);
    return TAKEN;
  }

  #takeFrom(line: Line): void {
    const { concurrency } = this.#capacity!;
    while (this.#busyCount < concurrency) {
      const ticket = line.next() as Ticket | undefined;
      if (ticket === undefined) return;
      this.#busyCount++;
      this.#begin(ticket.call, ticket);
    }
  }

  /** A worker is free: take the next in line, however long its caller has been gone. */
  finished(work: Work, process: ProcessRecord): void {
    this.#workingCount--;
    if (process.state === DONE) work.call.answered(process.outcome as never, this);
    else if (process.state === CANCELLED) work.call.broken();
    else this.#kernel.fail(process, process.outcome);
    if (work.worker === FIRST_COME) this.#next();
    else if (work.worker !== undefined) this.#leaveFor(work.worker, this.#line!, process);
    if (this.inProgressCount === 0) this.onIdle?.();
  }

  #leaveFor(ticket: Ticket, line: Line, process: ProcessRecord): void {
    this.#busyCount--;
    line.left(ticket, process.state === DONE ? (process.outcome as Response) : undefined);
    // A process that is ending begins no new work.
    if (this.#host.listener === this) this.#takeFrom(line);
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
    this.#begin(call, FIRST_COME);
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
    for (const ticket of this.#line?.clear() ?? []) (ticket as Ticket).call.broken();
  }
}

/** Work that was taken from the queue of the door itself. */
const FIRST_COME = Symbol('first come');

/** How a piece of work holds a worker; undefined when it holds none. */
type WorkerHeld = typeof FIRST_COME | Ticket | undefined;

/** One request being worked on. */
export class Work implements Watcher {
  readonly #listener: Listener;
  readonly call: Call;
  readonly worker: WorkerHeld;

  constructor(listener: Listener, call: Call, worker: WorkerHeld) {
    this.#listener = listener;
    this.call = call;
    this.worker = worker;
  }

  settled(process: ProcessRecord): void {
    this.#listener.finished(this, process);
  }
}
