import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cappedScore, type ExposureWord } from './exposure.ts';
import { rank, type Ranked } from './rank.ts';

const entry = (id: string, low: number, mean: number, exposure: ExposureWord = 'within budget'): Ranked => ({
  id,
  score: { mean, low, high: 100 },
  exposure,
});
const order = (...entries: Ranked[]): string[] => rank(entries).map(({ id }) => id);

const figure = fc.oneof(
  fc.constant(0),
  fc.integer({ min: -3, max: 3 }),
  fc.double({ min: -100, max: 100, noNaN: true }),
);
const exposure = fc.constantFrom<ExposureWord>('within budget', 'exceeds budget', 'admits forged');
const entries = fc.uniqueArray(
  fc.record({
    id: fc.string({ minLength: 1, maxLength: 3 }),
    score: fc.record({ mean: figure, low: figure, high: figure }),
    exposure,
  }),
  { selector: ({ id }) => id, maxLength: 12 },
);
const shuffledTwice = entries.chain((all) => {
  const shuffled = fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
  return fc.tuple(shuffled, shuffled);
});

describe('rank', () => {
  it('goes by what is sure, not by what is hoped', () => {
    expect(order(entry('hopeful', 10, 90), entry('sure', 40, 50))).toEqual(['sure', 'hopeful']);
  });

  it('breaks a tie by the mean, then by the id in code-unit order', () => {
    expect(
      order(entry('b', 5, 10), entry('a', 5, 10), entry('Z', 5, 10), entry('é', 5, 10), entry('c', 5, 11)),
    ).toEqual(['c', 'Z', 'a', 'b', 'é']);
  });

  it('puts an open door below any harm within budget, and forgery below the rest', () => {
    expect(
      order(
        entry('accept-everything', 100, 100, 'admits forged'),
        entry('slow-revocation', 90, 95, 'exceeds budget'),
        entry('harmful', -100, -90),
        entry('useful', 5, 10),
      ),
    ).toEqual(['useful', 'harmful', 'slow-revocation', 'accept-everything']);
  });

  it('sees no merit beyond 0 behind an open door: there the id decides', () => {
    expect(order(entry('b', 90, 95, 'admits forged'), entry('a', 10, 20, 'admits forged'))).toEqual(['a', 'b']);
  });

  it('does not depend on the order of the entries, nor on whether scores come capped', () => {
    fc.assert(
      fc.property(shuffledTwice, ([one, other]) => {
        const expected = rank(one).map(({ id }) => id);
        expect(rank(other).map(({ id }) => id)).toEqual(expected);
        const capped = other.map((arm) => ({ ...arm, score: cappedScore(arm.score, arm.exposure) }));
        expect(rank(capped).map(({ id }) => id)).toEqual(expected);
      }),
      { seed: 20, numRuns: 500 },
    );
  });

  it('keeps every entry, whole, and leaves the input alone', () => {
    fc.assert(
      fc.property(entries, (all) => {
        const before = [...all];
        const ranked = rank(all);
        expect(all).toEqual(before);
        expect(new Set(ranked)).toEqual(new Set(all));
        expect(ranked).toHaveLength(all.length);
      }),
      { seed: 20, numRuns: 200 },
    );
  });

  it('refuses two entries of one id, and a score that is not a number', () => {
    expect(() => rank([entry('a', 1, 2), entry('a', 3, 4)])).toThrow(/^id a occurs twice/);
    expect(() => rank([entry('a', Number.NaN, 2)])).toThrow(/^score of a must be a number, got NaN/);
  });
});
