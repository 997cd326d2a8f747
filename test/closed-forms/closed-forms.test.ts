/** The engine agrees with queueing theory within its own intervals, and the page in docs says so with these numbers. */
import { describe, expect, it } from 'vitest';
import { withDoor, withPool } from './builds.ts';
import { CASES, type Case } from './cases.ts';
import { BUILDS, compare, type Row } from './comparison.ts';
import { expectInDocs } from './docs.ts';
import { tableOf } from './table.ts';

const results = new Map<Case, Row[][]>(CASES.map((queue) => [queue, []]));

describe.each(BUILDS)('built with a $name', (entry) => {
  it.each(CASES)('gives intervals in which theory lies: $name, $parameters', (queue) => {
    const rows = compare(queue, entry);
    results.get(queue)!.push([...rows]);
    expect(rows.filter(({ contains }) => !contains)).toEqual([]);
    for (const { quantity, expected, interval } of rows) {
      const half = interval.high - interval.mean;
      // Wide intervals contain everything: these are a tenth of what they speak of, or of one customer.
      expect(half, quantity).toBeLessThan(0.15 * (quantity === 'littleGap' ? 0.1 : expected));
      expect(half, quantity).toBeGreaterThan(0);
    }
  });
});

describe('a pool and a door', () => {
  it.each(CASES)('serve the same customers alike: $name, $parameters', (queue) => {
    const length = { warmUpCount: 50, observedCount: 400 };
    for (const seed of [1, 2]) {
      expect(withDoor()(queue.model, length, seed)).toEqual(withPool(queue.model, length, seed));
    }
  });

  it('differ by nothing but the way when the door is 5 ms away', () => {
    const { model, expected } = CASES[1]!;
    const length = { warmUpCount: 100, observedCount: 2000 };
    const near = withPool(model, length, 1);
    const far = withDoor(5)(model, length, 1);
    expect(far.waitMs).toBeCloseTo(near.waitMs, 6);
    expect(far.waitingRatio).toBe(near.waitingRatio);
    // Little's law again: each customer is 10 ms longer in the system.
    const extraCount = far.count - near.count;
    expect(extraCount).toBeGreaterThan(0.03);
    expect(extraCount).toBeLessThan((0.02 * expected.count!) / 2 + 10 / model.betweenMs);
  });
});

it('docs/closed-forms.md has these numbers', () => {
  const compared = [...results].map(([queue, builds]) => ({ queue, builds }));
  const names = BUILDS.map(({ name }) => name);
  expectInDocs('table', tableOf(compared, names));
});
