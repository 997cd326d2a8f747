import { expect, test } from 'vitest';
import { Draws } from '../../../simulator/contract/index.ts';
import { retryDelayMs } from './retry-schedule.ts';

const draws = new Draws(7, 'backend', 'verifier/retry');

test('a fixed schedule waits the same before each try', () => {
  const schedule = { kind: 'fixed', everyMs: 5_000 } as const;
  expect([0, 1, 50].map((attempt) => retryDelayMs(schedule, attempt, draws, 1))).toEqual([5_000, 5_000, 5_000]);
});

test('a doubling schedule doubles up to its cap, without chance', () => {
  const schedule = { kind: 'doubling', baseMs: 60_000, capMs: 3_600_000 } as const;
  const minutes = [0, 1, 5, 6, 2_000].map((attempt) => retryDelayMs(schedule, attempt, draws, 1) / 60_000);
  expect(minutes).toEqual([1, 2, 32, 60, 60]);
});

test('full jitter is uniform below an end that doubles up to the cap', () => {
  const schedule = { kind: 'full-jitter', baseMs: 1_000, capMs: 30_000 } as const;
  for (const [attempt, endMs] of [
    [0, 1_000],
    [3, 8_000],
    [5, 30_000],
    [2_000, 30_000],
  ] as const) {
    const delays = Array.from({ length: 4_000 }, (_, key) => retryDelayMs(schedule, attempt, draws, key));
    expect(Math.min(...delays)).toBeLessThan(endMs * 0.01);
    expect(Math.max(...delays)).toBeGreaterThan(endMs * 0.99);
    expect(Math.max(...delays)).toBeLessThan(endMs);
    const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
    // Five standard errors of a uniform mean: end / sqrt(12 * 4000).
    expect(Math.abs(mean - endMs / 2)).toBeLessThan((5 * endMs) / Math.sqrt(12 * 4_000));
  }
});
