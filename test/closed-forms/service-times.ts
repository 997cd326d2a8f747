/** Service times whose first two moments are known. */
import type { Draws } from '../../simulator/index.ts';

/** The service time of customer `n`, in milliseconds. */
export type ServiceTime = (draws: Draws, n: number) => number;

export function exponential(meanMs: number): ServiceTime {
  return (draws, n) => draws.exponential(meanMs, n);
}

/** Squared coefficient of variation 0. */
export function deterministic(meanMs: number): ServiceTime {
  return () => meanMs;
}

/** The sum of two exponentials: squared coefficient of variation 1/2. */
export function erlang2(meanMs: number): ServiceTime {
  return (draws, n) => draws.exponential(meanMs / 2, n, 1) + draws.exponential(meanMs / 2, n, 2);
}

/** Two exponential phases with balanced means: each brings half of the work, the short one with probability p. */
export function hyperexponential(meanMs: number, squaredVariation: number): ServiceTime {
  const p = (1 + Math.sqrt((squaredVariation - 1) / (squaredVariation + 1))) / 2;
  return (draws, n) => {
    const phaseMs = draws.chance(p, n, 1) ? meanMs / (2 * p) : meanMs / (2 * (1 - p));
    return draws.exponential(phaseMs, n, 2);
  };
}
