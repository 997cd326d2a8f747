/** Turns what the schema found into complaints: the field, what is wrong with it, what to write instead. */
import type { z } from 'zod';
import { didYouMean } from '../suggestion.ts';
import { shown } from './schema/values.ts';
import type { Complaint, Path, Source } from './source.ts';

type Issue = z.core.$ZodIssue;

/** @param content what the file holds, as plain values */
export function complaintsOf(issues: readonly Issue[], content: unknown, source: Source): readonly Complaint[] {
  return issues.flatMap((issue) => explain(issue, [], content, source));
}

function explain(issue: Issue, before: Path, content: unknown, source: Source): readonly Complaint[] {
  const path: Path = [...before, ...(issue.path as Path)];
  const value = valueAt(content, path);
  if (issue.code === 'unrecognized_keys') {
    const known = issue.message.split(' ');
    return issue.keys.map((key) => {
      return source.complaint([...path, key], `is no field here.${nearestOrAll(key, known, 'There are')}`, true);
    });
  }
  if (issue.code === 'invalid_key') {
    const [inner] = issue.issues;
    return [source.complaint(path, inner?.message ?? 'is no name that can stand here.', true)];
  }
  if (issue.code === 'invalid_union') return explainUnion(issue, path, value, content, source);
  return [source.complaint(path, messageOf(issue, value))];
}

type UnionIssue = Extract<Issue, { readonly code: 'invalid_union' }>;

function explainUnion(issue: UnionIssue, path: Path, value: unknown, content: unknown, source: Source) {
  const { discriminator, options } = issue as {
    readonly discriminator?: string;
    readonly options?: readonly unknown[];
  };
  if (discriminator !== undefined && options !== undefined) {
    const known = options.map(String);
    const message = value === undefined ? `is missing. Take one of: ${known.join(', ')}.` : unknownName(value, known);
    return [source.complaint(path, message)];
  }
  // The alternative that was meant is the one whose own kind of value stands here.
  const meant = issue.errors.find((errors) => !errors.some(isOtherKind)) ?? nearest(issue.errors);
  if (meant === undefined || value === undefined) return [source.complaint(path, messageOf(issue, value))];
  const known = issue.errors.flatMap((errors) => errors.flatMap(namesIn));
  if (typeof value === 'string' && known.length > 0 && meant.every(({ path: inner }) => inner.length === 0)) {
    return [source.complaint(path, unknownName(value, known))];
  }
  return meant.flatMap((inner) => explain(inner, path, content, source));
}

/** Another type altogether: a text where fields are wanted. */
function isOtherKind(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

/** Of several groups of fields, that with the fewest faults. */
function nearest(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return [...branches].sort((one, other) => one.length - other.length)[0];
}

function namesIn(issue: Issue): readonly string[] {
  return issue.code === 'invalid_value' && issue.path.length === 0 ? issue.values.map(String) : [];
}

function unknownName(value: unknown, known: readonly string[]): string {
  return `${shown(value)} is not known here.${nearestOrAll(typeof value === 'string' ? value : '', known, 'Take one of')}`;
}

/** The name that was meant; where none is near, all there are. */
export function nearestOrAll(given: string, known: readonly string[], head: string): string {
  const meant = didYouMean(given, known);
  if (meant !== '') return meant;
  return known.length === 0 ? ' There is none.' : ` ${head}: ${known.join(', ')}.`;
}

function messageOf(issue: Issue, value: unknown): string {
  const isOwn = !/^(?:Invalid|Too|Unrecognized)/.test(issue.message);
  if (value === undefined) return isOwn && issue.message.startsWith('must say') ? issue.message : 'is missing.';
  if (isOwn) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? issue.expected}, not ${shown(value)}.`;
    case 'invalid_value':
      return unknownName(value, issue.values.map(String));
    case 'too_small':
      return `must be ${String(issue.minimum)} or more, not ${shown(value)}.`;
    case 'too_big':
      return `must be ${String(issue.maximum)} or less, not ${shown(value)}.`;
    default:
      return `cannot be ${shown(value)}.`;
  }
}

const KINDS: Readonly<Record<string, string>> = {
  object: 'a group of fields',
  record: 'a group of names with their fields',
  array: 'a list',
  string: 'a text',
  number: 'a number',
};

function valueAt(content: unknown, path: Path): unknown {
  let value = content;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[step];
  }
  return value;
}
