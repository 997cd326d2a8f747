/** Size, names and switched-off checks: planted, and beside them what is allowed. */
import { expect, test } from 'vitest';
import { checkHouse } from './check-house.ts';
import { judge } from './plant.ts';
import { LINE_CAP } from './shape.ts';

const rules = (path: string, text = 'export const a = 1;\n') => judge({ [path]: text }).map(({ rule }) => rule);

test('a file one line over the cap is too long, one at the cap is not', () => {
  const lines = (count: number) => '\n'.repeat(count - 1);
  expect(rules('services/a.ts', lines(LINE_CAP + 1))).toEqual(['file-size']);
  expect(rules('services/a.ts', lines(LINE_CAP))).toEqual([]);
  expect(rules('test/a.test.ts', lines(LINE_CAP + 1))).toEqual(['file-size']);
});

test.each(['utils', 'util', 'common', 'helpers', 'helper', 'misc', 'token-utils', 'test-helpers'])(
  'a file or folder called %s says nothing',
  (name) => {
    expect(rules(`services/${name}.ts`)).toEqual(['file-name']);
    expect(rules(`services/${name}/a.ts`)).toEqual(['file-name']);
    expect(rules(`services/${name}.test.ts`)).toEqual(['file-name']);
  },
);

test.each(['keyRing', 'key_ring', 'KeyRing', 'key--ring'])('a file called %s is not kebab-case', (name) => {
  expect(rules(`services/${name}.ts`)).toEqual(['file-name']);
});

test.each(['key-ring', 'common-draws', 'napta-2025-12-19', 'es256', 'key-ring.test'])('%s is a fair name', (name) => {
  expect(rules(`services/${name}.ts`)).toEqual([]);
});

test.each(['services/a.js', 'services/a.mts', 'services/a.tsx', 'reports/a.mjs', 'bin/a.cjs'])(
  '%s would hide from the rules',
  (path) => {
    expect(rules(path)).toEqual(['file-name']);
  },
);

test('what runs before anything is compiled is plain JavaScript', () => {
  expect(rules('bin/a.mjs', 'Date.now();\n')).toEqual([]);
});

test.each(['// @ts-ignore', '// @ts-nocheck', '/* @ts-expect-error */', '/// <reference types="node" />'])(
  '%s opens a back door',
  (comment) => {
    expect(rules('services/a.ts', `${comment}\nexport const a = 1;\n`)).toEqual(['switched-off']);
    expect(rules('services/a.test.ts', `${comment}\nexport const a = 1;\n`)).toEqual([]);
  },
);

test('a file says first why it exists', () => {
  const headers = (text: string) => checkHouse(new Map([['services/a.ts', text]])).map(({ rule }) => rule);
  expect(headers('export const a = 1; // too late\n// too late\n')).toEqual(['header']);
  expect(headers('export const a = 1;\n')).toEqual(['header']);
  expect(headers('// Why.\nexport const a = 1;\n')).toEqual([]);
  expect(headers('#!/usr/bin/env node\n// Why.\nexport const a = 1;\n')).toEqual([]);
});
