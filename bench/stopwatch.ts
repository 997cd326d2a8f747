/** CPU time, wall time and time in the garbage collector between two moments of a synchronous run. */
import { performance, PerformanceObserver, type PerformanceEntry } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';

export interface Reading {
  /** User and system time of the whole process: the compiler's and the collector's own threads are in it. */
  readonly cpuMs: number;
  readonly wallMs: number;
  /** How long the collector kept the main thread waiting. */
  readonly gcMs: number;
}

export class Stopwatch {
  readonly #pauses: PerformanceEntry[] = [];
  readonly #observer: PerformanceObserver;
  #usage = process.cpuUsage();
  #startMs = 0;
  #cpuMs = 0;
  #endMs = 0;

  constructor() {
    this.#observer = new PerformanceObserver((list) => void this.#pauses.push(...list.getEntries()));
    this.#observer.observe({ entryTypes: ['gc'] });
  }

  start(): void {
    this.#startMs = performance.now();
    this.#usage = process.cpuUsage();
  }

  stop(): void {
    const { user, system } = process.cpuUsage(this.#usage);
    this.#cpuMs = (user + system) / 1000;
    this.#endMs = performance.now();
  }

  /** The collector's entries come with the event loop, so they can only be had afterwards. */
  async read(): Promise<Reading> {
    await setImmediate();
    await setImmediate();
    this.#observer.disconnect();
    const within = this.#pauses.filter(({ startTime }) => startTime >= this.#startMs && startTime < this.#endMs);
    const gcMs = within.reduce((sum, { duration }) => sum + duration, 0);
    return { cpuMs: this.#cpuMs, wallMs: this.#endMs - this.#startMs, gcMs };
  }
}
