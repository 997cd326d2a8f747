/** How many requests may be in a service at once, working or waiting: a number, or an estimate that follows the latency. */

export interface FixedLimitOptions {
  readonly kind: 'fixed';
  /** 1 or more. */
  readonly limit: number;
}

/** Gradient2 of Netflix concurrency-limits; see presets/netflix.ts. */
export interface GradientLimitOptions {
  readonly kind: 'gradient2';
  readonly initial: number;
  readonly min: number;
  readonly max: number;
  /** Share of a new estimate that is taken over, above 0 and up to 1. */
  readonly smoothing: number;
  /** How much longer than usual a request may take before the limit falls. */
  readonly tolerance: number;
  /** Requests that may queue, added at each step. */
  readonly queueSize: number;
  /** Samples over which the usual latency is averaged. */
  readonly longWindow: number;
}

export interface VegasLimitOptions {
  readonly kind: 'vegas';
  readonly initial: number;
  readonly max: number;
  /** The latency without load is measured afresh after as many samples as this times the limit. */
  readonly probeMultiplier: number;
}

export interface AimdLimitOptions {
  readonly kind: 'aimd';
  readonly initial: number;
  readonly min: number;
  readonly max: number;
  /** What a drop leaves of the limit. */
  readonly backOffRatio: number;
  /** A request that took longer is a drop. */
  readonly timeoutMs: number;
}

/** Adaptive concurrency of Envoy; see presets/envoy.ts. */
export interface EnvoyGradientOptions {
  readonly kind: 'envoy-gradient';
  readonly max: number;
  /** Limit while the latency without load is measured, and for how many requests. */
  readonly minConcurrency: number;
  readonly minRttRequestCount: number;
  /** From one such measurement to the next. */
  readonly minRttEveryMs: number;
  /** Share of the latency without load that is forgiven. */
  readonly bufferRatio: number;
  readonly updateEveryMs: number;
}

export type LimitRule =
  FixedLimitOptions | GradientLimitOptions | VegasLimitOptions | AimdLimitOptions | EnvoyGradientOptions;

export interface Limit {
  /** Requests that may be in the service at once. */
  readonly value: number;
  /** @param latencyMs from the door to the end of the work @param inFlightCount when the request came in, itself included */
  sample(latencyMs: number, inFlightCount: number, nowMs: number): void;
}

export class FixedLimit implements Limit {
  readonly value: number;

  constructor({ limit }: FixedLimitOptions) {
    this.value = limit;
  }

  sample(): void {}
}
