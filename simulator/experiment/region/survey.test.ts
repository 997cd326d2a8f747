import { describe, expect, it } from 'vitest';
import { bystander, cookieJar, secondTry, turnstile, turnstilePlay } from '../../../test/planted/turnstile.ts';

import { runJob, type Catalogue } from '../arms.ts';
import { canonicalJson } from '../canonical.ts';
import type { AssumptionValues, Incident } from '../incident.ts';
import type { RegionExperiment } from '../result-region.ts';
import type { ArmRun } from '../result.ts';
import { runFactJob } from './fact-run.ts';
import type { SurveyJob, SurveyPlan } from './plan.ts';
import { Survey } from './survey.ts';

const lobby = { id: 'lobby', value: 10, low: 1, high: 1_000, unit: 'chairs', sentence: 'Of no consequence.' };

/** A door that nobody knows more about than that it refused some: with a lobby above 500 it contradicts itself. */
const incident: Incident = {
  ...turnstile,
  assumptions: [...turnstile.assumptions, lobby],
  historical: play,
  scored: play,
};

function play(values: AssumptionValues) {
  if (values['lobby']! > 500) throw new RangeError('the lobby does not fit into the house');
  return turnstilePlay(values);
}

const catalogue: Catalogue = { incidents: [incident], mitigations: [secondTry, bystander, cookieJar] };

const harm = (runs: readonly ArmRun[]): number =>
  runs.reduce((sum, { measures }) => sum + measures.disruptedUserMinutes, 0);

const plan: SurveyPlan = {
  incident,
  mitigations: ['second-try', 'bystander', 'cookie-jar'],
  scanned: ['second-try'],
  setCount: 12,
  seedsPerSet: 2,
  scanSeeds: [1, 2],
  assumptions: {},
  effectOf: (control, arm) => (harm(arm) <= 0.9 * harm(control) ? 'helps' : 'neither'),
};

function conduct(asked: SurveyPlan): { result: RegionExperiment; jobs: readonly SurveyJob[] } {
  const survey = new Survey(catalogue, asked);
  const all: SurveyJob[] = [];
  for (let jobs = survey.next(); jobs.length > 0; jobs = survey.next()) {
    all.push(...jobs);
    survey.take(jobs.map(({ kind, job }) => (kind === 'arm' ? runJob(catalogue, job) : runFactJob(incident, job))));
  }
  return { result: survey.result(), jobs: all };
}

describe('a survey', () => {
  const { result, jobs } = conduct(plan);

  it('finds how far each assumption alone can go: not to where nobody is refused, nor to where the play contradicts itself', () => {
    const [refused, chairs] = result.assumptions;
    expect(refused).toMatchObject({ id: 'refusedRatio', low: 0, high: 1, boxHigh: 1, scale: 'linear' });
    expect(refused!.boxLow).toBeGreaterThan(0);
    expect(refused!.boxLow).toBeLessThan(0.5);
    // Half of the way to 1,000, by ratio; the bound itself is too many.
    expect(chairs).toMatchObject({ id: 'lobby', boxLow: 1, boxHigh: 100, scale: 'logarithmic' });
  });

  it('keeps as many sets as were asked for, all within the box, all passing every fact', () => {
    expect(result.sets).toHaveLength(12);
    for (const { values, seeds } of result.sets) {
      for (const { id, boxLow, boxHigh } of result.assumptions) {
        expect(values[id]).toBeGreaterThanOrEqual(boxLow);
        expect(values[id]).toBeLessThanOrEqual(boxHigh);
      }
      const facts = runFactJob(incident, { incident: incident.id, seed: seeds[0]!, assumptions: values });
      expect(facts).toMatchObject({ outcome: 'judged', broken: [] });
    }
    expect(result.assumptions[0]!.keptHigh - result.assumptions[0]!.keptLow).toBeGreaterThan(0.5);
  });

  it('gives each set seeds of its own, and every arm of a set the same', () => {
    const seeds = result.sets.flatMap((set) => set.seeds);
    expect(new Set(seeds).size).toBe(24);
    for (const set of result.sets) {
      expect(set.arms.map(({ mitigation }) => mitigation)).toEqual([null, 'second-try']);
      for (const { scored } of set.arms) expect(scored.map(({ seed }) => seed)).toEqual(set.seeds);
    }
  });

  it('leaves out what never acted at the defaults and what has no object, and says which', () => {
    expect(result.mitigations).toMatchObject([
      { id: 'second-try' },
      { id: 'bystander', leftOut: { status: 'not-engaged', reason: '0 actions in 2 seeds at the defaults' } },
      { id: 'cookie-jar', leftOut: { status: 'n/a', reason: 'no session cookie here' } },
    ]);
    expect(result.mitigations[0]).not.toHaveProperty('leftOut');
  });

  it('looks for the value at which a conclusion flips: a second try helps less and less the more are refused', () => {
    const { defaults, scan } = result;
    const word = (arms: RegionExperiment['defaults']['arms']): string =>
      plan.effectOf(arms[0]!.scored, arms[1]!.scored, 0);
    expect(word(defaults.arms)).toBe('helps');
    const refused = scan.filter(({ assumption }) => assumption === 'refusedRatio').sort((a, b) => a.value - b.value);
    const flipped = refused.filter(({ arms }) => word(arms) !== 'helps').map(({ value }) => value);
    const kept = refused.filter(({ value, arms }) => value > 0.5 && word(arms) === 'helps').map(({ value }) => value);
    expect(Math.min(...flipped.filter((value) => value > 0.5)) - Math.max(0.5, ...kept)).toBeLessThanOrEqual(0.125);
    expect(scan.find(({ value }) => value === 1)!.factsHold).toBe(true);
    // What does not matter does not flip anything, and is not looked at any closer.
    const chairs = scan.filter(({ assumption }) => assumption === 'lobby');
    expect(chairs.every(({ arms }) => word(arms) === 'helps')).toBe(true);
    expect(chairs.map(({ value }) => value).sort((a, b) => a - b)).toEqual([1, 3, 100]);
  });

  it('gives the same document again, and does not ask for work that the plan has no use for', () => {
    expect(canonicalJson(conduct(plan).result)).toBe(canonicalJson(result));
    const unscanned = conduct({ ...plan, scanned: [] });
    expect(unscanned.result.scan).toEqual([]);
    expect(unscanned.jobs.length).toBeLessThan(jobs.length);
    expect(unscanned.result.sets).toEqual(result.sets);
  });

  it('holds what the user assumes, and varies the rest', () => {
    const held = conduct({ ...plan, scanned: [], assumptions: { refusedRatio: 0.4 } }).result;
    expect(held.assumptions.map(({ id }) => id)).toEqual(['lobby']);
    expect(held.sets.every(({ values }) => values['refusedRatio'] === 0.4)).toBe(true);
  });
});

