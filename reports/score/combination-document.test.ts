import { describe, expect, it } from 'vitest';
import type { ArmRun, CombinationExperiment } from '../../simulator/experiment/index.ts';
import { combinationText } from '../render/combination-text.ts';
import { combinationDocument, savedPoints } from './combination-document.ts';

const measures: ArmRun['measures'] = {
  disruptedUserMinutes: 0,
  usersHit: 0,
  intentions: 100,
  failedIntentions: 0,
  forcedSignIns: 0,
  signOuts: 0,
  signIns: 0,
  signInSuccessRatio: null,
  authRequests: 0,
  authPeakRatio: 0,
  rateLimited: 0,
  pages: 0,
  timeToDetectMs: null,
  timeToRecoverMs: null,
  goodLatencyP50Ms: null,
  goodLatencyP99Ms: null,
  instancesWithFailures: 0,
};
const NAMES = ['a', 'b', 'c'];

/** @param harmOf of a subset on a seed */
function experiment(
  seedCount: number,
  harmOf: (members: readonly string[], seed: number) => number,
): CombinationExperiment {
  const seeds = Array.from({ length: seedCount }, (_, index) => index + 1);
  return {
    schemaVersion: 1,
    kind: 'combination-experiment',
    id: 'made-up',
    title: 'Made up',
    seeds,
    assumptions: {},
    accessTokenLifetimeMs: 3_600_000,
    mitigations: NAMES.map((id) => ({ id, sentence: `The mitigation ${id}.` })),
    subsets: Array.from({ length: 8 }, (_, subset) => {
      const members = NAMES.filter((_id, bit) => (subset & (1 << bit)) !== 0);
      const scored = seeds.map((seed): ArmRun => {
        const harm = { ...measures, disruptedUserMinutes: harmOf(members, seed) };
        const exposure = members.includes('c')
          ? [{ kind: 'alg-none', attemptedCount: 3, admittedCount: 1, longestAdmittedMs: 0 }]
          : [{ kind: 'alg-none', attemptedCount: 3, admittedCount: 0, longestAdmittedMs: 0 }];
        return { seed, traceHash: '', measures: harm, exposure, actionCount: members.length, unfeltFaults: [] };
      });
      return { mitigations: members, scored };
    }),
  };
}

describe('a combination', () => {
  it('shows substitutes for what they are: each worth all alone, nothing last, a third in the mean', () => {
    const { members, pairs } = combinationDocument(experiment(5, (names, seed) => (names.length > 0 ? 0 : 100 + seed)));
    for (const member of members) {
      expect(member.alone).toEqual({ points: 100, low: 100, high: 100 });
      expect(member.last).toEqual({ points: 0, low: 0, high: 0 });
      expect(member.shapley.points).toBeCloseTo(100 / 3, 10);
    }
    expect(pairs.map(({ pair }) => pair.join('+'))).toEqual(['a+b', 'a+c', 'b+c']);
    expect(pairs[0]!.alone.points).toBe(-100);
  });

  it('shares out exactly what all save together, whatever the seeds', () => {
    const harm = (names: readonly string[], seed: number): number =>
      (200 + 13 * seed) * (names.includes('a') ? 0.4 : 1) * (names.includes('b') ? 0.8 : 1) +
      (names.includes('c') ? seed : 0);
    const result = combinationDocument(experiment(8, harm));
    const total = result.members.reduce((sum, { shapley }) => sum + shapley.points, 0);
    const all = result.subsets.find(({ mitigations }) => mitigations.length === 3)!;
    expect(total).toBeCloseTo(all.saved.points, 9);
    expect(result.members[0]!.id).toBe('a');
    const c = result.members.find(({ id }) => id === 'c')!;
    expect(c.shapley.points).toBeLessThan(0);
    expect(c.shapley.high).toBeLessThan(0);
    for (const { shapley } of result.members) {
      expect(shapley.low).toBeLessThanOrEqual(shapley.points);
      expect(shapley.high).toBeGreaterThanOrEqual(shapley.points);
    }
  });

  it('moves all subsets of a seed together: what is half of its control on every seed is known to the last bit', () => {
    const noisy = (names: readonly string[], seed: number): number =>
      ((seed * 7919) % 100) * (names.includes('b') ? 0.5 : 1);
    const { members } = combinationDocument(experiment(10, noisy));
    const b = members.find(({ id }) => id === 'b')!;
    expect(b.alone.low).toBeCloseTo(50, 9);
    expect(b.alone.high).toBeCloseTo(50, 9);
  });

  it('counts in points of the control’s harm, which no subset can save more of, and none where there was none', () => {
    expect(savedPoints([200, 50, 600])).toEqual([0, 75, -200]);
    expect(savedPoints([0, 5])).toEqual([0, 0]);
  });

  it('holds the score of a subset that opens a door to 0, and says so', () => {
    const { subsets } = combinationDocument(experiment(3, (names) => (names.length > 0 ? 0 : 100)));
    const c = subsets.find(({ mitigations }) => mitigations.join() === 'c')!;
    expect(c.exposure.word).toBe('admits forged');
    expect(c.score.mean).toBe(0);
    expect(c.saved.points).toBe(100);
    expect(subsets[0]).toMatchObject({ mitigations: [], actionCount: 0, disruptedUserMinutes: 100 });
  });

  it('wants two seeds: one has no interval', () => {
    expect(() => combinationDocument(experiment(1, () => 1))).toThrow(/at least two seeds/);
  });

  it('reads as three tables, none wider than 100 columns', () => {
    const document = combinationDocument(experiment(4, (names, seed) => (names.length > 0 ? 0 : 100 + seed)));
    const text = combinationText({ ...document, digest: '' });
    expect(text).toMatch(/^a +100 \[100, 100\] +0 \[0, 0\] +33 \[33, 33\]$/m);
    expect(text).toMatch(/^a \+ b +−100 \[−100, −100\] +−50 \[−50, −50\]$/m);
    expect(text).toMatch(/^control +100 % +103 +within budget$/m);
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
  });
});
