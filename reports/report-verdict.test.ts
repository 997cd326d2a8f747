import { describe, expect, it } from 'vitest';
import { sampleDocument } from '../test/docs/gallery-document.ts';
import type { ThresholdFigure } from './report-document.ts';
import { reportVerdict } from './report-verdict.ts';

const { incidents, score } = sampleDocument('napta-2025-12-19');
const [incident] = incidents;
const threshold = (measure: string, verdict: ThresholdFigure['verdict']): ThresholdFigure => {
  return { measure, verdict, expected: '', observed: '' };
};

describe('the word over a report', () => {
  it('passes when the facts hold, and says how many cannot be judged yet', () => {
    expect(reportVerdict(incidents, score)).toEqual({
      word: 'PASS',
      reasons: ['10 facts of the public report hold on seeds 1 to 2.', '1 fact needs more seeds to be judged.'],
    });
  });

  it('a failed fact goes before a fault that was never felt, and that before everything else', () => {
    const unfelt = { ...incident!.sweep, unfeltFaults: [{ id: 'outage', seeds: [2] }] };
    expect(reportVerdict([{ sweep: unfelt }], score)).toEqual({
      word: 'INCONCLUSIVE',
      reasons: ['napta-2025-12-19: no request met outage on seed 2.'],
    });
    const broken = {
      ...unfelt,
      facts: unfelt.facts.map((fact) => (fact.id === 'N4' ? { ...fact, holds: false } : fact)),
    };
    expect(reportVerdict([{ sweep: broken }], score)).toEqual({
      word: 'FAIL',
      reasons: ['napta-2025-12-19: not on every seed N4.'],
    });
  });

  it('of a scenario file the thresholds decide, each named once', () => {
    const own = (...thresholds: readonly ThresholdFigure[]) => [
      { sweep: incident!.sweep, isOwn: true as const, thresholds },
    ];
    const kept = threshold('usersHit', 'PASS');
    expect(reportVerdict(own(kept), null)).toEqual({ word: 'PASS', reasons: ['1 threshold kept on seeds 1 to 2.'] });
    expect(reportVerdict(own(kept, threshold('pages', 'INCONCLUSIVE')), null).word).toBe('INCONCLUSIVE');
    expect(reportVerdict(own(threshold('pages', 'INCONCLUSIVE'), threshold('usersHit', 'FAIL')), null)).toEqual({
      word: 'FAIL',
      reasons: ['napta-2025-12-19: not kept usersHit.'],
    });
  });

  it('a control that did not feel its fault proves nothing about mitigations', () => {
    const scenarios = score!.scenarios.map((scenario) => ({ ...scenario, reason: 'in the control, nobody met it' }));
    expect(reportVerdict(incidents, { ...score!, scenarios })).toEqual({
      word: 'INCONCLUSIVE',
      reasons: ['napta-2025-12-19: in the control, nobody met it.'],
    });
  });
});
