/**
 * The lock file must install anywhere: `npm ci` refuses a lock file in which an optional package of another platform has
 * no entry, and npm leaves such entries out when the registry at hand does not carry that platform.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Entry {
  readonly resolved?: string;
  readonly optionalDependencies?: Record<string, string>;
}

const text = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8');
const packages = (JSON.parse(text) as { packages: Record<string, Entry> }).packages;

/** Where Node would find `name` from the package at `from`: in its own node_modules or in one further up. */
function isLocked(from: string, name: string): boolean {
  if (`${from}/node_modules/${name}` in packages) return true;
  if (from === '') return `node_modules/${name}` in packages;
  const up = from.lastIndexOf('/node_modules/');
  return isLocked(up === -1 ? '' : from.slice(0, up), name);
}

test('every optional package of every platform has its entry', () => {
  const asked = Object.entries(packages).flatMap(([from, { optionalDependencies }]) =>
    Object.keys(optionalDependencies ?? {}).map((name) => ({ from, name })),
  );
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter(({ from, name }) => !isLocked(from, name))).toEqual([]);
});

test('the lock file names no registry', () => {
  expect(Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});
