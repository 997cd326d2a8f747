import { describe, expect, it } from 'vitest';
import { proportion } from './proportion.ts';

describe('proportion', () => {
  it.each([
    // Newcombe 1998, table I, method 3.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('gives the published Wilson interval of %i in %i', (successes, trials, low, high) => {
    const observed = proportion(successes, trials);
    expect(observed.share).toBe(successes / trials);
    expect(observed.low).toBeCloseTo(low, 4);
    expect(observed.high).toBeCloseTo(high, 4);
  });

  it('is exact at the ends and mirrors in between', () => {
    for (let trials = 1; trials <= 100; trials += 1) {
      expect(proportion(0, trials).low).toBe(0);
      expect(proportion(trials, trials).high).toBe(1);
      for (let successes = 0; successes <= trials; successes += 1) {
        expect(proportion(successes, trials).low).toBeCloseTo(1 - proportion(trials - successes, trials).high, 12);
      }
    }
  });

  it('names the field of a bad count', () => {
    expect(() => proportion(0, 0)).toThrow(/^trials must be an integer of at least 1, got 0/);
    expect(() => proportion(3, 2)).toThrow(/^successes must be an integer from 0 to trials \(2\), got 3/);
    expect(() => proportion(0.5, 2)).toThrow(/^successes/);
  });
});
