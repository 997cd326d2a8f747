/** The example of the programmatic interface is one text in all places where it stands, it compiles, and it prints what they say. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { PAGE, partOfDocs } from './docs.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const entrance = join(root, 'simulator/index.ts');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'authdrill-example-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The TypeScript blocks of a markdown text that use the package. */
function examplesIn(text: string): string[] {
  const blocks = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code!);
  return blocks.filter((code) => code.includes("from 'authdrill'"));
}

/** The docstring of `simulate` without its stars. */
function docstring(): string {
  const source = readFileSync(join(root, 'simulator/virtual/simulate.ts'), 'utf8');
  return source.replaceAll(/^ \* ?/gm, '');
}

const [example] = examplesIn(readFileSync(PAGE, 'utf8')) as [string];

it('the example takes no more than 20 lines', () => {
  expect(example.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(20);
});

it('it is the same in the docstring of simulate, in the page and in the README', () => {
  expect(examplesIn(docstring())).toEqual([example]);
  expect(examplesIn(readFileSync(PAGE, 'utf8'))).toEqual([example]);
  const readme = join(root, 'README.md');
  for (const other of existsSync(readme) ? examplesIn(readFileSync(readme, 'utf8')) : []) expect(other).toBe(example);
});

it('it compiles under strict rules, with the package by its name', () => {
  const compilerOptions = {
    strict: true,
    noEmit: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noUnusedLocals: true,
    target: 'ES2023',
    lib: ['ES2023', 'DOM'],
    types: [],
    module: 'NodeNext',
    rewriteRelativeImportExtensions: true,
    skipLibCheck: true,
    paths: { authdrill: [entrance] },
  };
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'checked.ts'), example);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['checked.ts'] }));
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const compile = () => execFileSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
  expect(compile()).toBe('');
  writeFileSync(join(folder, 'checked.ts'), example.replace('pool(8)', "pool('8')"));
  expect(compile).toThrow(/Command failed/);
});

it('it prints what the page says', async () => {
  const printed: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  const file = join(folder, 'executed.ts');
  writeFileSync(file, example.replace("'authdrill'", JSON.stringify(entrance)));
  await import(/* @vite-ignore */ file);
  log.mockRestore();
  expect(printed).toHaveLength(1);
  const output = ['```text', ...printed, '```'].join('\n');
  expect(partOfDocs('output', output)).toBe(output);
});
