import { describe, expect, it } from 'vitest';
import { duration, percent, plural, seedText, signed, trimmed, whole } from './figures.ts';

describe('figures', () => {
  it.each([
    [0, '0'],
    [999.4, '999'],
    [1000, '1,000'],
    [-1234567.8, '−1,234,568'],
    [-0.2, '0'],
  ])('writes %d as %s, whole', (value, text) => expect(whole(value)).toBe(text));

  it('signs what is more or less, and not what rounds to nothing', () => {
    expect([12, -12, 0, 0.4, -0.4].map(signed)).toEqual(['+12', '−12', '0', '0', '0']);
  });

  it.each([
    [0, '0 ms'],
    [1.9, '1.9 ms'],
    [850, '850 ms'],
    [4_210, '4.2 s'],
    [90_000, '90 s'],
    [720_000, '12 min'],
    [5_520_000, '92 min'],
    [7_440_000, '2 h 4 min'],
    [85_140_000, '23 h 39 min'],
    [36_000_000, '10 h'],
  ])('writes %d ms as %s', (ms, text) => expect(duration(ms)).toBe(text));

  it('writes shares in percent, with a decimal place where a whole one says too little', () => {
    expect([0, 0.001, 0.033, 0.125, 1, 1.25].map(percent)).toEqual(['0 %', '0.1 %', '3.3 %', '13 %', '100 %', '125 %']);
  });

  it('writes assumptions without idle digits', () => {
    expect([16, 0.025, 0.5, 9.4, 60000, -240000].map(trimmed)).toEqual([
      '16',
      '0.025',
      '0.5',
      '9.4',
      '60000',
      '-240000',
    ]);
  });

  it('names seeds as a range where they are one', () => {
    expect([[7], [1, 2, 3], [1, 3]].map(seedText)).toEqual(['seed 7', 'seeds 1 to 3', 'seeds 1, 3']);
    expect([plural(1, 'seed'), plural(2_000, 'seed')]).toEqual(['1 seed', '2,000 seeds']);
  });
});
