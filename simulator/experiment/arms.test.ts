import { describe, expect, test } from 'vitest';
import { assemble, jobsOf, runJob, withoutObject, type Catalogue, type ExperimentPlan } from './arms.ts';
import { canonicalJson } from './canonical.ts';
import { doorKeeper, idleWrap, incident, windowCleaner } from './rehearsal.ts';
import type { Arm, ArmRun } from './result.ts';

const catalogue: Catalogue = { incidents: [incident], mitigations: [doorKeeper, idleWrap, windowCleaner] };

const plan: ExperimentPlan = {
  incidents: ['rehearsal'],
  mitigations: ['door-keeper', 'idle-wrap', 'window-cleaner'],
  seeds: [1, 2, 3],
  byReportsSeeds: [1, 2],
  fairWeatherSeeds: [5],
  assumptions: { users: 10 },
};

const jobs = jobsOf(catalogue, plan);
const runs = jobs.map((job) => runJob(catalogue, job));
const result = assemble(catalogue, plan, runs);
const [experiment] = result.incidents;
const armOf = (id: string): Arm => experiment!.arms.find(({ mitigation }) => mitigation === id)!;

describe('the jobs of a plan', () => {
  test('are every arm on every seed of every timetable, the control first', () => {
    const written = jobs.map(
      ({ timetable, seed, mitigations }) => `${timetable} ${seed} ${mitigations.join('+') || 'control'}`,
    );
    const arms = ['control', 'door-keeper', 'idle-wrap'];
    const block = (timetable: string, seeds: readonly number[]) =>
      seeds.flatMap((seed) => arms.map((arm) => `${timetable} ${seed} ${arm}`));
    expect(written).toEqual([
      ...block('scored', [1, 2, 3]),
      ...block('scored-by-reports', [1, 2]),
      ...block('fair-weather', [5]),
    ]);
    expect(jobs.every((job) => job.assumptions['users'] === 10)).toBe(true);
  });

  test('leave out the play by reports unless it is asked for', () => {
    const { byReportsSeeds: _, ...same } = plan;
    expect(jobsOf(catalogue, same).filter(({ timetable }) => timetable === 'scored-by-reports')).toEqual([]);
  });

  test('leave out what has no object, and say why', () => {
    expect([...withoutObject(catalogue, plan)]).toEqual([['rehearsal/window-cleaner', 'no window here']]);
    expect(jobs.some(({ mitigations }) => mitigations.includes('window-cleaner'))).toBe(false);
    expect(armOf('window-cleaner')).toEqual({
      mitigation: 'window-cleaner',
      notApplicable: 'no window here',
      scored: [],
      byReports: [],
      fairWeather: [],
    });
  });

  test('are nothing but names and numbers, so that they can be sent to a worker', () => {
    expect(JSON.parse(JSON.stringify(jobs))).toEqual(jobs);
    expect(JSON.parse(JSON.stringify(runs))).toEqual(runs);
  });
});

describe('the document', () => {
  test('does not depend on the order in which jobs came to an end', () => {
    const finished: ArmRun[] = new Array<ArmRun>(jobs.length);
    const order = jobs.map((_, index) => (index * 7 + 3) % jobs.length);
    expect(new Set(order).size).toBe(jobs.length);
    for (const index of order) finished[index] = runJob(catalogue, jobs[index]!);
    expect(canonicalJson(assemble(catalogue, plan, finished))).toBe(canonicalJson(result));
  });

  test('refuses runs that are not those of its jobs', () => {
    expect(() => assemble(catalogue, plan, runs.slice(1))).toThrow(/17 runs for 18 jobs/);
    expect(() => assemble(catalogue, plan, [...runs].reverse())).toThrow(/seed/);
  });

  test('holds each arm’s runs by timetable, in the order of seeds', () => {
    for (const arm of [experiment!.control, armOf('door-keeper'), armOf('idle-wrap')]) {
      expect(arm.scored.map(({ seed }) => seed)).toEqual([1, 2, 3]);
      expect(arm.byReports.map(({ seed }) => seed)).toEqual([1, 2]);
      expect(arm.fairWeather.map(({ seed }) => seed)).toEqual([5]);
    }
    expect(experiment!.control.mitigation).toBeNull();
  });

  test('tells how often a mitigation acted: not at all on the good day, nor in the control', () => {
    expect(armOf('door-keeper').scored.every(({ actionCount }) => actionCount > 0)).toBe(true);
    expect(armOf('door-keeper').fairWeather.map(({ actionCount }) => actionCount)).toEqual([0]);
    expect(armOf('idle-wrap').scored.map(({ actionCount }) => actionCount)).toEqual([0, 0, 0]);
    expect(experiment!.control.scored.map(({ actionCount }) => actionCount)).toEqual([0, 0, 0]);
  });

  test('holds the assumptions in force, and the default budget for revoked sessions', () => {
    expect(experiment!.assumptions).toEqual({ users: 10, shutMs: 1_200_000 });
    expect(experiment!.accessTokenLifetimeMs).toBe(3_600_000);
    expect(result.mitigations.map(({ id }) => id)).toEqual(plan.mitigations);
  });
});

describe('paired seeds', () => {
  test('on one seed every arm meets the same intentions, on another seed others', () => {
    for (const arm of [armOf('door-keeper'), armOf('idle-wrap')]) {
      arm.scored.forEach(({ measures }, index) => {
        expect(measures.intentions).toBe(experiment!.control.scored[index]!.measures.intentions);
      });
    }
    expect(new Set(experiment!.control.scored.map(({ measures }) => measures.intentions)).size).toBe(3);
  });

  test('an arm that changes nothing is its control on every seed', () => {
    expect(armOf('idle-wrap').scored.map(({ traceHash }) => traceHash)).toEqual(
      experiment!.control.scored.map(({ traceHash }) => traceHash),
    );
  });
});
