import { describe, expect, test } from 'vitest';
import { Draws, type Reply } from '../../../simulator/contract/index.ts';
import { awsSdk2026, awsSdkStandard, finagle, googleAdaptiveThrottling, grpcA6 } from '../retry-presets/index.ts';
import { pauseMs } from './back-off.ts';
import { makeBudget } from './budget.ts';
import { RetryControl } from './control.ts';
import type { BackOff, RetryOptions } from './options.ts';
import { Throttle } from './throttle.ts';

const draws = new Draws(1, 'test', 'retry');
const HOUR_MS = 3_600_000;

const TIMEOUT: Reply = { status: 0, failure: 'timeout' };
const DEAD: Reply = { status: 400 };

/** 2,000 pauses before the retry with this number. */
function pauses(rule: BackOff, retry: number, lastMs = 0): number[] {
  return Array.from({ length: 2_000 }, (_, draw) => pauseMs(rule, draws, 1, draw, retry, lastMs));
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('pauses', () => {
  const base = { baseMs: 100, capMs: 20_000 };

  test('double from retry to retry up to the cap', () => {
    const rule: BackOff = { kind: 'exponential', ...base };
    const expected = [100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 20_000, 20_000];
    expect(expected.map((_, retry) => pauseMs(rule, draws, 1, 0, retry, 0))).toEqual(expected);
    expect(pauseMs(rule, draws, 1, 0, 5_000, 0)).toBe(20_000);
  });

  test.each([
    ['full-jitter', 0, 800, 400],
    ['equal-jitter', 400, 800, 600],
    ['proportional', 640, 960, 800],
  ] as const)('%s lie evenly from %d to %d ms at the fourth try', (kind, low, high, middle) => {
    const all = pauses({ kind, ...base, jitterRatio: 0.2 }, 3);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(low);
    expect(Math.max(...all)).toBeLessThanOrEqual(high);
    // The mean of 2,000 uniform draws: its standard error is the width / sqrt(12 · 2,000).
    expect(Math.abs(mean(all) - middle)).toBeLessThan((4 * (high - low)) / Math.sqrt(24_000));
  });

  test('decorrelated ones lie between the base and three times the one before, up to the cap', () => {
    const all = pauses({ kind: 'decorrelated', ...base }, 1, 1_000);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...all)).toBeLessThanOrEqual(3_000);
    expect(Math.abs(mean(all) - 1_550)).toBeLessThan((4 * 2_900) / Math.sqrt(24_000));
    expect(Math.max(...pauses({ kind: 'decorrelated', ...base }, 1, 50_000))).toBe(20_000);
  });
});

describe('budgets without a success', () => {
  /** How many retries in a row a budget pays for, every `everyMs`. */
  function paid({ budget }: RetryOptions, isTimeout: boolean, everyMs = 10_000): number {
    const kept = makeBudget(budget!);
    for (let retries = 0; retries < 10_000; retries++) {
      kept.ended(false, isTimeout, retries * everyMs);
      if (!kept.pay(retries * everyMs)) return retries;
    }
    return Infinity;
  }

  test.each([
    ['AWS, classic: 500 / 5', awsSdkStandard, false, 100],
    ['AWS, classic, time-outs: 500 / 10', awsSdkStandard, true, 50],
    ['AWS, current: 500 / 14', awsSdk2026, false, 35],
    ['gRPC: the fifth failure leaves half of ten', grpcA6, false, 4],
  ] as const)('%s', (_, preset, isTimeout, count) => {
    expect(paid(preset, isTimeout)).toBe(count);
  });

  test('Finagle: ten a second beside a share are more than one client asks', () => {
    expect(paid(finagle, false)).toBe(Infinity);
    // A client that asks a hundred times a second is held to 10 + 20 % of its 100: over ten seconds 100 + 200.
    const kept = makeBudget(finagle.budget!);
    let count = 0;
    for (let index = 0; index < 1_000; index++) {
      kept.ended(false, false, index * 10);
      if (kept.pay(index * 10)) count++;
    }
    expect(count).toBe(300);
  });
});

