/**
 * All that a service may touch. It owns no clock, no chance and no socket: it is handed these. Two rooms implement it,
 * one in virtual time and one over the real world.
 */
import type { Handler, Reply, Request, Response } from './http.ts';
import type { Journal } from './journal.ts';
import type { Draws } from './portable/index.ts';
import type { Operation, Process, ResultOf, Work } from './process.ts';
import type { Seals } from './seals.ts';

export interface Clock {
  /** Milliseconds since the scenario began; microsecond resolution, never goes back. */
  nowMs(): number;
  /**
   * The same plus this host's clock error: what a service must use to judge `exp` and `nbf`. Equal to `nowMs` unless
   * a fault skews the host.
   */
  wallMs(): number;
}

export interface Timers {
  /** Waits. `durationMs` 0 or more, below 142 years; rounded to whole microseconds; Infinity waits until cancelled. */
  sleep(durationMs: number): Operation<void>;
  /** Waits until a moment of the scenario; returns at once when it has passed. */
  sleepUntil(atMs: number): Operation<void>;
  /**
   * Waits for the next turn of periodic work: `periodMs` from now, or, where that falls outside the scenario's observed
   * windows, the start of the next window. Periodic work uses this so that the weeks between recurrences cost nothing.
   */
  sleepPeriod(periodMs: number): Operation<void>;
}

/**
 * A child process. It ends with its parent. When it fails while nobody joins it, the run is void: what a model expects to
 * go wrong is a value, not an error.
 */
export interface Handle<A> {
  readonly settled: boolean;
  /** Waits for it, one at a time; throws what it threw, and a SimulatorError when it was cancelled. */
  join(): Operation<A>;
  /** Ends it now, its `finally` blocks run; they must not wait. When it is itself in the middle of a step, at the end of that. */
  cancel(): void;
}

/** A bounded number of permits with a first-come queue. */
export interface Pool {
  /**
   * True with a permit; false at once when the queue is full. Looks when it is waited for, not when it is made. A cancelled
   * waiter leaves the queue.
   */
  acquire(): Operation<boolean>;
  release(): void;
  readonly busyCount: number;
  readonly waitingCount: number;
}

/** Wakes every waiter with a value. Later waiters wait for the next time. */
export interface Signal<A> {
  wait(): Operation<A>;
  fire(value: A): void;
}

/** Timed out: the value of `timeout` when the work was not done in time. */
export const TIMED_OUT: unique symbol = Symbol('timed out');

export interface Tasks {
  /** Starts a child of the running process, at this moment, after the running one next waits. */
  spawn<A>(process: Process<A>): Handle<A>;
  /** The same, but as a child of the host's main process: it ends with the host. For work begun by a request that outlives it. */
  background<A>(process: Process<A>): Handle<A>;
  /** The first to end wins; the others are cancelled, their `finally` blocks run. */
  race<W extends readonly Work<unknown>[]>(...works: W): Operation<ResultOf<W[number]>>;
  /** All results in order; one failure cancels the rest and is thrown. */
  all<W extends readonly Work<unknown>[]>(...works: W): Operation<{ -readonly [I in keyof W]: ResultOf<W[I]> }>;
  /** The work's result, or `TIMED_OUT` and the work cancelled. Counts from the moment at which it is waited for. */
  timeout<W extends Work<unknown>>(durationMs: number, work: W): Operation<ResultOf<W> | typeof TIMED_OUT>;
  /** @param concurrency 1 or more @param queueLimit how many may wait, 0 or more; Infinity by default */
  pool(concurrency: number, queueLimit?: number): Pool;
  signal<A>(): Signal<A>;
}

/** How much a listener takes at once. */
export interface Capacity {
  /** Requests worked on at the same time. */
  readonly concurrency: number;
  /** Requests that wait for a worker; beyond it `overflow` applies. */
  readonly queueLimit: number;
  /**
   * `drop`: the connection attempt is silently lost and the caller's TCP stack tries again after 1, 2, 4 … s (the
   * accept queue of Linux with `tcp_abort_on_overflow=0`). `refuse`: connection refused at once.
   */
  readonly overflow: 'drop' | 'refuse';
}

