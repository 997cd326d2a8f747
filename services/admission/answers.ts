/** Refusals at a door, made once each. */
import type { Response } from '../../simulator/contract/index.ts';

/** RFC 6585 4 for 429, RFC 9110 15.6.4 for 503; with `Retry-After` in whole seconds where it is given. */
export function overloaded(status: 429 | 503 | 504, retryAfterSeconds?: number): Response {
  if (retryAfterSeconds === undefined) return Object.freeze({ status });
  return Object.freeze({ status, headers: Object.freeze({ 'retry-after': String(retryAfterSeconds) }) });
}
