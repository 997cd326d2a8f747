/** Vegas and AIMD of Netflix concurrency-limits: one reads the queue from the latency, the other waits for drops. */
import { ln, type Draws } from '../../../simulator/contract/index.ts';
import type { AimdLimitOptions, Limit, VegasLimitOptions } from './limit.ts';

export class VegasLimit implements Limit {
  readonly #options: VegasLimitOptions;
  readonly #draws: Draws;
  #estimate: number;
  #noLoadMs = 0;
  #sampleCount = 0;
  #probeCount = 0;

  /** @param draws spread the probes: each comes after half to all of its samples */
  constructor(options: VegasLimitOptions, draws: Draws) {
    this.#options = options;
    this.#draws = draws;
    this.#estimate = options.initial;
  }

  get value(): number {
    return Math.floor(this.#estimate);
  }

  sample(latencyMs: number, inFlightCount: number): void {
    const sampleMs = Math.max(latencyMs, 0.001);
    this.#sampleCount++;
    const probeAfter = this.#draws.between(0.5, 1, this.#probeCount) * this.#options.probeMultiplier * this.#estimate;
    const isProbe = this.#sampleCount >= probeAfter;
    if (isProbe) {
      this.#probeCount++;
      this.#sampleCount = 0;
    }
    if (isProbe || this.#noLoadMs === 0 || sampleMs < this.#noLoadMs) this.#noLoadMs = sampleMs;
    else if (inFlightCount * 2 >= this.#estimate) this.#estimate = this.#stepped(sampleMs);
  }

  #stepped(sampleMs: number): number {
    const limit = this.#estimate;
    const queued = Math.ceil(limit * (1 - this.#noLoadMs / sampleMs));
    const step = wholeLog10(limit);
    let next = limit;
    if (queued <= step) next = limit + 6 * step;
    else if (queued < 3 * step) next = limit + step;
    else if (queued > 6 * step) next = limit - step;
    return Math.max(1, Math.min(this.#options.max, next));
  }
}

/** As the original: the whole part, and at least 1. The nudge keeps exact powers of ten on their side of rounding. */
function wholeLog10(limit: number): number {
  return Math.max(1, Math.floor(ln(limit) / ln(10) + 1e-9));
}

export class AimdLimit implements Limit {
  readonly #options: AimdLimitOptions;
  #estimate: number;

  constructor(options: AimdLimitOptions) {
    this.#options = options;
    this.#estimate = options.initial;
  }

  get value(): number {
    return this.#estimate;
  }

  sample(latencyMs: number, inFlightCount: number): void {
    const { timeoutMs, backOffRatio, min, max } = this.#options;
    let next = this.#estimate;
    if (latencyMs > timeoutMs) next = Math.floor(next * backOffRatio);
    else if (inFlightCount * 2 >= next) next += 1;
    this.#estimate = Math.max(min, Math.min(max, next));
  }
}
