import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ScoreResult } from '../reports/score/score-document.ts';
import { readRegions, withRegions } from './region-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'authdrill-region-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

const share = { share: 0.8, low: 0.7, high: 0.9 };
const shares = { setCount: 50, helps: share, ranksFirst: share, harms: share, scoreQuantiles: [1, 2, 3] };
const region = {
  kind: 'region',
  scenario: 'napta',
  mitigations: [
    { id: 'retry', shares },
    { id: 'idle', shares: null },
  ],
};
const arms = ['retry', 'idle', 'other'].map((id) => ({ id }));
const scored = {
  kind: 'score',
  digest: 'abc',
  scenarios: [
    { id: 'napta', mitigations: arms },
    { id: 'cytracom', mitigations: arms },
  ],
} as unknown as ScoreResult;

describe('the shares of a region', () => {
  it('are put into the rows of their incident, and change the digest', () => {
    const result = withRegions(scored, readRegions(written('good.json', JSON.stringify(region))));
    expect(result.scenarios[0]!.mitigations).toEqual([
      { id: 'retry', region: shares },
      { id: 'idle' },
      { id: 'other' },
    ]);
    expect(result.scenarios[1]!.mitigations).toEqual(arms);
    expect(result.digest).not.toBe('abc');
  });

  it('leave a scorecard as it is where there are none', () => {
    expect(withRegions(scored, readRegions(undefined))).toBe(scored);
  });

  it.each([
    ['missing.json', undefined, /^--region .*missing\.json cannot be read: ENOENT/],
    ['broken.json', '{', /^--region .*broken\.json cannot be read: /],
    ['score.json', '{"kind":"score"}', /^--region .*score\.json is no region: kind .* Make one with `region/],
    [
      'odd.json',
      JSON.stringify({ ...region, mitigations: [{ id: 'a', shares: { ...shares, helps: { share: 2 } } }] }),
      /no region: mitigations\.0\.shares\.helps\.share/,
    ],
  ])('cannot be read from %s', (name, content, sentence) => {
    const file = content === undefined ? join(folder, name) : written(name, content);
    expect(() => readRegions(file)).toThrow(sentence);
  });
});
