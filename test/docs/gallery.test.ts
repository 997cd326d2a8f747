/** The committed samples are what today's program draws of the documents that they hold. Their runs are repeated elsewhere. */
import { describe, expect, test } from 'vitest';
import { csvText } from '../../reports/csv.ts';
import { htmlPage } from '../../reports/html/page.ts';
import { junitXml } from '../../reports/junit.ts';
import { markdownText } from '../../reports/markdown.ts';
import type { ReportDocument } from '../../reports/report-document.ts';
import { documentIn, firstDifference, samples, sampleText } from './gallery-document.ts';

describe.each(samples)('reports/gallery/%s (npm run docs rewrites it)', (name) => {
  const page = sampleText(name, 'html');
  const document = documentIn(page);

  test('is drawn from the document that lies in it, byte for byte', () => {
    expect(firstDifference(htmlPage(document), page)).toBeNull();
  });

  test.each([
    ['md', markdownText],
    ['xml', junitXml],
    ['csv', (sample: ReportDocument) => csvText(sample.runs!)],
  ])('stands beside a .%s of the same document', (ending, write) => {
    expect(firstDifference(write(document), sampleText(name, ending))).toBeNull();
  });

  test('holds no script that could run and no address to fetch from', () => {
    expect(page.match(/<script(?![^>]*application\/json)/g)).toBeNull();
    expect(page.match(/\s(?:src|href|action|on\w+)="(?!#)[^"]*"/g)).toBeNull();
    expect(page).not.toMatch(/url\(|@import|https?:\/\//);
  });

  test('follows the order of a report', () => {
    const parts = ['when', 'where', 'why', 'load', 'mitigations', 'assumptions'].map(
      (part) => `id="${name}-${part}-title"`,
    );
    const order = ['class="verdict', '<pre', `id="${name}-facts-title"`, ...parts, 'id="limits-title"'];
    const at = order.map((place) => page.indexOf(place));
    expect(at.every((place) => place > 0)).toBe(true);
    expect(at).toEqual(at.toSorted((a, b) => a - b));
  });
});

test('every published incident of the first three has a sample', () => {
  expect(samples).toEqual(['cytracom-2021-03-16', 'napta-2025-12-19', 'uniflow-2024-09-09']);
});
