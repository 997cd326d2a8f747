/**
 * Adaptive throttling of a client (Beyer et al., Site Reliability Engineering, 2016, chapter 21): counts what it wanted to send
 * and what was accepted, and rejects locally what would be rejected anyway. Local rejections count as requests.
 */
import type { AdaptiveThrottle } from './options.ts';

export class Throttle {
  readonly #options: AdaptiveThrottle;
  #requestsAtMs: number[] = [];
  #acceptsAtMs: number[] = [];

  constructor(options: AdaptiveThrottle) {
    this.#options = options;
  }

  /** The probability with which the next request is to be rejected here; the request is counted. */
  rejectionRatio(nowMs: number): number {
    const fromMs = nowMs - this.#options.windowMs;
    this.#requestsAtMs = this.#requestsAtMs.filter((atMs) => atMs > fromMs);
    this.#acceptsAtMs = this.#acceptsAtMs.filter((atMs) => atMs > fromMs);
    this.#requestsAtMs.push(nowMs);
    const requests = this.#requestsAtMs.length;
    return Math.max(0, (requests - this.#options.k * this.#acceptsAtMs.length) / (requests + 1));
  }

  accepted(nowMs: number): void {
    this.#acceptsAtMs.push(nowMs);
  }
}
