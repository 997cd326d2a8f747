import { describe, expect, test } from 'vitest';
import { Draws } from '../../../simulator/contract/index.ts';
import { envoyAdaptiveConcurrency, netflixAimd, netflixGradient2, netflixVegas } from '../presets/index.ts';
import { EnvoyGradientLimit } from './envoy-gradient.ts';
import { GradientLimit } from './gradient2.ts';
import type { Limit } from './limit.ts';
import { AimdLimit, VegasLimit } from './vegas.ts';

/** The same latency so many times, at the limit. */
function feed(limit: Limit, ms: number, count: number, fromMs = 0): void {
  for (let index = 0; index < count; index++) limit.sample(ms, limit.value, fromMs + index);
}

describe('gradient2', () => {
  test('grows by the permitted queue, smoothed, while nothing takes longer than usual', () => {
    const limit: Limit = new GradientLimit(netflixGradient2);
    limit.sample(10, 20, 0);
    // 20 · 0.8 + (20 · 1 + 4) · 0.2 = 20.8, rounded down.
    expect(limit.value).toBe(20);
    feed(limit, 10, 4);
    // Each step adds 0.2 · 4 = 0.8: after five of them 24.
    expect(limit.value).toBe(24);
  });

  test('comes to rest at its maximum and no higher', () => {
    const limit: Limit = new GradientLimit(netflixGradient2);
    feed(limit, 10, 10_000);
    expect(limit.value).toBe(200);
  });

  test('falls by half a step at most, and not below its minimum', () => {
    const limit: Limit = new GradientLimit({ ...netflixGradient2, initial: 100, min: 5 });
    feed(limit, 10, 10);
    const before = limit.value;
    limit.sample(10_000, before, 0);
    // The long-run average is far below a fifteenth of this: the gradient is at its floor of one half.
    expect(limit.value).toBe(Math.floor(before * 0.8 + (before * 0.5 + 4) * 0.2));
    feed(limit, 10_000, 3);
    expect(limit.value).toBeLessThan(before);
    expect(limit.value).toBeGreaterThanOrEqual(5);
  });

  test('learns nothing from a service that uses less than half of it', () => {
    const limit: Limit = new GradientLimit(netflixGradient2);
    for (let index = 0; index < 1_000; index++) limit.sample(10, 9, index);
    expect(limit.value).toBe(20);
  });

  test('forgives half as much again as usual', () => {
    const limit: Limit = new GradientLimit({ ...netflixGradient2, queueSize: 0, longWindow: 1e9 });
    feed(limit, 100, 20);
    feed(limit, 149, 20);
    expect(limit.value).toBe(20);
  });
});

describe('vegas', () => {
  const vegas = () => new VegasLimit(netflixVegas, new Draws(1, 'test', 'probe'));

  test('grows by six steps a sample while no request queues', () => {
    const limit: Limit = vegas();
    feed(limit, 10, 1);
    // The first sample is the latency without load. With a limit of 20 a step is 1: +6 each.
    feed(limit, 10, 2);
    expect(limit.value).toBe(32);
  });

  test('falls by one step a sample while more queue than six steps', () => {
    const limit: Limit = vegas();
    limit.sample(10, 20, 0);
    // 20 · (1 − 10/40) = 15 queue: above 6.
    limit.sample(40, 20, 0);
    expect(limit.value).toBe(19);
  });

  test('holds between three and six', () => {
    const limit: Limit = vegas();
    limit.sample(10, 20, 0);
    // ceil(20 · (1 − 10/13)) = 5.
    limit.sample(13, 20, 0);
    expect(limit.value).toBe(20);
  });
});

describe('AIMD', () => {
  test('adds one for each good sample and loses a tenth with one that is too slow', () => {
    const limit: Limit = new AimdLimit(netflixAimd);
    feed(limit, 10, 10);
    expect(limit.value).toBe(30);
    limit.sample(5_001, 30, 0);
    expect(limit.value).toBe(27);
    feed(limit, 5_001, 100);
    expect(limit.value).toBe(20);
  });
});

describe('adaptive concurrency of Envoy', () => {
  test('lets three in while it measures, for fifty requests', () => {
    const limit = new EnvoyGradientLimit(envoyAdaptiveConcurrency);
    feed(limit, 10, 49);
    expect(limit.value).toBe(3);
    feed(limit, 10, 1, 49);
    expect(limit.value).toBe(3);
    // Next window: 3 · min(2, 12.5/10) = 3.75, and its square root beside: 5.
    limit.sample(10, 3, 200);
    expect(limit.value).toBe(5);
  });

  test('falls with the latency: to half in a step, and never below where it measures', () => {
    const limit = new EnvoyGradientLimit({ ...envoyAdaptiveConcurrency, minRttEveryMs: Infinity });
    feed(limit, 10, 50);
    for (let step = 1; step <= 40; step++) limit.sample(10, 3, step * 200);
    const high = limit.value;
    // At rest where 1.25 · L + sqrt(1.25 · L) is capped: it grows to the maximum.
    expect(high).toBe(1_000);
    limit.sample(1_000, 3, 10_000);
    expect(limit.value).toBe(Math.floor(500 + Math.sqrt(500)));
    for (let step = 1; step <= 60; step++) limit.sample(1_000, 3, 10_000 + step * 200);
    expect(limit.value).toBe(3);
  });

  test('measures again after its interval', () => {
    const limit = new EnvoyGradientLimit(envoyAdaptiveConcurrency);
    feed(limit, 10, 50);
    for (let step = 1; step <= 10; step++) limit.sample(10, 3, step * 200);
    expect(limit.value).toBeGreaterThan(3);
    limit.sample(10, 3, 60_100);
    expect(limit.value).toBe(3);
  });
});
