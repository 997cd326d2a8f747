import { describe, expect, test } from 'vitest';
import { Draws, type Reply } from '../../../simulator/contract/index.ts';
import { RetryControl, type RetryOptions } from '../retry/index.ts';
import { retryOptionsOf, retryPresets, type RetryPresetName } from './index.ts';

const HOUR_MS = 3_600_000;
const DEAD: Reply = { status: 400 };
const draws = new Draws(1, 'test', 'retry');

/** Requests of one client within a day that is told each time that its token is dead, with a pause of 10 s of its own. */
function askedInADay(retry: RetryOptions | RetryPresetName): number {
  const control = new RetryControl({ options: retryOptionsOf(retry), draws, deeds: {} }, 7);
  let count = 0;
  for (let atMs = 0; atMs < 24 * HOUR_MS; count++) atMs += control.pauseAfter(DEAD, 10_000, atMs);
  return count;
}

describe('requests in a day for one dead token that is taken for a passing failure', () => {
  test.each([
    // Attempts of an occasion, one occasion an hour, a second or so apart: 24 occasions begin in a day.
    ['axios-retry', 4 * 24, 4 * 24],
    ['grpc-a6', 5 + 23, 5 + 24],
    // Three attempts an hour as long as 500 pays for 5 each: 48 retries of 100 in a day.
    ['aws-sdk-standard', 3 * 23, 3 * 24],
    // The same from 14 each: 35 retries, so 35 and 24.
    ['aws-sdk-2026', 35 + 23, 35 + 24],
    ['google-adaptive-throttling', 3 * 23, 3 * 24],
    // 1 + 2 + … + 512 s are 17 minutes: 11 attempts an occasion of 77 minutes.
    ['p-retry', 11 * 18, 11 * 20],
    // Decorrelated pauses settle between 128 ms and 30 s: no more than one each 128 ms, no fewer than one each 30 s.
    ['cockatiel', 2 * 24 * 60, 24 * 60 * 60 * 8],
    // No budget of these binds a single client, which keeps its own 10 s …
    ['finagle', 8_640, 8_640],
    // … or the proxy’s 25 to 250 ms.
    ['envoy-retry-budget', 345_600, 3_456_000],
  ] as const)('%s: %d to %d', (name, low, high) => {
    const count = askedInADay(name);
    expect(count).toBeGreaterThanOrEqual(low);
    expect(count).toBeLessThanOrEqual(high);
  });

  test('all presets are in this table', () => {
    expect(Object.keys(retryPresets)).toHaveLength(9);
  });

  test('an app that asks anew by itself gets past every budget: what the library calls first requests is the loop', () => {
    const looping = (name: RetryPresetName) => askedInADay({ ...retryPresets[name], occasionMs: 10_000 });
    for (const name of ['grpc-a6', 'aws-sdk-2026', 'google-adaptive-throttling'] as const) {
      expect(looping(name)).toBeGreaterThanOrEqual(8_640);
    }
  });
});

test('a name that there is not is answered with those that there are', () => {
  expect(() => retryOptionsOf('aws' as RetryPresetName)).toThrow(/no retry preset "aws". Known: aws-sdk-standard, /);
  expect(() => retryOptionsOf('toString' as RetryPresetName)).toThrow(/no retry preset "toString"/);
});
