import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilson } from './wilson.ts';

const PROPERTY = { seed: 20, numRuns: 500 };

describe('wilson', () => {
  it.each([
    // Newcombe 1998, table I, method 3.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('gives the published interval of %i in %i', (successes, trials, low, high) => {
    const interval = wilson(successes, trials);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('agrees with the formula worked in 40 decimal digits, at both confidences', () => {
    const at95 = wilson(81, 263, 0.95);
    expect(at95.low).toBeCloseTo(0.2552885198782742, 14);
    expect(at95.center).toBeCloseTo(0.31074904843053713, 14);
    expect(at95.high).toBeCloseTo(0.36620957698280004, 14);
    const at99 = wilson(81, 263, 0.99);
    expect(at99.low).toBeCloseTo(0.24013690268760768, 14);
    expect(at99.center).toBeCloseTo(0.3127097025029188, 14);
    expect(at99.high).toBeCloseTo(0.38528250231822986, 14);
  });

  it('starts at exactly 0 when nothing succeeded and ends at exactly 1 when all did', () => {
    for (let trials = 1; trials <= 1000; trials += 1) {
      expect(wilson(0, trials).low).toBe(0);
      expect(wilson(trials, trials).high).toBe(1);
    }
  });

  it('knows nothing without trials', () => {
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1, center: 0.5 });
  });

  it('holds the observed share, mirrors with failures, and widens with confidence', () => {
    const counts = fc
      .integer({ min: 1, max: 1_000_000 })
      .chain((trials) => fc.tuple(fc.integer({ min: 0, max: trials }), fc.constant(trials)));
    fc.assert(
      fc.property(counts, ([successes, trials]) => {
        const interval = wilson(successes, trials);
        const mirrored = wilson(trials - successes, trials);
        const wider = wilson(successes, trials, 0.99);
        expect(interval.low).toBeGreaterThanOrEqual(0);
        expect(interval.high).toBeLessThanOrEqual(1);
        expect(interval.low).toBeLessThanOrEqual(successes / trials);
        expect(interval.high).toBeGreaterThanOrEqual(successes / trials);
        expect(interval.low).toBeCloseTo(1 - mirrored.high, 12);
        expect(wider.high - wider.low).toBeGreaterThan(interval.high - interval.low);
      }),
      PROPERTY,
    );
  });

  it('names the field of a bad count', () => {
    expect(() => wilson(1, -1)).toThrow(/^trials must be an integer/);
    expect(() => wilson(1, 2.5)).toThrow(/^trials must be an integer/);
    expect(() => wilson(3, 2)).toThrow(/^successes must be an integer from 0 to trials \(2\), got 3/);
    expect(() => wilson(Number.NaN, 2)).toThrow(/^successes/);
    expect(() => wilson(1, 2, 0.9 as 0.95)).toThrow(/^confidence must be 0.95 or 0.99, got 0.9/);
  });
});
