/** The engine agrees with queueing theory within its own intervals, and the page in docs says so with these numbers. */
import { describe, expect, it } from 'vitest';
import { withDoor, withPool } from './builds.ts';
import { CASES, type Case } from './cases.ts';
import { BUILDS, compare, type BuildEntry, type Row } from './comparison.ts';
import { partOfDocs } from './docs.ts';
import { tableOf } from './table.ts';

const compared = new Map<string, readonly Row[]>();

/** Each comparison is made once, for its test and for the page. */
function rowsOf(queue: Case, entry: BuildEntry): readonly Row[] {
  const key = `${entry.name} ${CASES.indexOf(queue)}`;
  if (!compared.has(key)) compared.set(key, compare(queue, entry));
  return compared.get(key)!;
}

/** An interval that is wide contains everything: more than 15 % of theory, or of a tenth of a customer, is too wide. */
function isWide({ quantity, expected, interval }: Row): boolean {
  return !(interval.high - interval.mean < 0.15 * (quantity === 'littleGap' ? 0.1 : expected));
}

describe.each(BUILDS)('built with a $name', (entry) => {
  it.each(CASES)('gives intervals in which theory lies, and narrow ones: $name, $parameters', (queue) => {
    const rows = rowsOf(queue, entry);
    expect(rows.filter(({ contains }) => !contains)).toEqual([]);
    expect(rows.filter(isWide)).toEqual([]);
    expect(rows.length).toBeGreaterThanOrEqual(3);
  });
});

describe('a pool and a door', () => {
  it.each(CASES)('serve the same customers alike: $name, $parameters', ({ model }) => {
    const length = { warmUpCount: 50, observedCount: 400 };
    for (const seed of [1, 2]) {
      expect(withDoor()(model, length, seed)).toEqual(withPool(model, length, seed));
    }
  });

  it('differ by nothing but the way when the door is 5 ms away', () => {
    const { model } = CASES[1]!;
    const length = { warmUpCount: 100, observedCount: 2000 };
    const near = withPool(model, length, 1);
    const far = withDoor(5)(model, length, 1);
    expect(far.waitMs).toBeCloseTo(near.waitMs, 6);
    expect(far.waitingRatio).toBe(near.waitingRatio);
    // Little's law once more: each customer is 10 ms longer in the system. The looks are the same, so they differ little.
    expect(far.count - near.count).toBeCloseTo(10 / model.betweenMs, 1);
    expect(far.count).toBeGreaterThan(near.count);
  });
});

it('docs/closed-forms.md has these numbers', () => {
  const names = BUILDS.map(({ name }) => name);
  const cases = CASES.map((queue) => ({ queue, builds: BUILDS.map((entry) => rowsOf(queue, entry)) }));
  const table = tableOf(cases, names);
  expect(partOfDocs('table', table)).toBe(table);
});
