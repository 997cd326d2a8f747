import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { referencePage } from './reference.ts';

const path = new URL('../../docs/reference.md', import.meta.url);

test('docs/reference.md says what the registries say (npm run docs rewrites it)', () => {
  const page = referencePage();
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(path, page);
  expect(readFileSync(path, 'utf8')).toBe(page);
});
