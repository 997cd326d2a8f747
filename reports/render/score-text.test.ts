import { describe, expect, it } from 'vitest';
import type { MitigationScore, ScenarioScore } from '../score/score-result.ts';
import { scoreFigure } from './saves-text.ts';
import { scoreText } from './score-text.ts';

const measures = {
  disruptedUserMinutes: 2920.4,
  usersHit: 399,
  intentions: 28_000,
  failedIntentions: 2_800,
  forcedSignIns: 3_271,
  signOuts: 3_263,
  signIns: 3_700,
  signInSuccessRatio: 0.997,
  authRequests: 6_700,
  authPeakRatio: 1.25,
  rateLimited: 0,
  pages: 0,
  timeToDetectMs: 5_520_000,
  timeToRecoverMs: null,
  goodLatencyP50Ms: 66,
  goodLatencyP99Ms: 164,
  instancesWithFailures: 2,
};
const collapse = {
  probability: 0.4,
  low: 0.2,
  high: 0.64,
  bimodal: false,
  thresholdUserMinutes: 1_000,
  collapsedMedianUserMinutes: 2_000,
  escapedMedianUserMinutes: 10,
};
const scored: MitigationScore = {
  id: 'automatic-retry',
  sentence: 'Tries again.',
  status: 'scored',
  actions: { count: 808, seedCount: 4 },
  score: { mean: 93.4, low: 90.6, high: 95.2 },
  scoreByReports: { mean: 92, low: 91, high: 93 },
  verdict: 'reduces',
  collapse,
  measures,
  measuresMissing: { timeToRecoverMs: 4 },
  measuresByReports: null,
  price: {
    seedCount: 2,
    extraRequests: 250,
    latencyP50Ms: 0,
    latencyP99Ms: -3,
    signIns: 0,
    refusals: 0,
    rateLimited: 0,
    falsePages: 1,
    signOuts: 0,
    disruptedUserMinutes: 0,
  },
  exposure: { word: 'within budget', findings: [], breaches: [] },
};
const unscored = { score: null, scoreByReports: null, verdict: null, collapse: null } as const;
const idle: MitigationScore = {
  ...scored,
  ...unscored,
  id: 'idle',
  status: 'not-engaged',
  reason: '0 actions in 4 seeds',
};
const noObject: MitigationScore = {
  ...idle,
  id: 'cookie-key',
  status: 'n/a',
  reason: 'no session cookie here',
  measures: null,
  price: null,
  exposure: null,
};

function card(mitigations: readonly MitigationScore[], more: Partial<ScenarioScore> = {}): string {
  return scoreText({
    id: 'napta',
    title: 'Instances without keys',
    seeds: [1, 2, 3, 4],
    status: 'scored',
    assumptions: {},
    control: {
      measures,
      measuresMissing: { timeToRecoverMs: 4 },
      measuresByReports: null,
      collapse,
      exposure: { word: 'within budget', findings: [], breaches: [] },
    },
    mitigations,
    ...more,
  });
}

describe('the scorecard as text', () => {
  const text = card([scored, idle, noObject]);

  it('fits into 100 columns and says that it saves in the model', () => {
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
    expect(text).toContain('saves in the model');
  });

  it('writes scores in whole numbers with their interval', () => {
    expect(scoreFigure(scored.score)).toBe('93 [91, 95]');
    expect(text).toMatch(/^automatic-retry +reduces +93 \[91, 95\] +92 \[91, 93\] +within budget +808 in 4 seeds$/m);
  });

  it('says not engaged and n/a in words, never as a number', () => {
    expect(text).toMatch(/^idle +not engaged \(0 actions in 4 seeds\)$/m);
    expect(text).toMatch(/^cookie-key +n\/a: no session cookie here$/m);
  });

  it('shows the control beside the arms, and the price as more or less of each thing', () => {
    expect(text).toMatch(/^control +2,920 +3,271 +100 % +125 % +92 min +still bad +164 ms$/m);
    expect(text).toMatch(/^automatic-retry +\+250 +0 +−3 +0 +0 +0 +\+1 +0 +0$/m);
  });

  it('leaves the second figure out where nobody computed it', () => {
    expect(text).toContain('by reports');
    expect(card([{ ...scored, scoreByReports: null }])).not.toContain('by reports');
  });

  it('puts the probability of collapse first where outcomes fall into two groups', () => {
    const bimodal = card([{ ...scored, collapse: { ...collapse, bimodal: true } }]);
    expect(bimodal).toMatch(/^automatic-retry +40 % \[20, 64\] +reduces/m);
    expect(text).not.toContain('collapses');
  });

  it('says of an arm with two outcomes what either costs, and on how many seeds it collapses where its control does not', () => {
    const paired = { bothCount: 1, onlyFirstCount: 12, onlySecondCount: 1, neitherCount: 6, pValue: 0.00342 };
    const bimodal = card([{ ...scored, collapse: { ...collapse, bimodal: true }, collapseAgainstControl: paired }]);
    expect(bimodal.replaceAll(/\s+/g, ' ')).toContain(
      'automatic-retry: collapses alone on 1 seeds, its control alone on 12 (McNemar, p = 0.003); median 2,000 user-minutes ' +
        'where it collapses, 10 user-minutes where it does not.',
    );
  });

  it('shows the shares of the region of assumptions in the same row, where there are any', () => {
    const share = (value: number) => ({ share: value, low: 0, high: 1 });
    const region = {
      setCount: 50,
      helps: share(0.82),
      ranksFirst: share(0.4),
      harms: share(0.02),
      scoreQuantiles: [1, 2, 3] as const,
    };
    expect(card([{ ...scored, scoreByReports: null, region }])).toMatch(/^automatic-retry +reduces.*82, 40, 2 %/m);
    expect(text).not.toContain('region');
  });

  it('says on how many seeds each arm ran where the width of its interval decided', () => {
    const stopping = {
      rule: 'precision',
      pilotSeedCount: 4,
      precisionPoints: 5,
      minimumSeedCount: 20,
      batchSeedCount: 10,
      maximumSeedCount: 400,
    } as const;
    const precise = card([{ ...scored, seedCount: 40 }], { stopping });
    expect(precise).toMatch(/^automatic-retry .* 40$/m);
    expect(precise).toContain('Each arm ran on at least 20 seeds');
  });

  it('names what breaks the exposure budget', () => {
    const open = card([{ ...scored, exposure: { word: 'admits forged', findings: [], breaches: ['alg-none'] } }]);
    expect(open).toContain('admits forged');
    expect(open).toContain('Beyond the exposure budget: automatic-retry: alg-none.');
  });

  it('says why an incident is inconclusive', () => {
    const doubtful = card([scored], {
      status: 'inconclusive',
      reason: 'in the control, fault "x" was never felt on seed 4',
    });
    expect(doubtful).toContain('INCONCLUSIVE');
    expect(doubtful).toContain('never felt on seed 4');
  });
});
