/** Every command of the lessons prints what the lesson shows. `npm run docs` rewrites the outputs. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chapters, headingsOf, printed, SECTIONS, sessionsOf, withOutputs } from './lessons.ts';

describe.each(chapters().map((path) => ({ path, name: basename(path) })))('$name', ({ path }) => {
  test('has all parts of a lesson, in order', () => {
    expect(headingsOf(path)).toEqual([...SECTIONS]);
  });

  test('shows what its commands print', async () => {
    const text = readFileSync(path, 'utf8');
    const sessions = sessionsOf(text);
    expect(sessions.length).toBeGreaterThan(0);
    const outputs: string[] = [];
    for (const { command } of sessions) outputs.push(await printed(command));
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(path, withOutputs(text, outputs));
    expect(sessionsOf(readFileSync(path, 'utf8')).map(({ output }) => output)).toEqual(outputs);
  });
});
