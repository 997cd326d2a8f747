import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mitigations } from '../../services/mitigations/index.ts';
import { cataloguePage } from './catalogue.ts';

const path = new URL('../../docs/mitigations.md', import.meta.url);

test('docs/mitigations.md says what the files of the mitigations say (npm run docs rewrites it)', () => {
  const page = cataloguePage();
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(path, page);
  expect(readFileSync(path, 'utf8')).toBe(page);
});

test.each(mitigations)('$id shows a change: lines of a diff, one of them added or taken away', ({ change }) => {
  const lines = change.split('\n');
  expect(lines.filter((line) => !/^[-+ ]/.test(line))).toEqual([]);
  expect(lines.some((line) => /^[-+]/.test(line))).toBe(true);
});
