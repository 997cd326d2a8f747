/** The documents inside the committed samples, read as any other program would read a page. */
import { readdirSync, readFileSync } from 'node:fs';
import { reportSchema } from '../../bin/documents/report-schema.ts';
import { DATA_ID } from '../../reports/html/page.ts';
import type { ReportDocument } from '../../reports/report-document.ts';

const folder = new URL('../../reports/gallery/', import.meta.url);

/** Names without their endings. */
export const samples = readdirSync(folder).flatMap((file) => (file.endsWith('.html') ? [file.slice(0, -5)] : []));

export function sampleText(name: string, ending: string): string {
  return readFileSync(new URL(`${name}.${ending}`, folder), 'utf8');
}

export function documentIn(page: string): ReportDocument {
  const match = new RegExp(`<script type="application/json" id="${DATA_ID}">(.*?)</script>`, 's').exec(page);
  const value: unknown = JSON.parse(match![1]!);
  reportSchema.parse(value);
  return value as ReportDocument;
}

export function sampleDocument(name: string): ReportDocument {
  return documentIn(sampleText(name, 'html'));
}

/** Where two long texts part; null where they do not. A test that shows both whole helps nobody. */
export function firstDifference(expected: string, found: string): { expected: string; found: string } | null {
  if (expected === found) return null;
  let at = 0;
  while (expected[at] === found[at]) at++;
  const around = (text: string): string => text.slice(Math.max(0, at - 60), at + 60);
  return { expected: around(expected), found: around(found) };
}
