import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sfc32 } from '../statistics/sfc32.ts';
import { collapse } from './collapse.ts';

const constant = (harm: number, seedCount: number): number[] => Array.from<number>({ length: seedCount }).fill(harm);

function uniforms(stream: number): () => number {
  const next = sfc32(2_000_000 + stream);
  return () => next() / 4294967296;
}

/** Share of 200 samples in which harm drawn so, against a control of 1000, is called bimodal. */
function bimodalShare(seedCount: number, draw: (uniform: () => number) => number): number {
  let called = 0;
  for (let stream = 0; stream < 200; stream += 1) {
    const uniform = uniforms(stream);
    const arm = Array.from({ length: seedCount }, () => draw(uniform));
    if (collapse(constant(1000, seedCount), arm).bimodal) called += 1;
  }
  return called / 200;
}

describe('collapse', () => {
  it('counts the seeds above half of the mean harm of the control, with a Wilson interval and both medians', () => {
    const arm = [...constant(0, 14), ...constant(980, 3), ...constant(990, 3)];
    const result = collapse(constant(1000, 20), arm);
    expect(result.thresholdUserMinutes).toBe(500);
    expect(result.probability).toBe(0.3);
    // Wilson interval of 6 in 20.
    expect(result.low).toBeCloseTo(0.1455, 4);
    expect(result.high).toBeCloseTo(0.519, 4);
    expect(result.bimodal).toBe(true);
    expect(result.escapedMedianUserMinutes).toBe(0);
    expect(result.collapsedMedianUserMinutes).toBe(985);
  });

  it('finds the collapses of a control that is itself bimodal', () => {
    const control = [...constant(5, 9), ...constant(1000, 21)];
    const result = collapse(control, control);
    expect(result.probability).toBe(0.7);
    expect(result.bimodal).toBe(true);
  });

  it('does not count a seed against the arm in which the control got away too', () => {
    const control = [...constant(2, 15), ...constant(1000, 15)];
    expect(collapse(control, constant(3, 30)).probability).toBe(0);
  });

  it('has a probability but no two groups when every seed goes the same way', () => {
    const gone = collapse(constant(1000, 30), constant(1, 30));
    expect(gone).toMatchObject({ probability: 0, low: 0, bimodal: false, collapsedMedianUserMinutes: null });
    expect(gone.high).toBeCloseTo(0.1135, 4);
    const all = collapse(constant(1000, 30), constant(900, 30));
    expect(all).toMatchObject({ probability: 1, high: 1, bimodal: false, escapedMedianUserMinutes: null });
  });

  it('takes no harm at all for no collapse', () => {
    expect(collapse(constant(0, 10), constant(0, 10))).toMatchObject({
      probability: 0,
      thresholdUserMinutes: 0,
      bimodal: false,
    });
    expect(collapse(constant(0, 10), constant(1, 10)).probability).toBe(1);
  });

  it('takes one straggler for an outlier, and fewer than 10 seeds for too few', () => {
    expect(collapse(constant(1000, 20), [...constant(0, 19), 1000]).bimodal).toBe(false);
    expect(collapse(constant(1000, 20), [...constant(0, 18), 1000, 1000]).bimodal).toBe(true);
    expect(collapse(constant(1000, 9), [...constant(0, 4), ...constant(1000, 5)]).bimodal).toBe(false);
    expect(collapse(constant(1000, 10), [...constant(0, 5), ...constant(1000, 5)]).bimodal).toBe(true);
  });

  it('sees two groups through their own spread, and still sees them past a seed in the middle', () => {
    const twoGroups = (uniform: () => number): number => (uniform() < 0.7 ? 100 * uniform() : 800 + 400 * uniform());
    expect(bimodalShare(30, twoGroups)).toBeGreaterThan(0.9);
    expect(collapse(constant(1000, 30), [...constant(10, 15), 500, ...constant(1000, 14)]).bimodal).toBe(true);
  });

  it('rarely takes a flat or a one-humped spread for two groups', () => {
    expect(bimodalShare(10, (uniform) => 1000 * uniform())).toBeLessThan(0.1);
    expect(bimodalShare(30, (uniform) => 1000 * uniform())).toBeLessThan(0.03);
    expect(bimodalShare(30, (uniform) => 250 * (uniform() + uniform() + uniform() + uniform()))).toBeLessThan(0.03);
    // A long tail that straddles the level is the hardest one hump: 2.9 % over 8,000 samples.
    expect(bimodalShare(30, (uniform) => 1500 * uniform() * uniform())).toBeLessThan(0.06);
  });

  it('does not depend on the order of the seeds, nor on the unit of harm', () => {
    const harm = fc.integer({ min: 0, max: 1000 });
    const seeds = fc.array(fc.tuple(harm, harm), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(seeds, (pairs) => {
        const control = pairs.map(([minutes]) => minutes);
        const arm = pairs.map(([, minutes]) => minutes);
        const result = collapse(control, arm);
        expect(collapse(control.toReversed(), arm.toReversed())).toEqual(result);
        const scaled = collapse(
          control.map((minutes) => minutes * 8),
          arm.map((minutes) => minutes * 8),
        );
        expect(scaled.probability).toBe(result.probability);
        expect(scaled.bimodal).toBe(result.bimodal);
        expect(result.low).toBeLessThanOrEqual(result.probability);
        expect(result.high).toBeGreaterThanOrEqual(result.probability);
      }),
      { seed: 20, numRuns: 300 },
    );
  });

  it('refuses what score refuses', () => {
    expect(() => collapse([1], [1, 2])).toThrow(/^controlHarm has 1 seeds and armHarm 2/);
    expect(() => collapse([], [])).toThrow(/^controlHarm must hold at least one seed/);
  });
});