describe('budgets with successes', () => {
  test('AWS gives a retry that worked its cost back, a first request that worked one', () => {
    const budget = makeBudget({ kind: 'quota', capacity: 10, retryCost: 5, timeoutCost: 10, refund: 1 });
    budget.ended(false, false, 0);
    expect(budget.pay(0)).toBe(true);
    budget.ended(true, false, 0);
    budget.ended(false, false, 0);
    expect([budget.pay(0), budget.pay(0), budget.pay(0)]).toEqual([true, true, false]);
    for (let index = 0; index < 4; index++) budget.ended(true, false, 0);
    // The first of these was the retry and gave 5; three more gave 3.
    expect([budget.pay(0), budget.pay(0)]).toEqual([true, false]);
  });

  test('gRPC needs ten successes to make up for one failure', () => {
    const budget = makeBudget({ kind: 'token-ratio', maxTokens: 10, tokenRatio: 0.125 });
    for (let index = 0; index < 5; index++) budget.ended(false, false, 0);
    expect(budget.pay(0)).toBe(false);
    budget.ended(true, false, 0);
    expect(budget.pay(0)).toBe(true);
    for (let index = 0; index < 1_000; index++) budget.ended(true, false, 0);
    for (let index = 0; index < 4; index++) budget.ended(false, false, 0);
    expect(budget.pay(0)).toBe(true);
    budget.ended(false, false, 0);
    expect(budget.pay(0)).toBe(false);
  });
});

describe('adaptive throttling', () => {
  const throttle = (): Throttle => new Throttle(googleAdaptiveThrottling.throttle!);

  test('rejects nobody while half of the requests are accepted', () => {
    const one = throttle();
    for (let index = 0; index < 100; index++) {
      if (index % 2 === 0) one.accepted(index);
      expect(one.rejectionRatio(index)).toBe(0);
    }
  });

  test('rejects n of n + 1 when none is accepted, and forgets after its window', () => {
    const one = throttle();
    expect([0, 1, 2].map((atMs) => one.rejectionRatio(atMs))).toEqual([1 / 2, 2 / 3, 3 / 4]);
    expect(one.rejectionRatio(120_003)).toBe(1 / 2);
  });
});

describe('one client’s control', () => {
  const control = (options: RetryOptions): RetryControl => new RetryControl({ options, draws, deeds: {} }, 0);

  test('without options it keeps the client’s own pause', () => {
    expect(control({}).pauseAfter(DEAD, 6_000, 0)).toBe(6_000);
  });

  test('waits for the next occasion when its attempts are used up, and then begins anew', () => {
    const one = control({ maxAttempts: 3, occasionMs: HOUR_MS });
    const waits = Array.from({ length: 7 }, () => one.pauseAfter(DEAD, 1_000, 0));
    expect(waits).toEqual([1_000, 1_000, HOUR_MS, 1_000, 1_000, HOUR_MS, 1_000]);
  });

  test('waits for the next occasion each time once its budget is spent', () => {
    const one = control({ budget: grpcA6.budget! });
    const waits = Array.from({ length: 7 }, () => one.pauseAfter(DEAD, 1_000, 0));
    expect(waits).toEqual([1_000, 1_000, 1_000, 1_000, HOUR_MS, HOUR_MS, HOUR_MS]);
  });

  test('opens its breaker with the fifth failure in a row and keeps it open with each further one', () => {
    const one = control({ breaker: { failuresInRow: 5, openMs: 60_000 } });
    const waits = Array.from({ length: 7 }, () => one.pauseAfter(TIMEOUT, 1_000, 0));
    expect(waits).toEqual([1_000, 1_000, 1_000, 1_000, 60_000, 60_000, 60_000]);
  });

  test('obeys Retry-After when told to, up to its cap, and never shortens its own pause for it', () => {
    const told = (seconds: string): Reply => ({ status: 429, headers: { 'retry-after': seconds } });
    const obeying = control({ retryAfter: { capMs: 100_000 } });
    expect(obeying.pauseAfter(told('60'), 6_000, 0)).toBe(60_000);
    expect(obeying.pauseAfter(told('600'), 6_000, 0)).toBe(100_000);
    expect(obeying.pauseAfter(told('1'), 6_000, 0)).toBe(6_000);
    expect(control({}).pauseAfter(told('60'), 6_000, 0)).toBe(6_000);
  });

  test('throttles on time-outs and overload, not on refusals that are answers', () => {
    const rejections = (reply: Reply): number => {
      const one = control(googleAdaptiveThrottling);
      let count = 0;
      for (let index = 0; index < 200; index++) {
        if (one.rejectsLocally(index)) count++;
        else one.pauseAfter(reply, 1_000, index);
      }
      return count;
    };
    expect(rejections(DEAD)).toBeLessThan(3);
    for (const reply of [TIMEOUT, { status: 503 }, { status: 429 }]) expect(rejections(reply)).toBeGreaterThan(150);
  });
});
