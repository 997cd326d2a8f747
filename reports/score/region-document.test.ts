import { describe, expect, it } from 'vitest';
import type { ArmRun, RegionArm, RegionExperiment } from '../../simulator/experiment/index.ts';
import { regionText } from '../render/region-text.ts';
import { regionDocument } from './region-document.ts';

const none = { attemptedCount: 3, admittedCount: 0, longestAdmittedMs: 0 };

function arm(
  mitigation: string | null,
  harm: number,
  exposure: ArmRun['exposure'] = [{ kind: 'alg-none', ...none }],
): RegionArm {
  const measures = { disruptedUserMinutes: harm } as ArmRun['measures'];
  return { mitigation, scored: [{ seed: 1, traceHash: '', measures, exposure, actionCount: 1, unfeltFaults: [] }] };
}

const forged = [{ kind: 'alg-none', ...none, admittedCount: 1 }];

/** Retry saves what the outage leaves of a hundred minutes; rival saves 60 of 100 always; trust all, for a forged token. */
function armsAt(outageMin: number): readonly RegionArm[] {
  return [
    arm(null, 100),
    arm('retry', Math.min(100, outageMin)),
    arm('rival', 40),
    arm('trust', 0, forged),
    arm('panic', 150),
  ];
}

const outages = [5, 10, 20, 30, 35, 39, 45, 60, 80, 99];
const lifetime = { accessTokenLifetimeMs: 3_600_000 };
const box = { low: 0, high: 200, boxLow: 0, boxHigh: 100, keptLow: 5, keptHigh: 99, scale: 'linear' } as const;
const experiment: RegionExperiment = {
  schemaVersion: 1,
  kind: 'region-experiment',
  id: 'made-up',
  title: 'Made up',
  ...lifetime,
  mitigations: [
    ...['retry', 'rival', 'trust', 'panic'].map((id) => ({ id, sentence: '' })),
    { id: 'idle', sentence: '', leftOut: { status: 'not-engaged', reason: '0 actions in 3 seeds at the defaults' } },
  ],
  assumptions: [
    { id: 'outageMin', unit: 'min', value: 20, ...box },
    { id: 'chairs', unit: 'chairs', value: 50, ...box },
  ],
  triedCount: 24,
  impossible: [{ reason: 'more chairs than house', count: 2 }],
  tooLargeCount: 1,
  largestEventRatio: 4,
  narrowedCount: 2,
  brokenFacts: [{ id: 'F1', count: 11 }],
  wantedCount: 10,
  seedsPerSet: 1,
  sets: outages.map((outageMin, index) => ({
    ...lifetime,
    values: { outageMin, chairs: (index * 37) % 100 },
    seeds: [index + 1],
    arms: armsAt(outageMin),
  })),
  defaults: { seeds: [1], arms: armsAt(20) },
  scan: [
    ...[0, 48, 60, 97, 200].map((value) => {
      return { ...lifetime, assumption: 'outageMin', value, factsHold: value < 100, arms: armsAt(value) };
    }),
    { ...lifetime, assumption: 'chairs', value: 200, factsHold: true, arms: armsAt(20) },
  ],
};

describe('the region', () => {
  const result = regionDocument(experiment);
  const find = (id: string) => result.mitigations.find((each) => each.id === id)!;

  it('counts the sets in which a mitigation helps, ranks first, harms', () => {
    // Above 95 minutes retry saves less than 5 points; up to 39 it saves more than rival's 60.
    expect(find('retry').shares).toMatchObject({ setCount: 10, helps: { share: 0.9 }, ranksFirst: { share: 0.6 } });
    expect(find('rival').shares).toMatchObject({
      helps: { share: 1 },
      ranksFirst: { share: 0.4 },
      harms: { share: 0 },
    });
    expect(find('panic').shares).toMatchObject({ helps: { share: 0 }, harms: { share: 1 } });
    expect(find('retry').shares!.helps.low).toBeCloseTo(0.596, 3);
  });

  it('never lets what admits a forged token help or rank first: it harms', () => {
    expect(find('trust').shares).toMatchObject({
      helps: { share: 0 },
      ranksFirst: { share: 0 },
      harms: { share: 1 },
      scoreQuantiles: [0, 0, 0],
    });
  });

  it('shares the first place among equals, and gives it to nobody where nobody helps', () => {
    const equals = {
      ...experiment,
      sets: experiment.sets.map((set) => ({ ...set, arms: [arm(null, 100), arm('retry', 40), arm('rival', 40)] })),
    };
    const [one, other] = regionDocument(equals).mitigations;
    expect([one!.shares!.ranksFirst.share, other!.shares!.ranksFirst.share]).toEqual([1, 1]);
    const vain = {
      ...experiment,
      sets: experiment.sets.map((set) => ({ ...set, arms: [arm(null, 100), arm('retry', 100)] })),
    };
    expect(regionDocument(vain).mitigations.every(({ shares }) => (shares?.ranksFirst.share ?? 0) === 0)).toBe(true);
  });

  it('takes a mitigation without an object in a set for one that changes nothing there', () => {
    const some = experiment.sets.map((set, index) => (index < 5 ? { ...set, arms: set.arms.slice(0, 1) } : set));
    expect(
      regionDocument({ ...experiment, sets: some }).mitigations.find(({ id }) => id === 'rival')!.shares,
    ).toMatchObject({
      setCount: 10,
      helps: { share: 0.5 },
      harms: { share: 0 },
    });
  });

  it('names the assumption that a score goes with, and none that it does not', () => {
    expect(find('retry').drivers).toEqual([{ assumption: 'outageMin', rankCorrelation: expect.closeTo(-1, 10) }]);
    expect(find('rival').drivers).toEqual([]);
  });

  it('finds the two values between which a conclusion flips, the nearer one to the default first', () => {
    expect(result.flips).toEqual([
      {
        mitigation: 'retry',
        assumption: 'outageMin',
        unit: 'min',
        atDefault: 'saves most',
        flipped: 'helps',
        between: [48, 60],
        scores: [52, 40],
        factsHold: true,
      },
    ]);
  });

  it('keeps those left out, last, with the reason', () => {
    expect(result.mitigations.at(-1)).toMatchObject({ id: 'idle', status: 'not-engaged', shares: null });
  });

  it('is inconclusive with fewer sets than were wanted', () => {
    expect(result.status).toBe('scored');
    expect(regionDocument({ ...experiment, wantedCount: 50 }).status).toBe('inconclusive');
  });
});

describe('the region as text', () => {
  const text = regionText({ ...regionDocument(experiment), digest: '' });
  const flat = text.replaceAll(/\s+/g, ' ');

  it('shows shares with intervals, and what flips', () => {
    expect(text).toMatch(/^retry +90 \[60, 98\] +60 \[31, 83\] +0 \[0, 28\] /m);
    expect(flat).toContain('retry saves most, but helps a little at outageMin = 60: 52 points at 48, 40 at 60.');
    expect(flat).toContain('idle not engaged (0 actions in 3 seeds at the defaults)');
  });

  it('prints the region of each assumption, how it was narrowed, and what was thrown away', () => {
    expect(text).toMatch(/^outageMin +20 +0 to 200 +0 to 100 +5 to 99 +min$/m);
    expect(flat).toContain('narrowed 2 times');
    expect(flat).toContain('Of 24 sets drawn there, 10 are shown. Facts that others broke: F1 (11).');
    expect(flat).toContain(
      '1 had more than 4 times the events of the defaults. 2 contradict themselves: more chairs than house',
    );
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
  });
});
