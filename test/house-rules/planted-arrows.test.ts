/** Wrong arrows and foreign packages: planted, direct and through others, and beside them the right ones. */
import { describe, expect, test } from 'vitest';
import { judge } from './plant.ts';

const neighbours = {
  'simulator/contract/index.ts': 'export const a = 1;\nexport type A = 1;\n',
  'simulator/contract/portable/ln.ts': 'export const ln = 1;\n',
  'simulator/virtual/kernel.ts': 'export const k = 1;\nexport type K = 1;\n',
  'simulator/experiment/result.ts': 'export const r = 1;\nexport type Result = 1;\n',
  'simulator/index.ts': 'export const s = 1;\n',
  'services/idp/idp.ts': 'export const i = 1;\n',
  'scenarios/napta/scenario.ts': 'export const n = 1;\n',
  'reports/score/score.ts': 'export const v = 1;\n',
  'bin/authdrill.ts': 'export const b = 1;\n',
  'services/idp/idp.test.ts': 'export const t = 1;\n',
};

const arrows = (files: Record<string, string>) =>
  judge({ ...neighbours, ...files }).filter(({ rule }) => rule === 'arrows');

const WRONG: readonly (readonly [string, string])[] = [
  ['simulator/contract/a.ts', "import { k } from '../virtual/kernel.ts';"],
  ['simulator/contract/a.ts', "import { i } from '../../services/idp/idp.ts';"],
  ['simulator/virtual/a.ts', "import { r } from '../experiment/result.ts';"],
  ['simulator/experiment/a.ts', "import { n } from '../../scenarios/napta/scenario.ts';"],
  ['services/a.ts', "import { k } from '../simulator/virtual/kernel.ts';"],
  ['services/a.ts', "import type { K } from '../simulator/virtual/kernel.ts';"],
  ['services/a.ts', "export { k } from '../simulator/virtual/kernel.ts';"],
  ['services/a.ts', "export * from '../simulator/virtual/kernel.ts';"],
  ['services/a.ts', "import '../simulator/virtual/kernel.ts';"],
  ['services/a.ts', "import {\n  k,\n} from '../simulator/virtual/kernel.ts';"],
  ['services/a.ts', "import { n } from '../scenarios/napta/scenario.ts';"],
  ['services/a.ts', "import { s } from '../simulator/index.ts';"],
  ['scenarios/a.ts', "import { v } from '../reports/score/score.ts';"],
  ['scenarios/a.ts', "import { k } from '../simulator/virtual/kernel.ts';"],
  ['reports/a.ts', "import { n } from '../scenarios/napta/scenario.ts';"],
  ['reports/a.ts', "import { a } from '../simulator/contract/index.ts';"],
  ['reports/a.ts', "import { r } from '../simulator/experiment/result.ts';"],
  ['reports/a.ts', "import { type Result } from '../simulator/experiment/result.ts';"],
  ['simulator/index.ts', "import { i } from '../services/idp/idp.ts';"],
  ['services/a.ts', "import { b } from '../bin/authdrill.ts';"],
  ['services/a.ts', "import { t } from './idp/idp.test.ts';"],
  ['services/a.ts', "import { i } from './idp/idp';"],
];

const RIGHT: readonly (readonly [string, string])[] = [
  ['simulator/virtual/a.ts', "import { a } from '../contract/index.ts';"],
  ['simulator/experiment/a.ts', "import { k } from '../virtual/kernel.ts';"],
  ['simulator/index.ts', "export { k } from './virtual/kernel.ts';"],
  ['services/a.ts', "import { a } from '../simulator/contract/index.ts';\nimport { i } from './idp/idp.ts';"],
  ['services/a.ts', "// import { k } from '../simulator/virtual/kernel.ts';"],
  ['services/a.ts', "const text = `import { k } from '../simulator/virtual/kernel.ts'`;"],
  [
    'scenarios/a.ts',
    "import { i } from '../services/idp/idp.ts';\nimport { r } from '../simulator/experiment/result.ts';",
  ],
  ['reports/a.ts', "import type { Result } from '../simulator/experiment/result.ts';"],
  ['reports/a.ts', "import { ln } from '../simulator/contract/portable/ln.ts';"],
  ['bin/a.ts', "import { n } from '../scenarios/napta/scenario.ts';\nimport { v } from '../reports/score/score.ts';"],
  ['services/a.test.ts', "import { k } from '../simulator/virtual/kernel.ts';"],
];

