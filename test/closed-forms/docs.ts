/**
 * The generated parts of `docs/closed-forms.md`: each stands between two comments that name it. A test compares them;
 * with UPDATE_DOCS=1 they are written first.
 */
import { readFileSync, writeFileSync } from 'node:fs';

export const PAGE = new URL('../../docs/closed-forms.md', import.meta.url);

/** The part called `name` as it stands in the page; with UPDATE_DOCS=1 after `made` has been put in its place. */
export function partOfDocs(name: string, made: string): string {
  const page = readFileSync(PAGE, 'utf8');
  const begin = `<!-- ${name}: made by UPDATE_DOCS=1 npx vitest run test/closed-forms -->\n\n`;
  const end = `\n\n<!-- end of ${name} -->`;
  const from = page.indexOf(begin) + begin.length;
  const to = page.indexOf(end, from);
  if (!page.includes(begin) || to < 0) throw new Error(`docs/closed-forms.md has no part called ${name}.`);
  if (process.env['UPDATE_DOCS'] !== '1') return page.slice(from, to);
  writeFileSync(PAGE, page.slice(0, from) + made + page.slice(to));
  return made;
}
