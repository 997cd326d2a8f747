/** Claims about thresholds: what counts as kept, as broken, and as not known. */
import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import { exposureRow, judgeRuns, thresholdRow, worst } from './table.ts';

const atLeast99 = { sense: 'at-least', limit: 0.99 } as const;
const atMost15Minutes = { sense: 'at-most', limit: 900_000 } as const;

describe('a threshold', () => {
  it('is judged by the value itself on one seed, the limit included', () => {
    expect(judge(atLeast99, [0.99], 'mean').verdict).toBe('PASS');
    expect(judge(atLeast99, [0.9899], 'mean').verdict).toBe('FAIL');
  });

  it('is kept over many seeds when the whole interval keeps to it, and inconclusive when the interval straddles it', () => {
    expect(judge(atLeast99, [0.995, 0.996, 0.995, 0.996], 'mean').verdict).toBe('PASS');
    expect(judge(atLeast99, [0.9, 0.91, 0.9, 0.91], 'mean').verdict).toBe('FAIL');
    expect(judge(atLeast99, [0.95, 1, 1, 1], 'mean').verdict).toBe('INCONCLUSIVE');
  });

  it('becomes conclusive with more seeds of the same kind', () => {
    const few = [0.985, 1, 0.994, 1];
    const many = Array.from({ length: 200 }, (_, index) => few[index % few.length]!);
    expect(judge(atLeast99, few, 'mean').verdict).toBe('INCONCLUSIVE');
    expect(judge(atLeast99, many, 'mean').verdict).toBe('PASS');
  });

  it('is inconclusive where a seed has nothing to observe', () => {
    expect(judge(atLeast99, [NaN], 'mean')).toEqual({ verdict: 'INCONCLUSIVE', value: null, missingCount: 1 });
    expect(judge(atLeast99, [1, NaN, 1], 'mean')).toMatchObject({ verdict: 'INCONCLUSIVE', missingCount: 1 });
  });

  it('takes the median of what can be "never": one such seed in twenty spoils nothing, half of them do', () => {
    const soon = Array.from({ length: 19 }, (_, index) => 60_000 + index);
    expect(judge(atMost15Minutes, [...soon, Infinity], 'median').verdict).toBe('PASS');
    expect(judge(atMost15Minutes, [60_000, Infinity], 'median').verdict).toBe('INCONCLUSIVE');
    expect(judge(atMost15Minutes, [Infinity], 'median')).toMatchObject({ verdict: 'FAIL', value: Infinity });
  });

  it('brackets the median by order statistics: of 20 values the 6th and the 15th, as tables of the sign test have it', () => {
    const values = Array.from({ length: 20 }, (_, index) => index + 1);
    expect(judge({ sense: 'at-most', limit: 15 }, values, 'median')).toMatchObject({
      low: 6,
      high: 15,
      verdict: 'PASS',
    });
    const five = judge({ sense: 'at-most', limit: 5 }, [1, 2, 3, 4, 5], 'median');
    expect(five).toMatchObject({ low: 1, high: 5 });
  });
});

describe('a row', () => {
  it('says what was wanted and what was seen, and does not round a miss away', () => {
    expect(thresholdRow('servedRatio', atLeast99, [0.98999])).toMatchObject({
      verdict: 'FAIL',
      expected: 'at least 99 %',
      observed: '98.999 %',
    });
    expect(thresholdRow('timeToRecover', atMost15Minutes, [Infinity])).toMatchObject({
      expected: 'at most 15 min',
      observed: 'never',
    });
  });

  it('of exposure counts the worst seed', () => {
    expect(exposureRow([1, 1, 0])).toMatchObject({ verdict: 'FAIL', observed: 'beyond it on 1 seed of 3' });
    expect(exposureRow([1, 1, 1])).toMatchObject({ verdict: 'PASS', observed: 'within budget' });
    expect(exposureRow([NaN])).toMatchObject({ verdict: 'INCONCLUSIVE', observed: 'nothing tried' });
  });
});

describe('the verdict of a run', () => {
  it('is its worst row', () => {
    expect(worst(['PASS', 'INCONCLUSIVE', 'FAIL'])).toBe('FAIL');
    expect(worst(['PASS', 'INCONCLUSIVE'])).toBe('INCONCLUSIVE');
  });

  it('is PASS without thresholds', () => {
    expect(judgeRuns({}, [], 3_600_000)).toEqual({ verdict: 'PASS', seedCount: 0, rows: [] });
  });
});