/**
 * Judges a request at the door, before it takes a worker or a place in the queue, and at no cost: what a reverse proxy in
 * front of the service does. Undefined lets it in.
 */
export type Gate = (request: Request) => Response | undefined;

/** Somebody who waits at a door for a worker. */
export interface Waiting {
  readonly request: Request;
  /** When it reached the door. */
  readonly sinceMs: number;
  /** Turns it away with this answer; only while it stands in the line, and the line forgets it then. */
  turnAway(response: Response): void;
}

/**
 * Who waits at a door, in which order they are taken, and who no longer: takes the place of the first-come queue. It is asked
 * about everybody, also when a worker is free.
 */
export interface Line {
  /** Takes its place and says undefined; `no-place` leaves it to the overflow of the capacity, a response turns it away. */
  join(waiting: Waiting): Response | 'no-place' | undefined;
  /** A worker is free: takes the next out of the line, undefined when nobody can be taken now. */
  next(): Waiting | undefined;
  /** Work on somebody who was taken has ended, with this answer or with none. Told before the next is taken. */
  left(waiting: Waiting, response: Response | undefined): void;
  readonly waitingCount: number;
  /** Takes all out of the line, because the process behind the door has ended. */
  clear(): readonly Waiting[];
}

export interface CallOptions {
  /** The caller's whole patience for this call in milliseconds, from connect to last byte. No limit by default. */
  readonly timeoutMs?: number;
}

export interface Network {
  /** Calls a host by name. Never throws: a failed call is a reply with status 0. */
  call(host: string, request: Request, options?: CallOptions): Operation<Reply>;
  /**
   * Opens this host's door, once for each start. Work in progress does not end with the caller: servers go on after the
   * client has left.
   * @param line in place of the first-come queue of the capacity, whose `queueLimit` it may know and the door does not apply
   */
  listen(handler: Handler, capacity?: Capacity, gate?: Gate, line?: Line): void;
  /** Names of the hosts registered in a pool (running or stopping), in order of the cast. What service discovery tells. */
  members(pool: string): readonly string[];
  /** Changes whenever any membership changes: lets a router keep its list. */
  readonly membershipVersion: number;
}

/** Small storage that survives a restart and not a re-imaging. */
export interface Disk {
  read(name: string): unknown;
  write(name: string, value: unknown): void;
}

export interface HostFacts {
  readonly name: string;
  readonly pool: string;
  /** 1 for the first start, one more for each start. */
  readonly incarnation: number;
  /** Values that the platform tells a process, for instance of the hardware below. A running host sees changes at once. */
  platform(name: string): string;
}

export interface HostStatus {
  readonly name: string;
  readonly pool: string;
  readonly state: 'running' | 'stopping' | 'paused' | 'stopped';
  readonly startedAtMs: number;
}

/** Power over machines, for orchestrators only. Unknown names throw a SimulatorError. */
export interface Hosts {
  list(pool?: string): readonly HostStatus[];
  start(name: string): void;
  /**
   * Stops taking new connections, waits up to `graceMs` for work in progress, then ends the process. Goes on when the one
   * that asked is cancelled; asking again waits for the same end.
   */
  stop(name: string, graceMs: number): Operation<void>;
  /** Ends the process at once: open connections are reset. */
  crash(name: string): void;
  /** Freezes the process; its timers and arrivals wait. */
  pause(name: string): void;
  resume(name: string): void;
  /** Puts a stopped host on other hardware: empty disk, these platform values. */
  reimage(name: string, platform?: Readonly<Record<string, string>>): void;
  /** Changes what the platform tells, without touching the process. */
  setPlatform(name: string, values: Readonly<Record<string, string>>): void;
}

export interface World {
  readonly host: HostFacts;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly tasks: Tasks;
  readonly network: Network;
  readonly seals: Seals;
  readonly journal: Journal;
  readonly disk: Disk;
  /** Keyed draws of this host for one purpose. Make them once at set-up. */
  draws(purpose: string): Draws;
  /** Keyed draws under a scope of one's own, for entities that several hosts know (a user, a client). */
  drawsOf(scope: string, purpose: string): Draws;
  /** Only for privileged roles; undefined for everybody else. */
  readonly hosts?: Hosts;
}