describe('a survey of a narrow region', () => {
  /** Holds on a twentieth of the square only: the two assumptions must nearly agree. */
  const corridor: Incident = {
    ...turnstile,
    assumptions: [
      { id: 'refusedRatio', value: 0.5, low: 0, high: 1, unit: 'share', sentence: '' },
      { id: 'believedRatio', value: 0.5, low: 0, high: 1, unit: 'share', sentence: '' },
    ],
    historical: (values) => {
      if (Math.abs(values['refusedRatio']! - values['believedRatio']!) > 0.03) throw new RangeError('they must agree');
      return turnstilePlay(values);
    },
    scored: turnstilePlay,
  };

  it('narrows the box until enough sets pass, and says how often and what the others failed by', () => {
    const survey = new Survey(
      { incidents: [corridor], mitigations: [] },
      { ...plan, incident: corridor, mitigations: [], scanned: [] },
    );
    for (let jobs = survey.next(); jobs.length > 0; jobs = survey.next()) {
      const single = (assumptions: AssumptionValues): boolean => Object.keys(assumptions).length < 2;
      survey.take(
        jobs.map(({ kind, job }) => {
          if (kind === 'arm') return runJob({ incidents: [corridor], mitigations: [] }, job);
          // One at a time everything holds; only together they contradict each other.
          if (single(job.assumptions)) return { outcome: 'judged', broken: [], eventCount: 1_000, traceHash: '' };
          return runFactJob(corridor, { ...job, eventLimit: Infinity });
        }),
      );
    }
    const { narrowedCount, sets, triedCount, impossible, assumptions } = survey.result();
    expect(narrowedCount).toBeGreaterThan(1);
    expect(sets).toHaveLength(12);
    expect(triedCount).toBeLessThanOrEqual(4 * 12);
    expect(impossible).toEqual([{ reason: 'they must agree', count: expect.any(Number) }]);
    for (const { boxLow, boxHigh } of assumptions) {
      expect(boxHigh - boxLow).toBeLessThan(0.6);
      expect((boxHigh + boxLow) / 2).toBeCloseTo(0.5, 5);
    }
  });
});

describe('a fact run', () => {
  it('is given up when it has more events than it may', () => {
    const job = { incident: 'turnstile', seed: 1, assumptions: {} };
    const { eventCount } = runFactJob(incident, job) as { eventCount: number };
    expect(runFactJob(incident, { ...job, eventLimit: eventCount - 1 })).toEqual({ outcome: 'too large' });
    expect(runFactJob(incident, { ...job, eventLimit: eventCount })).toMatchObject({ outcome: 'judged', broken: [] });
  });

  it('names the facts that break, and a fault that nobody felt', () => {
    const broken = runFactJob(incident, { incident: 'turnstile', seed: 1, assumptions: { refusedRatio: 0 } });
    expect(broken).toMatchObject({ outcome: 'judged', broken: ['T1', 'fault refusal felt'] });
  });
});
