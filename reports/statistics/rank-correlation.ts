// Which assumption goes with an outcome, whatever the shape of the relation, as long as it goes one way.

/**
 * Spearman's rank correlation, −1 to 1: Pearson's of the ranks, equal values sharing their mean rank. 0 where one of the two
 * does not vary.
 *
 * Source: C. Spearman, American Journal of Psychology 15 (1904) 72–101.
 *
 * @param one finite numbers, at least two
 * @param other as many
 * @throws TypeError when the two are not of one length, or too short
 */
export function rankCorrelation(one: readonly number[], other: readonly number[]): number {
  if (one.length !== other.length || one.length < 2) {
    throw new TypeError(`one has ${one.length} numbers and other ${other.length}: give two or more pairs.`);
  }
  const [a, b] = [centred(ranks(one)), centred(ranks(other))];
  const product = (left: readonly number[], right: readonly number[]): number =>
    left.reduce((sum, value, index) => sum + value * (right[index] as number), 0);
  const spread = Math.sqrt(product(a, a) * product(b, b));
  return spread === 0 ? 0 : product(a, b) / spread;
}

function ranks(values: readonly number[]): readonly number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}

function centred(values: readonly number[]): readonly number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}
