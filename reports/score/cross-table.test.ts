import { describe, expect, it } from 'vitest';
import { crossText } from '../render/cross-text.ts';
import { crossTable } from './cross-table.ts';
import type { MitigationScore } from './score-result.ts';

const collapse = {
  probability: 0.4,
  low: 0.2,
  high: 0.64,
  bimodal: true,
  thresholdUserMinutes: 1_000,
  collapsedMedianUserMinutes: 2_000,
  escapedMedianUserMinutes: 10,
};

function arm(id: string, verdict: MitigationScore['verdict'], more: Partial<MitigationScore> = {}): MitigationScore {
  return {
    id,
    sentence: '',
    status: 'scored',
    actions: { count: 1, seedCount: 1 },
    score: { mean: 40, low: 30, high: 50 },
    scoreByReports: null,
    verdict,
    collapse: null,
    measures: null,
    measuresMissing: {},
    measuresByReports: null,
    price: null,
    exposure: { word: 'within budget', findings: [], breaches: [] },
    ...more,
  };
}

const idle = { status: 'not-engaged', score: null, verdict: null } as const;
const absent = { status: 'n/a', score: null, verdict: null, exposure: null } as const;
const open = { exposure: { word: 'admits forged', findings: [], breaches: ['alg-none'] } } as const;

const scenarios = [
  {
    id: 'napta',
    seeds: [1, 2],
    mitigations: [
      arm('retry', 'prevents'),
      arm('limit', null, idle),
      arm('cookie', null, absent),
      arm('trust', 'reduces', open),
    ],
  },
  {
    id: 'cytracom',
    seeds: [1, 2],
    mitigations: [
      arm('retry', 'worsens', { score: { mean: -20, low: -30, high: -10 } }),
      arm('limit', 'reduces', { collapse, seedCount: 1 }),
      arm('cookie', null, absent),
      arm('trust', 'reduces', open),
    ],
  },
];

describe('the cross table', () => {
  const table = crossTable(scenarios);

  it('puts first what helps in more incidents, then what hurts in fewer', () => {
    expect(table.scenarios).toEqual(['napta', 'cytracom']);
    expect(table.rows.map(({ mitigation, helpsCount, hurtsCount }) => [mitigation, helpsCount, hurtsCount])).toEqual([
      ['trust', 2, 2],
      ['limit', 1, 0],
      ['retry', 1, 1],
      ['cookie', 0, 0],
    ]);
  });

  it('tells not engaged from n/a, and both from a score of 0', () => {
    const cells = table.rows.find(({ mitigation }) => mitigation === 'limit')!.cells;
    expect(cells).toMatchObject([
      { scenario: 'napta', status: 'not-engaged', score: null, collapseProbability: null, seedCount: 2 },
      { scenario: 'cytracom', status: 'scored', verdict: 'reduces', collapseProbability: 0.4, seedCount: 1 },
    ]);
    const [none] = table.rows.find(({ mitigation }) => mitigation === 'cookie')!.cells;
    expect(none).toMatchObject({ status: 'n/a', seedCount: 0 });
  });

  it('does not depend on the order of the arms', () => {
    const turned = scenarios.map((scenario) => ({ ...scenario, mitigations: scenario.mitigations.toReversed() }));
    expect(crossTable(turned)).toEqual(table);
  });

  it('leaves a cell out where a mitigation was not asked for', () => {
    const some = [scenarios[0]!, { ...scenarios[1]!, mitigations: [] }];
    expect(crossTable(some).rows.every(({ cells }) => cells.length === 1)).toBe(true);
  });
});

describe('the cross table as text', () => {
  const text = crossText(crossTable(scenarios));

  it('has a line for each mitigation and a column for each incident, the probability of collapse first in its cell', () => {
    expect(text).toMatch(/^mitigation +napta +cytracom +helps$/m);
    expect(text).toMatch(/^retry +prevents 40 +worsens −20 +1$/m);
    expect(text.replaceAll(/\s+/g, ' ')).toContain('limit not engaged collapses on 40 %; reduces 40 1');
    expect(text).toContain('reduces 40; admits forged');
    expect(text).toMatch(/^Not engaged, or without an object, in any: cookie\.$/m);
  });

  it('goes on below when there are more incidents than fit beside each other', () => {
    const many = Array.from({ length: 6 }, (_, index) => ({ ...scenarios[0]!, id: `incident-2024-01-0${index}` }));
    const wide = crossText(crossTable(many));
    expect(Math.max(...wide.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
    expect([...wide.matchAll(/^mitigation /gm)]).toHaveLength(2);
    expect([...wide.matchAll(/^retry /gm)]).toHaveLength(2);
  });
});
