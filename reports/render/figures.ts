/** Numbers as people read them, by fixed rules: no locale. */

/** Whole, with commas: `12,345`. */
export function whole(value: number): string {
  const rounded = Math.round(value);
  const digits = String(Math.abs(rounded));
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(0, end - 3), end));
  return `${rounded < 0 ? '−' : ''}${groups.join(',')}`;
}

/** With a sign, and `0` for what rounds to nothing. */
export function signed(value: number): string {
  const text = whole(value);
  return value > 0 && text !== '0' ? `+${text}` : text;
}

/** A ratio as whole percents; with one decimal place below 10. */
export function percent(ratio: number): string {
  const points = ratio * 100;
  return Math.abs(points) < 9.95 && Math.round(points * 10) % 10 !== 0
    ? `${points.toFixed(1)} %`
    : `${whole(points)} %`;
}

/** `850 ms`, `4.2 s`, `12 min`, `1 h 32 min`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${ms < 10 && ms !== Math.round(ms) ? ms.toFixed(1) : whole(ms)} ms`;
  if (ms < 100_000) return `${trimmed(ms / 1_000)} s`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 100) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** At most three significant digits behind the point, none that say nothing. */
export function trimmed(value: number): string {
  const text = value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 1 : 3);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** `seed 7`, `seeds 1 to 50`, `seeds 3, 8, 9`. */
export function seedText(seeds: readonly number[]): string {
  const [first, last] = [seeds[0], seeds.at(-1)];
  if (first === undefined || last === undefined) return 'no seed';
  if (seeds.length === 1) return `seed ${first}`;
  if (last - first === seeds.length - 1) return `seeds ${first} to ${last}`;
  return `seeds ${seeds.join(', ')}`;
}

export function plural(count: number, one: string, many: string = `${one}s`): string {
  return `${whole(count)} ${count === 1 ? one : many}`;
}
