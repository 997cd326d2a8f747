/** The box of assumptions: how far a value lies from its default, on the way to its plausible bounds. */
import { exp, ln } from '../../contract/index.ts';
import type { Assumption } from '../incident.ts';

/** How far towards each bound a side of the box reaches: 0 is the default, 1 the bound. */
export interface Extent {
  readonly towardsLow: number;
  readonly towardsHigh: number;
}

/** Bounds this many times apart are a matter of magnitude: half the way from 10 to 1,000 is 100. */
const DECADE = 10;

export function scaleOf({ low, high }: Assumption): 'linear' | 'logarithmic' {
  return low > 0 && high / low >= DECADE ? 'logarithmic' : 'linear';
}

/**
 * The value at a place from −1 (its lower bound) through 0 (its default) to 1 (its upper bound).
 *
 * Whole where default and bounds are: nobody has 2.4 instances. Shares are not.
 */
export function valueAt(assumption: Assumption, place: number): number {
  const { value, low, high } = assumption;
  if (place === 0) return value;
  const bound = place < 0 ? low : high;
  const way = Math.abs(place);
  if (way === 1) return bound;
  const reached =
    scaleOf(assumption) === 'logarithmic'
      ? exp(ln(value) + way * (ln(bound) - ln(value)))
      : value + way * (bound - value);
  const held = Math.min(high, Math.max(low, reached));
  return isWhole(assumption) ? Math.round(held) : rounded(held);
}

function isWhole({ value, low, high, unit }: Assumption): boolean {
  return unit !== 'share' && [value, low, high].every(Number.isInteger);
}

/** Six significant places are more than anybody knows of an assumption, and can be typed. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

/** A place drawn evenly over an extent, narrowed on both sides by the same ratio. */
export function placeIn({ towardsLow, towardsHigh }: Extent, narrowedRatio: number, uniform: number): number {
  const [from, to] = [-towardsLow * narrowedRatio, towardsHigh * narrowedRatio];
  return from + (to - from) * uniform;
}
