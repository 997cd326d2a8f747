/** Turns the texts of the command line into values, each checked against its bounds; a bad one is a UsageError. */
import { z } from 'zod';
import { UsageError } from './exit.ts';

/** More would be a slip of the keyboard. */
const SEEDS_AT_ONCE = 10_000;

const wholeNumber = z
  .string()
  .regex(/^\d+$/, 'is not a whole number of 0 or more')
  .transform(Number)
  .refine(Number.isSafeInteger, `is above ${Number.MAX_SAFE_INTEGER}`);

const seedRange = z
  .string()
  .regex(/^\d+\.\.\d+$/, 'is no range like 1..50')
  .transform((text) => text.split('..').map(Number) as [number, number])
  .refine((ends) => ends.every(Number.isSafeInteger), `reaches above ${Number.MAX_SAFE_INTEGER}`)
  .refine(([first, last]) => first <= last, 'ends before it begins')
  .refine(([first, last]) => last - first < SEEDS_AT_ONCE, `holds more than ${SEEDS_AT_ONCE} seeds`);

const assignment = z
  .string()
  .regex(/^[^=\s]+=.+$/, 'is no assignment like users=800')
  .transform((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] as const)
  .refine(([, value]) => value.trim() !== '' && Number.isFinite(Number(value)), 'does not end in a number')
  .transform(([id, value]) => [id, Number(value)] as const);

/** A seed: 0 or more. */
export function parseSeed(text: string): number {
  return checked(wholeNumber, text, '--seed', 'Give a whole number, for instance --seed 7.');
}

/** `a..b` with both ends, or a count `n` for 1..n. */
export function parseSeeds(text: string): readonly number[] {
  const remedy = 'Give a range or a count, for instance --seeds 1..50 or --seeds 50.';
  if (text.includes('..')) {
    const [first, last] = checked(seedRange, text, '--seeds', remedy);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  }
  const count = checked(wholeNumber, text, '--seeds', remedy);
  if (count < 1 || count > SEEDS_AT_ONCE) {
    throw new UsageError(`--seeds ${text} is not from 1 to ${SEEDS_AT_ONCE}. ${remedy}`);
  }
  return Array.from({ length: count }, (_, index) => index + 1);
}

/** `id=value` each; a later one of the same id goes before an earlier one. */
export function parseAssumptions(texts: readonly string[]): Readonly<Record<string, number>> {
  const remedy = 'Write --assume id=value, for instance --assume users=800.';
  return Object.fromEntries(texts.map((text) => checked(assignment, text, '--assume', remedy)));
}

export function parseWorkers(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const remedy = 'Give a number from 1 (in this process) to 64.';
  const count = checked(wholeNumber, text, '--workers', remedy);
  if (count < 1 || count > 64) throw new UsageError(`--workers ${text} is out of bounds. ${remedy}`);
  return count;
}

/** A whole number within bounds, both included. */
export function parseCount(text: string, flag: string, least: number, most: number): number {
  const remedy = `Give a whole number from ${least} to ${most}.`;
  const count = checked(wholeNumber, text, flag, remedy);
  if (count < least || count > most) throw new UsageError(`${flag} ${text} is out of bounds. ${remedy}`);
  return count;
}

/** Points of a score: above 0, up to 100. */
export function parsePoints(text: string, flag: string): number {
  const points = Number(text);
  if (text.trim() !== '' && points > 0 && points <= 100) return points;
  throw new UsageError(`${flag} ${text} is no number of points. Give one above 0, up to 100, for instance ${flag} 5.`);
}

/** Ids separated by commas, each once, in order. */
export function parseIds(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  const ids = text.split(',').map((id) => id.trim());
  return [...new Set(ids.filter((id) => id !== ''))];
}

function checked<T>(schema: z.ZodType<T, string>, text: string, field: string, remedy: string): T {
  const result = schema.safeParse(text);
  if (result.success) return result.data;
  throw new UsageError(`${field} ${text} ${result.error.issues[0]?.message ?? 'is not valid'}. ${remedy}`);
}
