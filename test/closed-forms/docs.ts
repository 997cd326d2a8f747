/**
 * The generated parts of `docs/closed-forms.md`: each stands between two comments that name it. A test compares them;
 * with UPDATE_DOCS=1 it writes them instead.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

export const PAGE = new URL('../../docs/closed-forms.md', import.meta.url);

/** Fails when the part called `name` is not exactly this text. */
export function expectInDocs(name: string, text: string): void {
  const page = readFileSync(PAGE, 'utf8');
  const begin = `<!-- ${name}: made by UPDATE_DOCS=1 npx vitest run test/closed-forms -->\n\n`;
  const end = `\n\n<!-- end of ${name} -->`;
  const from = page.indexOf(begin) + begin.length;
  const to = page.indexOf(end, from);
  expect(page.includes(begin) && to >= 0, `docs/closed-forms.md has a part called ${name}`).toBe(true);
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, page.slice(0, from) + text + page.slice(to));
  else expect(page.slice(from, to)).toBe(text);
}
