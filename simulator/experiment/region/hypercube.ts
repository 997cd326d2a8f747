/** Points that fill a box of many dimensions evenly: in each dimension alone every one of n slices holds one point. */
import { Draws } from '../../contract/index.ts';

/**
 * Latin hypercube sample: `count` points with a number from 0 to 1 (1 excluded) in each dimension, by its name.
 *
 * The slice of each point is its place in a random order of its own for each dimension, the place within the slice a
 * uniform draw. Draws are keyed by dimension, so another dimension changes nothing in these.
 * Source: M. D. McKay, R. J. Beckman & W. J. Conover, Technometrics 21 (1979) 239–245.
 *
 * @param batch another one gives other points
 */
export function latinHypercube(
  dimensions: readonly string[],
  count: number,
  batch: number,
): readonly Readonly<Record<string, number>>[] {
  const columns = dimensions.map((dimension) => {
    const slices = new Draws(batch, dimension, 'slice').shuffle([...Array(count).keys()], 0);
    const within = new Draws(batch, dimension, 'place in slice');
    return slices.map((slice, point) => (slice + within.uniform(point)) / count);
  });
  return Array.from({ length: count }, (_, point) =>
    Object.fromEntries(dimensions.map((dimension, index) => [dimension, columns[index]![point]!])),
  );
}
