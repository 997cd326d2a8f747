// What each of a few things contributes where they act together. Every figure is exact: all 2^k subsets are known.

/** Values of all subsets of k things: `values[mask]`, bit i of the mask says whether thing i is in it. */
export type SubsetValues = readonly number[];

/** More would be 128 runs a seed and a table that nobody reads. */
export const MOST_MEMBERS = 6;

/**
 * Shapley values: the mean of what a thing adds, over all orders in which the things can be added.
 *
 *     φ(i) = Σ over S without i of |S|! (k − |S| − 1)! / k! · (v(S ∪ i) − v(S))
 *
 * They sum to v(all) − v(none). Source: L. S. Shapley, "A value for n-person games", Contributions to the Theory of
 * Games II (1953) 307–317.
 *
 * **Gotcha**: substitutes share one merit. Three things, each of which saves all on its own, get a third each: read them
 * beside `alone` and `last`.
 *
 * @param values 2^k finite numbers, k from 1 to 6
 * @throws TypeError for another length
 */
export function shapley(values: SubsetValues): readonly number[] {
  const count = memberCount(values);
  return members(count).map((member) => {
    let worth = 0;
    for (const subset of without(values, 1 << member)) {
      const size = bitCount(subset);
      const weight = (factorial(size) * factorial(count - size - 1)) / factorial(count);
      worth += weight * ((values[subset | (1 << member)] as number) - (values[subset] as number));
    }
    return worth;
  });
}

/** What each adds to nothing: v(i) − v(none). */
export function alone(values: SubsetValues): readonly number[] {
  return members(memberCount(values)).map((member) => (values[1 << member] as number) - (values[0] as number));
}

/** What each adds to all the others: v(all) − v(all but i). */
export function last(values: SubsetValues): readonly number[] {
  const all = values.length - 1;
  return members(memberCount(values)).map(
    (member) => (values[all] as number) - (values[all & ~(1 << member)] as number),
  );
}

export interface Interaction {
  readonly pair: readonly [number, number];
  /** v(ij) − v(i) − v(j) + v(none). */
  readonly alone: number;
  /** The same beside every subset of the others, weighed. */
  readonly shapley: number;
}

/**
 * Interaction of each pair: how much more (or, below 0, less) two are worth together than one by one.
 *
 *     I(ij) = Σ over S without i, j of |S|! (k − |S| − 2)! / (k − 1)! · (v(S ∪ ij) − v(S ∪ i) − v(S ∪ j) + v(S))
 *
 * Source: M. Grabisch & M. Roubens, International Journal of Game Theory 28 (1999) 547–565.
 *
 * @throws TypeError as `shapley` does
 */
export function interactions(values: SubsetValues): readonly Interaction[] {
  const count = memberCount(values);
  return members(count).flatMap((one) =>
    members(count).flatMap((other) => (one < other ? [interaction(values, count, one, other)] : [])),
  );
}

function interaction(values: SubsetValues, count: number, one: number, other: number): Interaction {
  const [first, second] = [1 << one, 1 << other];
  const beside = (subset: number): number =>
    (values[subset | first | second] as number) -
    (values[subset | first] as number) -
    (values[subset | second] as number) +
    (values[subset] as number);
  let index = 0;
  for (const subset of without(values, first | second)) {
    const size = bitCount(subset);
    index += ((factorial(size) * factorial(count - size - 2)) / factorial(count - 1)) * beside(subset);
  }
  return { pair: [one, other], alone: beside(0), shapley: index };
}

function memberCount(values: SubsetValues): number {
  const count = 31 - Math.clz32(values.length);
  if (values.length === 1 << count && count >= 1 && count <= MOST_MEMBERS) return count;
  throw new TypeError(`values must hold 2^k subsets, k from 1 to ${MOST_MEMBERS}, got ${values.length} values.`);
}

function members(count: number): readonly number[] {
  return Array.from({ length: count }, (_, member) => member);
}

function without(values: SubsetValues, bits: number): readonly number[] {
  return [...values.keys()].filter((subset) => (subset & bits) === 0);
}

function bitCount(subset: number): number {
  let count = 0;
  for (let rest = subset; rest > 0; rest &= rest - 1) count += 1;
  return count;
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}
