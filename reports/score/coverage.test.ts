/** Scores of a model whose answer is known: paired harm, skewed over seeds, of which the arm leaves exactly half. */
import { describe, expect, it } from 'vitest';
import { sfc32 } from '../statistics/sfc32.ts';
import { proportion } from '../statistics/proportion.ts';
import { score } from './score.ts';

const next = sfc32(2026);
const uniform = (): number => (next() + 1) / 4294967297;
const skewed = (mean: number): number => -mean * Math.log(uniform());

/** E control = 100, E arm = 0.4 · 100 + 10 = 50: the score is 50. */
function experiment(seedCount: number): [control: number[], arm: number[]] {
  const control = Array.from({ length: seedCount }, () => 20 + skewed(80));
  return [control, control.map((harm) => 0.4 * harm + skewed(10))];
}

function meanWidth(seedCount: number, trials: number): number {
  let width = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const { low, high } = score(...experiment(seedCount));
    width += (high - low) / trials;
  }
  return width;
}

describe('the interval of the score', () => {
  it.each([10, 30])('covers the true score in about 95 of 100 experiments of %i seeds', (seedCount) => {
    const trials = 600;
    let covered = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      const { low, high } = score(...experiment(seedCount));
      if (low <= 50 && 50 <= high) covered += 1;
    }
    expect(covered / trials).toBeGreaterThan(0.915);
    expect(covered / trials).toBeLessThan(0.985);
  });

  it('shrinks by about √2 when the seeds double', () => {
    const ratio = meanWidth(25, 80) / meanWidth(50, 80);
    expect(ratio).toBeGreaterThan(Math.SQRT2 * 0.9);
    expect(ratio).toBeLessThan(Math.SQRT2 * 1.15);
  });
});

describe('the interval of P(collapse)', () => {
  it.each([0.05, 0.3, 0.71])('covers a probability of %f in about 95 of 100 experiments of 30 seeds', (probability) => {
    const trials = 2_000;
    let covered = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      let collapsed = 0;
      for (let seed = 0; seed < 30; seed += 1) if (uniform() < probability) collapsed += 1;
      const { low, high } = proportion(collapsed, 30);
      if (low <= probability && probability <= high) covered += 1;
    }
    expect(covered / trials).toBeGreaterThan(0.92);
    expect(covered / trials).toBeLessThan(0.99);
  });
});
