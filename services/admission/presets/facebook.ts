/**
 * Controlled delay as Facebook used it, with adaptive LIFO (Maurer, “Fail at Scale”, ACM Queue 13(8), 2015): 5 ms for whoever
 * comes when the queue has not been empty for 100 ms, else 100 ms. For services that answer in about a millisecond.
 */
import type { DelayControl } from '../line-options.ts';

export const facebookControlledDelay: DelayControl = { targetMs: 5, intervalMs: 100 };

/**
 * The same for a slower service: the target is what one request takes, the interval 20 times that, as in the original and in
 * RFC 8289 4.2 (a target of 5 % of the interval). A worker that is free needs somebody to be there still.
 */
export function controlledDelayFor(serviceMs: number): DelayControl {
  const { targetMs, intervalMs } = facebookControlledDelay;
  const target = Math.max(targetMs, serviceMs);
  return { targetMs: target, intervalMs: (target * intervalMs) / targetMs };
}
