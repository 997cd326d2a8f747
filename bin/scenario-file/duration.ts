/** Durations as people write them: `90s`, `5m`, `2h`, `1h30m`, `250ms`. The model counts in milliseconds. */

/** Longest first, so that a written duration begins with its largest unit. */
const UNITS_MS = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const;

type Unit = keyof typeof UNITS_MS;

export const DURATION_PATTERN = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/;

/** What stands for a duration without an end, where one is allowed. */
export const FOREVER = 'forever';

/** In ms, to the microsecond; undefined for a text that is no duration. */
export function durationMs(text: string): number | undefined {
  if (!DURATION_PATTERN.test(text)) return undefined;
  let sumUs = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    sumUs += Math.round(Number(amount) * UNITS_MS[unit as Unit] * 1_000);
  }
  return sumUs / 1_000;
}

/** The shortest way to write it: whole units where there are any (`1h30m`), else one number (`2.5s`). */
export function durationText(valueMs: number): string {
  if (valueMs === Infinity) return FOREVER;
  const parts: string[] = [];
  let left = valueMs;
  for (const [unit, unitMs] of Object.entries(UNITS_MS)) {
    if (unit === 's' || unit === 'ms') break;
    const count = Math.floor(left / unitMs);
    if (count > 0) parts.push(`${count}${unit}`);
    left -= count * unitMs;
  }
  if (left >= 1_000 || (left > 0 && parts.length > 0)) parts.push(`${left / 1_000}s`);
  else if (left > 0) parts.push(`${left}ms`);
  return parts.length === 0 ? '0s' : parts.join('');
}
