/**
 * Adaptive concurrency of Envoy: from time to time it lets few requests in and takes their median latency for the one
 * without load; in between the limit follows the ratio of that to the median of the last moment.
 */
import type { EnvoyGradientOptions, Limit } from './limit.ts';

/** Bounds of one step, and the headroom that lets the limit grow: the square root of it (Envoy, adaptive concurrency filter). */
const LOWEST_GRADIENT = 0.5;
const HIGHEST_GRADIENT = 2;

export class EnvoyGradientLimit implements Limit {
  readonly #options: EnvoyGradientOptions;
  #limit: number;
  #noLoadMs = 0;
  #measuring = true;
  #measureFromMs = 0;
  #windowFromMs = 0;
  readonly #samplesMs: number[] = [];

  constructor(options: EnvoyGradientOptions) {
    this.#options = options;
    this.#limit = options.minConcurrency;
  }

  get value(): number {
    return this.#measuring ? this.#options.minConcurrency : this.#limit;
  }

  sample(latencyMs: number, _inFlightCount: number, nowMs: number): void {
    this.#samplesMs.push(latencyMs);
    if (this.#measuring) this.#measure(nowMs);
    else if (nowMs - this.#measureFromMs >= this.#options.minRttEveryMs) this.#begin(true, nowMs);
    else if (nowMs - this.#windowFromMs >= this.#options.updateEveryMs) this.#update(nowMs);
  }

  #measure(nowMs: number): void {
    if (this.#samplesMs.length < this.#options.minRttRequestCount) return;
    this.#noLoadMs = Math.max(0.001, median(this.#samplesMs));
    this.#measureFromMs = nowMs;
    this.#begin(false, nowMs);
  }

  #update(nowMs: number): void {
    const { bufferRatio, max } = this.#options;
    const sampleMs = Math.max(0.001, median(this.#samplesMs));
    const ratio = (this.#noLoadMs * (1 + bufferRatio)) / sampleMs;
    const gradient = Math.max(LOWEST_GRADIENT, Math.min(HIGHEST_GRADIENT, ratio));
    const target = gradient * this.#limit;
    this.#limit = Math.max(this.#options.minConcurrency, Math.min(max, Math.floor(target + Math.sqrt(target))));
    this.#begin(false, nowMs);
  }

  #begin(measuring: boolean, nowMs: number): void {
    this.#measuring = measuring;
    this.#windowFromMs = nowMs;
    this.#samplesMs.length = 0;
  }
}

/** The lower one of the two in the middle. */
function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1]!;
}
