import { describe, expect, it } from 'vitest';
import { documentIn, firstDifference, sampleDocument } from '../../test/docs/gallery-document.ts';
import type { ReportDocument } from '../report-document.ts';
import { htmlPage } from './page.ts';

const sample = sampleDocument('napta-2025-12-19');
const [incident] = sample.incidents;

/** The sample with other texts in it. */
function changed(change: Partial<ReportDocument['incidents'][number]>): ReportDocument {
  return { ...sample, incidents: [{ ...incident!, ...change }] };
}

describe('the page', () => {
  it('holds its document whole: read back, it draws the same page', () => {
    const page = htmlPage(sample);
    expect(documentIn(page)).toEqual(sample);
    expect(firstDifference(htmlPage(documentIn(page)), page)).toBeNull();
  });

  it('shows names of a scenario file as text, whatever they try', () => {
    const evil = '</script><script>alert(1)</script>"onload="alert(2)';
    const picture = {
      ...incident!.picture,
      instances: incident!.picture.instances.map((row) => ({ ...row, instance: `${evil}${row.instance}` })),
    };
    const page = htmlPage(changed({ title: evil, sentence: evil, picture }));
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.match(/<\/script/g)).toHaveLength(1);
    expect(page).not.toContain('"onload="');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('says the verdict in a word before anything else is shown', () => {
    const page = htmlPage({ ...sample, verdict: { word: 'INCONCLUSIVE', reasons: ['nobody met the fault.'] } });
    expect(page).toContain('<p class="verdict inconclusive"><strong>INCONCLUSIVE</strong> nobody met the fault.</p>');
    expect(page.indexOf('INCONCLUSIVE')).toBeLessThan(page.indexOf('<section'));
  });

  it('calls nobody’s own file a model of a public report', () => {
    const thresholds = [{ measure: 'usersHit', verdict: 'FAIL' as const, expected: 'at most 1', observed: '397' }];
    const page = htmlPage(changed({ isOwn: true, thresholds }));
    expect(page).not.toContain('not affiliated');
    expect(page).toContain('<td role="cell" data-name="observed">397</td>');
    expect(htmlPage(sample)).toContain('not affiliated');
  });

  it('has an id for every place that is linked to or named by another', () => {
    const page = htmlPage(sample);
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id!);
    expect(new Set(ids).size).toBe(ids.length);
    const named = [...page.matchAll(/(?:href="#|aria-labelledby=")([^"]+)"/g)].map(([, id]) => id!);
    expect(named.length).toBeGreaterThan(7);
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });
});
