/**
 * Retry libraries of npm as they are without options: axios-retry 4.5.0 (3 retries, no pause), p-retry (10 retries, doubled from
 * 1 s, no cap, no jitter; its readme), cockatiel (decorrelated jitter from 128 ms to 30 s; its readme).
 */
import type { RetryOptions } from '../retry/index.ts';

export const axiosRetry: RetryOptions = { backOff: { kind: 'fixed', baseMs: 0, capMs: 0 }, maxAttempts: 4 };

export const pRetry: RetryOptions = {
  backOff: { kind: 'exponential', baseMs: 1_000, capMs: 1_024_000 },
  maxAttempts: 11,
};

export const cockatiel: RetryOptions = { backOff: { kind: 'decorrelated', baseMs: 128, capMs: 30_000 } };
