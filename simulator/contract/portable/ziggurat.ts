/**
 * Tables for drawing from the exponential and the normal distribution by the ziggurat method: 256 layers of equal area
 * cover the density, so that 98.9 % of the draws need one multiplication and one comparison.
 *
 * Source: G. Marsaglia, W. W. Tsang, "The Ziggurat Method for Generating Random Variables", Journal of Statistical
 * Software 5(8), 2000. Unlike there, layer and position come from different random bits (they are dependent otherwise:
 * J. A. Doornik, "An Improved Ziggurat Method to Generate Normal Random Samples", 2005). The tables are computed at load
 * with our own ln and exp, and so are the same in every engine.
 */
import { exp } from './exp.ts';
import { ln } from './ln.ts';

const LAYERS = 256;

export interface Ziggurat {
  /** Layer i is as wide as edges[i] and lies surely under the density up to edges[i + 1]; length 257, falling, ends in 0. */
  readonly edges: Float64Array;
  /** Width of each layer divided by the number of positions in it: times a random integer it is a position. Length 256. */
  readonly steps: Float64Array;
  /** Density at each edge: layer i reaches from heights[i] to heights[i + 1]; the lowest starts at 0, the last is 1. */
  readonly heights: Float64Array;
  /** Where the tail begins: edges[1]. */
  readonly tailStart: number;
}

/** For the density e^-x, x >= 0, and a uint32. Tail start and area solve "256 equal areas that end at height 1" (40 digits, rounded). */
export const exponentialZiggurat: Ziggurat = layered(
  4294967296,
  7.69711747013105,
  0.003949659822581557,
  (x) => exp(-x),
  (height) => -ln(height),
);

/** For the density e^(-x^2/2) and an int32, whose sign chooses the half: the tables describe the right one. */
export const normalZiggurat: Ziggurat = layered(
  2147483648,
  3.654152885361009,
  0.004928673233974655,
  (x) => exp(-0.5 * x * x),
  (height) => Math.sqrt(-2 * ln(height)),
);

function layered(
  positions: number,
  tailStart: number,
  area: number,
  density: (x: number) => number,
  inverse: (height: number) => number,
): Ziggurat {
  const edges = new Float64Array(LAYERS + 1);
  const steps = new Float64Array(LAYERS);
  const heights = new Float64Array(LAYERS + 1);
  // The lowest layer holds the tail as well: as a rectangle of the same area it would be this wide.
  edges[0] = area / density(tailStart);
  let edge = tailStart;
  for (let layer = 1; layer < LAYERS; layer++) {
    edges[layer] = edge;
    heights[layer] = density(edge);
    edge = inverse(heights[layer]! + area / edge);
  }
  heights[LAYERS] = 1;
  for (let layer = 0; layer < LAYERS; layer++) steps[layer] = edges[layer]! / positions;
  return { edges, steps, heights, tailStart };
}
