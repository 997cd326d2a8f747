/**
 * Gradient2 of Netflix concurrency-limits: the limit falls when a request takes longer than the long-run average allows, by
 * at most half a step, and grows by the queue that is permitted.
 */
import type { GradientLimitOptions, Limit } from './limit.ts';

/** The long-run average is a plain mean of its first samples (ExpAvgMeasurement, warm-up 10). */
const WARM_UP_COUNT = 10;
/** An average this many times above the latest sample is left over from a bad time and decays faster. */
const STALE_RATIO = 2;
const STALE_DECAY = 0.95;

export class GradientLimit implements Limit {
  readonly #options: GradientLimitOptions;
  #estimate: number;
  #longMs = 0;
  #sampleCount = 0;
  #sumMs = 0;

  constructor(options: GradientLimitOptions) {
    this.#options = options;
    this.#estimate = options.initial;
  }

  get value(): number {
    return Math.floor(this.#estimate);
  }

  sample(latencyMs: number, inFlightCount: number): void {
    // The original measures in nanoseconds; a latency of 0 would divide by 0.
    const shortMs = Math.max(latencyMs, 0.001);
    this.#average(shortMs);
    if (this.#longMs / shortMs > STALE_RATIO) this.#longMs *= STALE_DECAY;
    // Who uses less than half of the limit learns nothing about it.
    if (inFlightCount < this.#estimate / 2) return;
    const { tolerance, queueSize, smoothing, min, max } = this.#options;
    const gradient = Math.max(0.5, Math.min(1, (tolerance * this.#longMs) / shortMs));
    const next = this.#estimate * gradient + queueSize;
    const smoothed = this.#estimate * (1 - smoothing) + next * smoothing;
    this.#estimate = Math.max(min, Math.min(max, smoothed));
  }

  #average(sampleMs: number): void {
    if (this.#sampleCount < WARM_UP_COUNT) {
      this.#sampleCount++;
      this.#sumMs += sampleMs;
      this.#longMs = this.#sumMs / this.#sampleCount;
      return;
    }
    const weight = 2 / (this.#options.longWindow + 1);
    this.#longMs = this.#longMs * (1 - weight) + sampleMs * weight;
  }
}
