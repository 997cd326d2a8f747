/**
 * Netflix concurrency-limits, the defaults of its three algorithms (github.com/Netflix/concurrency-limits: Gradient2Limit,
 * VegasLimit, AIMDLimit). The first is made for servers, the others for clients as well. Initial and least limit are for
 * services with tens of workers: give those of your own.
 */
import type { AimdLimitOptions, GradientLimitOptions, VegasLimitOptions } from '../limits/limit.ts';

export const netflixGradient2: GradientLimitOptions = {
  kind: 'gradient2',
  initial: 20,
  min: 20,
  max: 200,
  smoothing: 0.2,
  tolerance: 1.5,
  queueSize: 4,
  longWindow: 600,
};

export const netflixVegas: VegasLimitOptions = { kind: 'vegas', initial: 20, max: 1_000, probeMultiplier: 30 };

/** A drop is a request that took longer than 5 s; min and max as in the builder of the library. */
export const netflixAimd: AimdLimitOptions = {
  kind: 'aimd',
  initial: 20,
  min: 20,
  max: 200,
  backOffRatio: 0.9,
  timeoutMs: 5_000,
};
