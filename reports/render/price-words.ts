/** The price of a mitigation in words. */
import type { Price } from '../score/score-result.ts';
import { signed } from './figures.ts';

const PRICES: readonly (readonly [member: Exclude<keyof Price, 'seedCount'>, words: string])[] = [
  ['extraRequests', 'auth requests'],
  ['signIns', 'sign-ins'],
  ['refusals', 'refusals'],
  ['rateLimited', 'rate-limited'],
  ['falsePages', 'false pages'],
  ['signOuts', 'sign-outs'],
  ['disruptedUserMinutes', 'disrupted user-minutes'],
  ['latencyP50Ms', 'ms at p50'],
  ['latencyP99Ms', 'ms at p99'],
];

/** Only what differs from the control; `none` where nothing does. */
export function priceWords(price: Price | null): string {
  if (price === null) return '';
  const parts = PRICES.flatMap(([member, words]) => {
    const text = signed(price[member] ?? 0);
    return text === '0' ? [] : [`${text} ${words}`];
  });
  return parts.length === 0 ? 'none' : parts.join(', ');
}
