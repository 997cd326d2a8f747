import { describe, expect, test } from 'vitest';
import { cast, type Process } from '../../simulator/contract/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { rehearsal, standIn } from '../rehearsal.ts';
import { burnRateAlert, type BurnRateAlertOptions, type BurnRateRule } from './index.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const FAST: BurnRateRule = { burnRate: 14.4, longMs: HOUR_MS, shortMs: 5 * MINUTE_MS };
const SLOW: BurnRateRule = { burnRate: 6, longMs: 6 * HOUR_MS, shortMs: 30 * MINUTE_MS };
/** When the share of bad answers begins, well after the longest window. */
const FROM_MS = 8 * HOUR_MS;

function* nothing(): Process<void> {}

/** What the people heard, in minutes after the trouble began; it ends after `lastsMs`. */
function heard(
  badRatio: number,
  objectiveRatio: number,
  rules: readonly BurnRateRule[],
  lastsMs = Infinity,
  fromMs = FROM_MS,
) {
  const seen: [number, string][] = [];
  const app = standIn('app', 'app', {
    answer: (_, nowMs) => {
      const badMs = Math.max(0, Math.min(nowMs, fromMs + lastsMs) - fromMs);
      return { status: 200, body: { total: nowMs, bad: badMs * badRatio } };
    },
  });
  const people = standIn('people', 'people', {
    answer: ({ path }, nowMs) => {
      seen.push([(nowMs - fromMs) / MINUTE_MS, path]);
      return { status: 202 };
    },
  });
  const options: BurnRateAlertOptions = {
    alert: 'budget',
    pools: ['app'],
    path: '/metrics',
    badMember: 'bad',
    totalMember: 'total',
    objectiveRatio,
    rules,
    periodMs: 10_000,
    operator: 'people',
    actedAs: 'burn',
  };
  const alert = cast({ name: 'alert', pool: 'monitoring', role: burnRateAlert, options });
  runScenario(rehearsal([app, people, alert], nothing, { endMs: fromMs + 8 * HOUR_MS }), { seed: 1 });
  return seen;
}

/** Minutes until the page: window × burn rate × (1 − objective) ÷ share of bad answers. */
function expectedMinutes(rule: BurnRateRule, badRatio: number, objectiveRatio: number): number {
  return ((rule.longMs / MINUTE_MS) * rule.burnRate * (1 - objectiveRatio)) / badRatio;
}

describe('a burn-rate alert', () => {
  test.each([
    ['5 %', 0.05, FAST, 0.999],
    ['12.5 %, one of eight', 0.125, FAST, 0.999],
    ['25 %, one of four', 0.25, FAST, 0.999],
    ['12.5 %', 0.125, SLOW, 0.999],
    ['25 %', 0.25, FAST, 0.99],
    ['100 %', 1, SLOW, 0.99],
  ] as const)('pages when the closed form says so: %s of answers bad', (_, badRatio, rule, objective) => {
    const expected = expectedMinutes(rule, badRatio, objective);
    const [minutes, path] = heard(badRatio, objective, [rule])[0]!;
    expect(path).toBe('/page');
    expect(Math.abs(minutes - expected)).toBeLessThan(0.2 + expected * 0.01);
  });

  test('never pages about one instance of eight by the fast rule where the objective is 99 %', () => {
    expect(heard(0.125, 0.99, [FAST])).toEqual([]);
    expect(heard(0.125, 0.99, [FAST, SLOW])[0]![1]).toBe('/page');
  });

  test('clears by its short window, minutes after the trouble has ended', () => {
    const [page, clear] = heard(0.25, 0.999, [FAST], 30 * MINUTE_MS);
    expect(page![1]).toBe('/page');
    expect(clear![1]).toBe('/all-clear');
    expect(clear![0]).toBeGreaterThan(30);
    expect(clear![0]).toBeLessThan(35.2);
  });

  test('takes the time before the scenario for a good one: it is not hastier at the beginning', () => {
    const early = heard(0.125, 0.999, [FAST], Infinity, 10 * MINUTE_MS)[0]![0];
    expect(Math.abs(early - expectedMinutes(FAST, 0.125, 0.999))).toBeLessThan(0.2);
  });
});