describe('direct', () => {
  test.each(WRONG)('%s must not: %s', (path, code) => {
    expect(arrows({ [path]: `${code}\n` })).toEqual([
      { path, line: 2, rule: 'arrows', message: expect.stringMatching(/: (name|.*import only|move|use) ?/) },
    ]);
  });

  test.each(RIGHT)('%s may: %s', (path, code) => {
    expect(arrows({ [path]: `${code}\n` })).toEqual([]);
  });

  test('the message names the room, what it may import and the remedy', () => {
    const [offence] = arrows({ 'services/a.ts': "import { k } from '../simulator/virtual/kernel.ts';\n" });
    expect(offence?.message).toBe(
      'simulator/virtual/kernel.ts is banned here: services may import only simulator/contract; take it as an argument instead',
    );
  });
});

describe('through others', () => {
  const asks = "import { play } from '../simulator/experiment/play.ts';\n";
  const reaches = (files: Record<string, string>) =>
    arrows({ 'scenarios/a.ts': asks, ...files }).map(({ path, line }) => `${path}:${line}`);

  // experiment may use virtual, so neither file breaks a rule by its own imports.
  test.each([
    ['a named re-export', "export { k as play } from '../virtual/kernel.ts';\n"],
    ['a re-export of all', "export * from '../virtual/kernel.ts';\n"],
    ['a re-export of types', "export type { K } from '../virtual/kernel.ts';\n"],
    ['an import exported again', "import { k as play } from '../virtual/kernel.ts';\nexport { play };\n"],
  ])('what a room hands on to another by %s is found', (_, play) => {
    expect(reaches({ 'simulator/experiment/play.ts': play })).toEqual(['scenarios/a.ts:2']);
  });

  test('a chain of re-exports is followed to its end, and told', () => {
    const [offence] = arrows({
      'scenarios/a.ts': asks,
      'simulator/experiment/play.ts': "export * from './inner.ts';\n",
      'simulator/experiment/inner.ts': "export * from '../virtual/kernel.ts';\n",
    });
    expect(offence?.message).toContain(
      'reaches simulator/virtual/kernel.ts through simulator/experiment/inner.ts through simulator/experiment/play.ts',
    );
  });

  test('what a neighbour uses for itself is its own affair', () => {
    const play = "import { k } from '../virtual/kernel.ts';\nexport const play = k;\n";
    expect(reaches({ 'simulator/experiment/play.ts': play })).toEqual([]);
  });

  test('a wall broken next door is reported on both sides', () => {
    const door = "import { k } from '../virtual/kernel.ts';\nexport const door = k;\n";
    const found = arrows({
      'simulator/contract/door.ts': door,
      'services/a.ts': "import { door } from '../simulator/contract/door.ts';\n",
    });
    expect(found.map(({ path, line }) => `${path}:${line}`)).toEqual([
      'simulator/contract/door.ts:2',
      'services/a.ts:2',
    ]);
  });
});

describe('packages', () => {
  const packages = (path: string, code: string) =>
    judge({ ...neighbours, [path]: `${code}\n` }).filter(({ rule }) => rule === 'packages');

  test.each([
    ['simulator/contract/a.ts', "import { sha256 } from '@noble/hashes/sha2.js';"],
    ['simulator/virtual/a.ts', "import { setTimeout } from 'node:timers/promises';"],
    ['simulator/experiment/a.ts', "import { z } from 'zod';"],
    ['services/a.ts', "import fs from 'node:fs';"],
    ['services/a.ts', "import type { KeyObject } from 'crypto';"],
    ['scenarios/a.ts', "import { z } from 'zod';"],
    ['reports/a.ts', "export * from 'commander';"],
    ['bin/a.ts', "import { sha256 } from '@noble/hashes/sha2.js';"],
    ['services/a.ts', "import { s } from 'authdrill';"],
  ])('%s must not: %s', (path, code) => {
    const message = expect.stringMatching(/^package ".+" is banned in .+: write the few lines/);
    expect(packages(path, code)).toEqual([{ path, line: 2, rule: 'packages', message }]);
  });

  test.each([
    ['simulator/experiment/a.ts', "import { sha256 } from '@noble/hashes/sha2.js';"],
    [
      'bin/a.ts',
      "import { z } from 'zod';\nimport { join } from 'node:path/posix';\nimport { Command } from 'commander';",
    ],
    ['services/a.test.ts', "import { test } from 'vitest';"],
    ['services/a.ts', '// like lodash: import x from "lodash"'],
  ])('%s may: %s', (path, code) => {
    expect(packages(path, code)).toEqual([]);
  });
});
