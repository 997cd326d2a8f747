import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alone, interactions, last, shapley } from './shapley.ts';

/** A game as a function of who is in it. */
function game(count: number, worth: (has: (member: number) => boolean) => number): number[] {
  return Array.from({ length: 1 << count }, (_, mask) => worth((member) => (mask & (1 << member)) !== 0));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

const games = fc
  .integer({ min: 1, max: 6 })
  .chain((count) =>
    fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1 << count, maxLength: 1 << count }),
  );
const PROPERTY = { seed: 3, numRuns: 200 };

describe('Shapley values', () => {
  it('of the glove market are 2/3 for the only left glove and 1/6 for each right one', () => {
    // Two right gloves, one left: a pair is worth 1. Of the six orders four let the left one complete it.
    const values = game(3, (has) => (has(0) && (has(1) || has(2)) ? 1 : 0));
    const [left, first, second] = shapley(values);
    expect(left).toBeCloseTo(2 / 3, 14);
    expect(first).toBeCloseTo(1 / 6, 14);
    expect(second).toBeCloseTo(1 / 6, 14);
  });

  it('of three substitutes are a third each, while each is worth all alone and nothing last', () => {
    const values = game(3, (has) => (has(0) || has(1) || has(2) ? 100 : 0));
    expect(alone(values)).toEqual([100, 100, 100]);
    expect(last(values)).toEqual([0, 0, 0]);
    for (const value of shapley(values)) expect(value).toBeCloseTo(100 / 3, 12);
    for (const pair of interactions(values)) {
      // Beside nothing the second adds 0 and not 100; beside the third both add nothing: the mean of −100 and 0.
      expect(pair.alone).toBe(-100);
      expect(pair.shapley).toBeCloseTo(-50, 12);
    }
  });

  it('of three that only work together are a third each, worth nothing alone and all last, and need each other', () => {
    const values = game(3, (has) => (has(0) && has(1) && has(2) ? 90 : 0));
    expect(alone(values)).toEqual([0, 0, 0]);
    expect(last(values)).toEqual([90, 90, 90]);
    for (const value of shapley(values)) expect(value).toBeCloseTo(30, 12);
    for (const pair of interactions(values)) expect(pair.shapley).toBeCloseTo(45, 12);
  });

  it('sum to what all save together, for any game', () => {
    fc.assert(
      fc.property(games, (values) => {
        expect(sum(shapley(values))).toBeCloseTo(values.at(-1)! - values[0]!, 8);
      }),
      PROPERTY,
    );
  });

  it('are alike for two that can be exchanged, 0 for one that changes nothing, and add up over games', () => {
    const seeded = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(seeded, (draws) => {
        // Worth depends on how many of 0 and 1 are there, and on 2; member 3 is a bystander.
        const worth = game(4, (has) => draws[Number(has(0)) + Number(has(1)) + 3 * Number(has(2))]!);
        const [one, other, , bystander] = shapley(worth);
        expect(one).toBeCloseTo(other!, 9);
        expect(bystander).toBeCloseTo(0, 9);
        const another = game(4, (has) => (has(3) ? draws[11]! : draws[10]!));
        const both = shapley(worth.map((value, subset) => value + another[subset]!));
        shapley(worth).forEach((value, member) =>
          expect(both[member]).toBeCloseTo(value + shapley(another)[member]!, 8),
        );
      }),
      PROPERTY,
    );
  });

  it('and interactions of an additive game are its parts and nothing', () => {
    const parts = [5, -3, 20, 0.5];
    const values = game(4, (has) => 7 + sum(parts.filter((_, member) => has(member))));
    shapley(values).forEach((value, member) => expect(value).toBeCloseTo(parts[member]!, 12));
    expect(interactions(values)).toHaveLength(6);
    for (const pair of interactions(values)) expect(Math.abs(pair.shapley) + Math.abs(pair.alone)).toBeLessThan(1e-12);
  });

  it('want all subsets of one to six things', () => {
    for (const length of [0, 1, 3, 128]) {
      expect(() => shapley(new Array<number>(length).fill(0))).toThrow(/^values must hold 2\^k subsets, k from 1 to 6/);
    }
    expect(shapley([3, 10])).toEqual([7]);
    expect(interactions([3, 10])).toEqual([]);
  });
});
