import { describe, expect, it } from 'vitest';
import { erlangB, erlangC, mm1k, mmc, pollaczekKhinchine } from './formulas.ts';

describe('the closed forms', () => {
  it.each([
    // As in any table of Erlang B.
    [1, 1, 0.5],
    [5, 3, 0.11005],
    [10, 5, 0.018385],
  ])('have the tabled loss of %i servers at %f erlangs', (servers, load, blocking) => {
    expect(erlangB(servers, load)).toBeCloseTo(blocking, 4);
  });

  it('give 0.87692 s of mean wait in M/M/8 at 7.2 arrivals a second and 1 s of service', () => {
    expect(mmc(8, 7.2, 1).wait).toBeCloseTo(0.87692, 5);
  });

  it('agree with each other where they meet', () => {
    expect(erlangC(1, 0.7)).toBeCloseTo(0.7, 12);
    expect(mmc(1, 0.7, 1).wait).toBeCloseTo(0.7 / 0.3, 12);
    expect(pollaczekKhinchine(0.7, 1, 1)).toBeCloseTo(mmc(1, 0.7, 1).wait, 12);
    expect(mm1k(1, 3, 1).blockedRatio).toBeCloseTo(erlangB(1, 3), 12);
    expect(mm1k(400, 0.7, 1).wait).toBeCloseTo(mmc(1, 0.7, 1).wait, 9);
    expect(mmc(8, 6.4, 1).longerThan(0)).toBe(mmc(8, 6.4, 1).waitingRatio);
  });

  it('fill a bounded queue evenly when load and capacity are equal', () => {
    expect(mm1k(5, 1, 1)).toEqual({ blockedRatio: 1 / 6, count: 2.5, wait: 2.5 / (5 / 6) - 1 });
  });
});
