import { describe, expect, test } from 'vitest';
import { Draws } from '../simulator/contract/index.ts';
import { DEFAULT_TEST, SequentialTest, type SequentialTestOptions } from './sequential-test.ts';

function answersUntilProof(options: SequentialTestOptions, isBad: (index: number) => boolean, limit = 1e5): number {
  const running = new SequentialTest(options);
  for (let index = 0; index < limit; index++) {
    const bad = isBad(index);
    running.observe(bad ? 1 : 0, bad ? 0 : 1);
    if (running.proves) return index + 1;
  }
  return Infinity;
}

describe('a running test of an instance', () => {
  test('has its proof after six refusals in a row', () => {
    expect(answersUntilProof(DEFAULT_TEST, () => true)).toBe(6);
  });

  test('takes about as many answers as information theory says: ln 10⁶ over the divergence', () => {
    const { baseRatio: p0, suspectRatio: p1 } = DEFAULT_TEST;
    const divergence = p1 * Math.log(p1 / p0) + (1 - p1) * Math.log((1 - p1) / (1 - p0));
    const expected = Math.log(1e6) / divergence;
    expect(expected).toBeCloseTo(16.6, 1);
    const draws = new Draws(1, 'sequential-test', 'half bad');
    const runs = Array.from({ length: 400 }, (_, run) => {
      return answersUntilProof(DEFAULT_TEST, (index) => draws.chance(p1, run, index));
    });
    const mean = runs.reduce((sum, count) => sum + count, 0) / runs.length;
    expect(mean).toBeGreaterThan(expected * 0.9);
    expect(mean).toBeLessThan(expected * 1.35);
  });

  test('does not take an instance with the ordinary share of refusals for an ill one', () => {
    const draws = new Draws(1, 'sequential-test', 'healthy');
    expect(answersUntilProof(DEFAULT_TEST, (index) => draws.chance(0.05, index), 1e5)).toBe(Infinity);
  });

  test('forgets what good answers have cleared, and keeps no more than the proof', () => {
    const running = new SequentialTest(DEFAULT_TEST);
    running.observe(5, 0);
    running.observe(0, 100);
    running.observe(5, 0);
    expect(running.proves).toBe(false);
    running.observe(1000, 0);
    expect(running.proves).toBe(true);
    running.observe(0, 1);
    expect(running.proves).toBe(false);
  });

  test('comes back with half of the doubt: three refusals suffice then', () => {
    const running = new SequentialTest(DEFAULT_TEST);
    running.observe(6, 0);
    running.halve();
    running.observe(2, 0);
    expect(running.proves).toBe(false);
    running.observe(1, 0);
    expect(running.proves).toBe(true);
    running.reset();
    running.observe(5, 0);
    expect(running.proves).toBe(false);
  });

  test.each([
    { baseRatio: 0 },
    { suspectRatio: 1 },
    { baseRatio: 0.5 },
    { falseAlarmProbability: 0 },
    { falseAlarmProbability: NaN },
  ])('refuses impossible shares: %o', (wrong) => {
    expect(() => new SequentialTest({ ...DEFAULT_TEST, ...wrong })).toThrow(/Give 0 < baseRatio/);
  });
});
