import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkOutput, writeWhole } from './output.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'authdrill-output-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a result file', () => {
  it('is there whole, replaces what was there, and leaves nothing beside it', () => {
    const path = join(folder, 'result.json');
    writeFileSync(path, 'old');
    const text = 'ä'.repeat(300_000);
    writeWhole(path, text);
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(readdirSync(folder)).toEqual(['result.json']);
  });

  it('stays as it was when it cannot be replaced, and nothing is left beside it', () => {
    const path = join(folder, 'result.json');
    mkdirSync(path);
    writeFileSync(join(path, 'inside'), 'kept');
    expect(() => writeWhole(path, 'new')).toThrow(new RegExp(`^--output ${path} could not be written: `));
    expect(readdirSync(folder)).toEqual(['result.json']);
    expect(readFileSync(join(path, 'inside'), 'utf8')).toBe('kept');
  });

  it('is refused before the run where it cannot be', () => {
    expect(() => checkOutput(folder)).toThrow(`--output ${folder} is a directory. Give the path of a file.`);
    expect(() => checkOutput(join(folder, 'none', 'x'))).toThrow(/none, which is not a directory\. Make it first\.$/);
    expect(() => checkOutput(join(folder, 'fine.json'))).not.toThrow();
  });

  it.skipIf(process.getuid?.() === 0)('is refused before the run where this user may not write', () => {
    chmodSync(folder, 0o500);
    expect(() => checkOutput(join(folder, 'x'))).toThrow(/where this user may not write\. Choose another folder\.$/);
  });
});
