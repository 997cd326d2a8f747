/** What of some options has to be written down: what differs from what a reader gets anyway. */
import { canonicalJson } from '../../../simulator/experiment/index.ts';

export function same(one: unknown, other: unknown): boolean {
  if (one === undefined || other === undefined) return one === other;
  return canonicalJson(plain(one)) === canonicalJson(plain(other));
}

/** Canonical JSON knows no infinite numbers; options do. */
function plain(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}

/** Members that differ from the defaults. */
export function difference<T extends object>(options: T, defaults: Partial<Record<keyof T, unknown>>): Partial<T> {
  const entries = Object.entries(options).filter(([key, value]) => {
    return value !== undefined && !same(value, defaults[key as keyof T]);
  });
  return Object.fromEntries(entries) as Partial<T>;
}
