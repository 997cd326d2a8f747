/** Where results and messages go: results to stdout, the rest to stderr, files whole or not at all. */
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { styleText } from 'node:util';
import type { Paint, Tone } from '../reports/render/paint.ts';
import { UsageError } from './exit.ts';

/** A message, on stderr. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

export function toJson(document: unknown): string {
  return JSON.stringify(document, undefined, 2);
}

const FORMATS: Readonly<Record<Tone, Parameters<typeof styleText>[0]>> = {
  good: 'green',
  bad: 'red',
  unsure: 'yellow',
  strong: 'bold',
  faint: 'dim',
};

/** Colours for a terminal; plain for a pipe, a file, NO_COLOR, TERM=dumb and --no-color. */
export const terminalPaint: Paint = (tone, text) =>
  styleText(FORMATS[tone], text, { stream: process.stdout, validateStream: true });

/** Refuses a path that cannot be written before any time is spent on what should go there. */
export function checkOutput(path: string, flag = '--output'): void {
  const target = resolve(path);
  if (kindOf(target) === 'directory') throw new UsageError(`${flag} ${path} is a directory. Give the path of a file.`);
  const folder = dirname(target);
  if (kindOf(folder) !== 'directory') {
    throw new UsageError(`${flag} ${path} lies in ${folder}, which is not a directory. Make it first.`);
  }
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new UsageError(`${flag} ${path} lies in ${folder}, where this user may not write. Choose another folder.`);
  }
}

/** Writes beside the target, flushes to the disk and renames: the file is there whole, or as it was before. */
export function writeWhole(path: string, text: string, flag = '--output'): void {
  const target = resolve(path);
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const file = openSync(temporary, 'wx', 0o644);
    try {
      const bytes = Buffer.from(text, 'utf8');
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${flag} ${path} could not be written: ${reason}.`);
  }
}

function kindOf(path: string): 'directory' | 'other' | 'none' {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 'none';
  return found.isDirectory() ? 'directory' : 'other';
}
