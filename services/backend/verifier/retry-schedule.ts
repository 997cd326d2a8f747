/** When a background retry tries again. */
import { power, type Draws } from '../../../simulator/contract/index.ts';

export type RetrySchedule = (
  | {
      readonly kind: 'fixed';
      /** Pause between tries, in ms: above 0. */
      readonly everyMs: number;
    }
  | {
      readonly kind: 'full-jitter';
      /** Upper end of the first pause, in ms: above 0; doubled for each further one. */
      readonly baseMs: number;
      /** Highest upper end, in ms: above 0. */
      readonly capMs: number;
    }
  | {
      readonly kind: 'doubling';
      /** The first pause, in ms: above 0; doubled for each further one, without jitter. */
      readonly baseMs: number;
      /** Longest pause, in ms: above 0. */
      readonly capMs: number;
    }
) & {
  /** Id of the mitigation that this retry is: its tries are then recorded as that mitigation's actions. */
  readonly actedAs?: string;
};

/** Doubling further changes nothing: no cap is that large. */
const LAST_DOUBLING = 60;

/**
 * The pause before retry `attempt` (from 0), in ms. Full jitter is U(0, min(cap, base * 2^attempt)): M. Brooker,
 * "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 *
 * @param key identity of this run of retries among those of the same draws
 */
export function retryDelayMs(schedule: RetrySchedule, attempt: number, draws: Draws, key: number): number {
  if (schedule.kind === 'fixed') return schedule.everyMs;
  const endMs = Math.min(schedule.capMs, schedule.baseMs * power(2, Math.min(attempt, LAST_DOUBLING)));
  return schedule.kind === 'doubling' ? endMs : draws.between(0, endMs, key, attempt);
}
