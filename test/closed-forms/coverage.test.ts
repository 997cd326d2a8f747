/** The intervals are honest: over many experiments they contain theory about as often as they say, and they are not wide. */
import { describe, expect, it } from 'vitest';
import { binomialBand, tInterval } from '../../simulator/index.ts';
import { withPool } from './builds.ts';
import { mmc } from './formulas.ts';
import type { Observation, QueueModel } from './queue.ts';
import { exponential } from './service-times.ts';

const EXPERIMENT_COUNT = 40;
const REPLICATION_COUNT = 10;
const LENGTH = { warmUpCount: 200, observedCount: 1200 };

const model: QueueModel = {
  servers: 1,
  queueLimit: Infinity,
  betweenMs: 2000,
  service: exponential(1000),
  longWaitMs: 1000,
};
const figures = mmc(1, 0.5 / 1000, 1000);

const experiments = Array.from({ length: EXPERIMENT_COUNT }, (_, experiment) => {
  return Array.from({ length: REPLICATION_COUNT }, (__, replication) => {
    return withPool(model, LENGTH, 1000 + experiment * REPLICATION_COUNT + replication);
  });
});

/** In how many experiments the interval contains this value. */
function hits(quantity: keyof Observation, value: number, confidence: 0.95 | 0.99): number {
  const intervals = experiments.map((runs) =>
    tInterval(
      Float64Array.from(runs, (run) => run[quantity]),
      confidence,
    ),
  );
  return intervals.filter(({ low, high }) => low <= value && value <= high).length;
}

describe.each([
  ['waitMs', figures.wait],
  ['waitingRatio', figures.waitingRatio],
  ['longWaitRatio', figures.longerThan(1000)],
  ['count', figures.count],
  ['littleGap', 0],
] as const)('40 experiments of ten seeds each, M/M/1 at half load: %s', (quantity, expected) => {
  it('99 % intervals contain the closed form in 36 or more', () => {
    expect(hits(quantity, expected, 0.99)).toBeGreaterThanOrEqual(36);
  });

  it('95 % intervals contain it as often as 95 % may, and not always', () => {
    const { lowCount, highCount } = binomialBand(EXPERIMENT_COUNT, 0.95, 0.99);
    const hitCount = hits(quantity, expected, 0.95);
    expect(hitCount).toBeGreaterThanOrEqual(lowCount);
    expect(hitCount).toBeLessThanOrEqual(highCount);
  });
});

it('a mean wait that is a fifth too long is outside most of them', () => {
  expect(hits('waitMs', 1.2 * figures.wait, 0.95)).toBeLessThan(EXPERIMENT_COUNT / 2);
});
