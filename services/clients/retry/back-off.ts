/** Pauses between retries, by the formulas of aws-samples/aws-arch-backoff-simulator. */
import { power, type Draws } from '../../../simulator/contract/index.ts';
import type { BackOff } from './options.ts';

/**
 * The pause before a retry, in ms.
 * @param retry 0 for the first of an occasion
 * @param lastMs the pause before, for `decorrelated`; 0 before the first
 */
export function pauseMs(
  { kind, baseMs, capMs, factor = 2, jitterRatio = 0 }: BackOff,
  draws: Draws,
  client: number,
  draw: number,
  retry: number,
  lastMs: number,
): number {
  // A power that is no number any more is past every cap.
  const expo = Math.min(capMs, baseMs * power(factor, retry));
  switch (kind) {
    case 'fixed':
      return baseMs;
    case 'exponential':
      return expo;
    case 'full-jitter':
      return draws.between(0, expo, client, draw);
    case 'equal-jitter':
      return expo / 2 + draws.between(0, expo / 2, client, draw);
    case 'decorrelated':
      return Math.min(capMs, draws.between(baseMs, Math.max(baseMs, 3 * lastMs), client, draw));
    case 'proportional':
      return expo * draws.between(1 - jitterRatio, 1 + jitterRatio, client, draw);
  }
}
