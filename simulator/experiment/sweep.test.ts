import { describe, expect, it } from 'vitest';
import { facts, refusal, turnstile, turnstilePlay } from '../../test/planted/turnstile.ts';
import type { Incident, RunFact } from './incident.ts';
import { assembleSweep, runSweepJob, sweepJobs, type SweepPlan } from './sweep.ts';

const [someRefusals, noneAfter, worse] = facts;

/** Holds but on seed 3. */
const notOnThree: RunFact = {
  ...noneAfter,
  check: (view) => ({ ...noneAfter.check(view), holds: view.record.seed !== 3, observed: `seed ${view.record.seed}` }),
};

function swept(seeds: readonly number[], changes: Partial<Incident> = {}, assumptions = {}) {
  const plan: SweepPlan = { incident: { ...turnstile, ...changes }, seeds, assumptions };
  const jobs = sweepJobs(plan);
  return assembleSweep(
    plan,
    jobs.map((job) => runSweepJob(plan.incident, job)),
  );
}

describe('a sweep', () => {
  it('counts on how many seeds a fact holds, and judges statements about many seeds over all of them', () => {
    const result = swept([1, 2, 3, 4]);
    expect(result).toMatchObject({ kind: 'sweep', mode: 'historical', status: 'holds', seeds: [1, 2, 3, 4] });
    const [first, , third] = result.facts;
    expect(first).toMatchObject({ id: 'T1', holds: true, heldCount: 4, failedSeeds: [], example: { seed: 1 } });
    expect(third).toMatchObject({ id: 'T3', scope: 'sweep', holds: true, minimumSeeds: 3 });
    const [few, many] = third!.observed.split(' and ').map(Number);
    expect(few).toBeGreaterThan(20);
    expect(many).toBeGreaterThan(few! * 1.5);
  });

  it('fails by the one seed that breaks a fact, and shows what was observed there', () => {
    const result = swept([1, 2, 3, 4], { facts: [someRefusals, notOnThree] });
    expect(result.status).toBe('fails');
    expect(result.facts[1]).toMatchObject({
      holds: false,
      heldCount: 3,
      failedSeeds: [3],
      example: { seed: 3, observed: 'seed 3' },
      observed: 'seed 3',
    });
  });

  it('fails by a statement about many seeds that does not hold', () => {
    const judge = { ...worse, check: () => ({ holds: false, expected: '', observed: '', tolerance: '' }) };
    expect(swept([1, 2, 3], { facts: [judge] }).status).toBe('fails');
  });

  it('leaves a statement about many seeds open with too few, says how many it needs, and does not run its variants', () => {
    const result = swept([1, 2]);
    expect(result.status).toBe('holds');
    expect(result.facts[2]).toMatchObject({ holds: null, minimumSeeds: 3, tolerance: 'needs --seeds 1..3' });
    expect(sweepJobs({ incident: turnstile, seeds: [1, 2], assumptions: {} })).toHaveLength(2);
    expect(sweepJobs({ incident: turnstile, seeds: [1, 2, 3], assumptions: {} })).toHaveLength(6);
  });

  it('judges run facts by the defaults alone, whatever the variants do', () => {
    const strict: RunFact = {
      ...someRefusals,
      check: (view) => ({ ...someRefusals.check(view), holds: view.total('user.intentions-failed') < 70 }),
    };
    const result = swept([1, 2, 3], { facts: [strict, worse] });
    expect(result.facts[0]).toMatchObject({ holds: true, heldCount: 3 });
    expect(Number(result.facts[1]!.observed.split(' and ')[1])).toBeGreaterThan(210);
  });

  it('puts a variant’s own value before the one that the user assumes', () => {
    const result = swept([1, 2, 3], {}, { refusedRatio: 0.1 });
    const defaults = swept([1, 2, 3]);
    const many = (sweep: typeof result): string => sweep.facts[2]!.observed.split(' and ')[1]!;
    expect(many(result)).toBe(many(defaults));
    expect(result.assumptions).toMatchObject([{ id: 'refusedRatio', value: 0.1 }]);
  });

  it('is inconclusive when a fault was never felt, and names the seeds', () => {
    const historical = (values: Readonly<Record<string, number>>) => ({
      ...turnstilePlay(values),
      faults: [refusal(0)],
    });
    const result = swept([7, 8], { historical, facts: [noneAfter] });
    expect(result).toMatchObject({ status: 'inconclusive', unfeltFaults: [{ id: 'refusal', seeds: [7, 8] }] });
  });

  it('gives the same digest for the same seeds, and another for others', () => {
    expect(swept([1, 2]).digest).toBe(swept([1, 2]).digest);
    expect(swept([1, 2]).digest).not.toBe(swept([1, 3]).digest);
  });
});
