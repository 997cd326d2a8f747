import { describe, expect, it } from 'vitest';
import { sampleDocument } from '../test/docs/gallery-document.ts';
import { junitXml } from './junit.ts';
import type { ReportDocument } from './report-document.ts';

const sample = sampleDocument('napta-2025-12-19');

function withFact(change: Partial<ReportDocument['incidents'][number]['sweep']['facts'][number]>): ReportDocument {
  const [incident] = sample.incidents;
  const facts = incident!.sweep.facts.map((fact) => (fact.id === 'N5' ? { ...fact, ...change } : fact));
  return { ...sample, incidents: [{ ...incident!, sweep: { ...incident!.sweep, facts } }] };
}

describe('facts as test cases', () => {
  it('one that holds passes, one that needs more seeds is skipped', () => {
    const xml = junitXml(sample);
    expect(xml).toMatch(/<testsuite name="napta-2025-12-19" tests="11" failures="0" errors="0" skipped="1" time="0">/);
    expect(xml).toMatch(/<testcase [^>]*name="N5 \(stated\): [^>]*><\/testcase>/);
    expect(xml).toMatch(/name="N8 \(fitted\)[^>]*><skipped /);
  });

  it('one that fails says what was expected, what was observed, and how to see it again', () => {
    const xml = junitXml(withFact({ holds: false, failedSeeds: [2], heldCount: 1, observed: '5 < 9 & "odd"' }));
    expect(xml).toContain('failures="1"');
    expect(xml).toContain('observed 5 &lt; 9 &amp; &quot;odd&quot; on 1 seed (seed 2)');
    expect(xml).toContain('again: authdrill replay napta-2025-12-19 --seed 1');
  });

  it('a fault that nobody met is an error: green would be a lie', () => {
    const [incident] = sample.incidents;
    const sweep = { ...incident!.sweep, unfeltFaults: [{ id: 'idp-keys-unreachable', seeds: [2] }] };
    const xml = junitXml({ ...sample, incidents: [{ ...incident!, sweep }] });
    expect(xml).toContain('errors="1"');
    expect(xml).toContain('<error type="inconclusive" message="no request met it on seed 2: proves nothing">');
  });
});
