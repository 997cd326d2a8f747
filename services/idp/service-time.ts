/** How long a worker is busy with a request: capacity is modelled, never the speed of the machine that simulates. */
import type { Draws } from '../../simulator/contract/index.ts';
import type { ServiceTime } from './options.ts';

/**
 * One draw in ms for the request with this key. `erlang2` has half the variance of an exponential: work in two stages,
 * such as a query and a signature.
 */
export function drawServiceMs({ meanMs, shape }: ServiceTime, draws: Draws, key: number): number {
  switch (shape) {
    case 'fixed':
      return meanMs;
    case 'exponential':
      return draws.exponential(meanMs, key);
    case 'erlang2':
      return draws.exponential(meanMs / 2, key, 0) + draws.exponential(meanMs / 2, key, 1);
  }
}
