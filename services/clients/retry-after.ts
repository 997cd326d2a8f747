/** When a server asks to be asked again (RFC 9110 10.2.3). */
import type { Reply } from '../../simulator/contract/index.ts';

/** In ms from now; undefined where the reply does not say, or says it as a date, which nobody here does. */
export function retryAfterMs({ headers }: Reply): number | undefined {
  const text = headers?.['retry-after'];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) * 1000 : undefined;
}
