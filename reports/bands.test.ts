import { expect, it } from 'vitest';
import type { RunPicture } from '../simulator/experiment/index.ts';
import { bandsOf } from './bands.ts';

const bin = { fromMs: 0, untilMs: 120_000, at: '' };

function picture(intentions: number, failed: number, requests: number): RunPicture {
  return {
    bins: [bin],
    intentions: [intentions],
    failedIntentions: [failed],
    authLoad: { requests: [requests], capacityPerSecond: 1 },
  } as unknown as RunPicture;
}

it('a band goes from the 5th to the 95th percentile over seeds; load is by the minute', () => {
  const pictures = Array.from({ length: 21 }, (_, seed) => picture(100, seed, 2 * seed));
  expect(bandsOf(pictures)).toEqual([
    { served: { low: 0.81, median: 0.9, high: 0.99 }, authPerMinute: { low: 1, median: 10, high: 19 } },
  ]);
});

it('a seed on which nobody meant to do anything says nothing of the served share', () => {
  expect(bandsOf([picture(0, 0, 4), picture(10, 5, 4)])[0]!.served).toEqual({ low: 0.5, median: 0.5, high: 0.5 });
  expect(bandsOf([picture(0, 0, 4)])[0]!.served).toBeNull();
});

it('more failures than intentions in a bin are those of the bin before, not a negative share', () => {
  expect(bandsOf([picture(2, 3, 0)])[0]!.served!.median).toBe(0);
});
