import { describe, expect, it } from 'vitest';
import { studentCritical, tInterval } from './t-interval.ts';

describe('tInterval', () => {
  it("gives the published interval of Student's sleep data", () => {
    // Extra hours of sleep, second drug less first, ten patients: R's paired t.test prints 0.7001142 to 2.4598858.
    const interval = tInterval([1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4]);
    expect(interval.mean).toBeCloseTo(1.58, 12);
    expect(interval.low).toBeCloseTo(0.7001142, 7);
    expect(interval.high).toBeCloseTo(2.4598858, 7);
  });

  it('is a point where all replications agree', () => {
    expect(tInterval([7, 7, 7], 0.99)).toEqual({ mean: 7, low: 7, high: 7 });
  });

  it('refuses a single replication', () => {
    expect(() => tInterval([1])).toThrow(/^values must hold at least two numbers for an interval, got 1/);
    expect(() => tInterval([])).toThrow(/^values must hold at least two numbers/);
  });
});

describe('studentCritical', () => {
  it.each([
    // NIST/SEMATECH e-Handbook 1.3.6.7.2, columns 0.975 and 0.995.
    [1, 12.706, 63.657],
    [2, 4.303, 9.925],
    [5, 2.571, 4.032],
    [9, 2.262, 3.25],
    [19, 2.093, 2.861],
    [29, 2.045, 2.756],
    [30, 2.042, 2.75],
    [31, 2.04, 2.744],
    [40, 2.021, 2.704],
    [60, 2.0, 2.66],
    [100, 1.984, 2.626],
  ])('has the tabled values at %i degrees of freedom', (degreesOfFreedom, at95, at99) => {
    expect(studentCritical(degreesOfFreedom, 0.95)).toBeCloseTo(at95, 3);
    expect(studentCritical(degreesOfFreedom, 0.99)).toBeCloseTo(at99, 3);
  });

  it.each([
    [31, 2.039513446396408, 2.744041919294269],
    [60, 2.0002978220142604, 2.6602830288550368],
    [1000, 1.9623390808264083, 2.580754698065951],
  ])('errs by less than 4e-7 where the expansion takes over, at %i', (degreesOfFreedom, at95, at99) => {
    expect(Math.abs(studentCritical(degreesOfFreedom, 0.95) - at95)).toBeLessThan(4e-7);
    expect(Math.abs(studentCritical(degreesOfFreedom, 0.99) - at99)).toBeLessThan(4e-7);
  });

  it('falls with every degree of freedom, across the seam too, towards the normal value', () => {
    for (const confidence of [0.95, 0.99] as const) {
      for (let degreesOfFreedom = 1; degreesOfFreedom < 500; degreesOfFreedom += 1) {
        expect(studentCritical(degreesOfFreedom + 1, confidence)).toBeLessThan(
          studentCritical(degreesOfFreedom, confidence),
        );
      }
    }
    expect(studentCritical(1e9, 0.95)).toBeCloseTo(1.959963984540054, 8);
    expect(studentCritical(1e9, 0.99)).toBeCloseTo(2.5758293035489008, 8);
  });

  it('refuses degrees of freedom that are none', () => {
    expect(() => studentCritical(0, 0.95)).toThrow(/^degreesOfFreedom must be an integer of at least 1, got 0/);
    expect(() => studentCritical(1.5, 0.95)).toThrow(/^degreesOfFreedom/);
  });
});
