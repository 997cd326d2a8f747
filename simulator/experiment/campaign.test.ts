import { describe, expect, test } from 'vitest';
import { assemble, jobsOf, runJob, type Catalogue, type Job } from './arms.ts';
import { Campaign, type CampaignPlan } from './campaign.ts';
import { canonicalJson } from './canonical.ts';
import { doorKeeper, idleWrap, incident, windowCleaner } from './rehearsal.ts';
import type { Arm, ExperimentResult } from './result.ts';

const catalogue: Catalogue = { incidents: [incident], mitigations: [doorKeeper, idleWrap, windowCleaner] };

const seeds = Array.from({ length: 50 }, (_, index) => index + 1);
const fixed: CampaignPlan = {
  incident: 'rehearsal',
  mitigations: ['door-keeper', 'idle-wrap', 'window-cleaner'],
  seeds: seeds.slice(0, 6),
  fairWeatherSeeds: [1, 2, 3],
  assumptions: { users: 5 },
  stopping: { rule: 'fixed', pilotSeedCount: 2 },
};
const precise: CampaignPlan = {
  ...fixed,
  seeds,
  stopping: {
    rule: 'precision',
    pilotSeedCount: 2,
    precisionPoints: 5,
    minimumSeedCount: 20,
    batchSeedCount: 10,
    maximumSeedCount: 50,
  },
  isPrecise: () => true,
};

/** Runs a campaign to its end, and keeps the jobs of each stage. */
function conduct(
  plan: CampaignPlan,
  from: Catalogue = catalogue,
): { result: ExperimentResult; stages: readonly Job[][] } {
  const campaign = new Campaign(from, plan);
  const stages: Job[][] = [];
  for (let jobs = campaign.next(); jobs.length > 0; jobs = campaign.next()) {
    stages.push([...jobs]);
    campaign.take(jobs.map((job) => runJob(from, job)));
  }
  return { result: campaign.result(), stages };
}

function armOf({ incidents }: ExperimentResult, id: string): Arm {
  return incidents[0]!.arms.find(({ mitigation }) => mitigation === id)!;
}

const named = ({ timetable, mitigations, seed }: Job): string => `${timetable} ${mitigations[0] ?? 'control'} ${seed}`;

describe('a campaign', () => {
  const { result, stages } = conduct(fixed);

  test('runs no further with an arm that did not act in the pilot, and says so', () => {
    const idle = armOf(result, 'idle-wrap');
    expect(idle).toMatchObject({ stoppedAfterPilot: true, fairWeather: [] });
    expect(idle.scored.map(({ seed }) => seed)).toEqual([1, 2]);
    expect(stages.flat().filter(({ mitigations }) => mitigations[0] === 'idle-wrap')).toHaveLength(2);
    expect(armOf(result, 'door-keeper').stoppedAfterPilot).toBeUndefined();
  });

  test('gives an arm that acts, and the control, what a plan without a pilot gives them', () => {
    const plan = { ...fixed, incidents: ['rehearsal'] };
    const jobs = jobsOf(catalogue, plan);
    const whole = assemble(
      catalogue,
      plan,
      jobs.map((job) => runJob(catalogue, job)),
    );
    expect(canonicalJson(armOf(result, 'door-keeper'))).toBe(canonicalJson(armOf(whole, 'door-keeper')));
    expect(canonicalJson(result.incidents[0]!.control)).toBe(canonicalJson(whole.incidents[0]!.control));
    expect(armOf(result, 'window-cleaner')).toEqual(armOf(whole, 'window-cleaner'));
  });

  test('does not run a good day again on which an arm is its control', () => {
    const fair = stages.flat().filter(({ timetable }) => timetable === 'fair-weather');
    expect(fair.map(named).sort()).toEqual([
      'fair-weather control 1',
      'fair-weather control 2',
      'fair-weather control 3',
      'fair-weather door-keeper 1',
    ]);
    expect(armOf(result, 'door-keeper').fairWeather).toEqual(result.incidents[0]!.control.fairWeather);
  });

  test('asks for no run twice', () => {
    const jobs = stages.flat().map(named);
    expect(new Set(jobs).size).toBe(jobs.length);
  });

  test('does not depend on the order in which mitigations are listed, nor on which others there are', () => {
    const listed = { incidents: [incident], mitigations: [windowCleaner, idleWrap, doorKeeper] };
    const turned = conduct({ ...fixed, mitigations: [...fixed.mitigations].reverse() }, listed).result;
    for (const id of fixed.mitigations) expect(armOf(turned, id)).toEqual(armOf(result, id));
    const alone = conduct({ ...fixed, mitigations: ['door-keeper'] }).result;
    expect(armOf(alone, 'door-keeper')).toEqual(armOf(result, 'door-keeper'));
  });

  test('without a pilot runs every arm on every seed', () => {
    const thorough = conduct({ ...fixed, stopping: { rule: 'fixed', pilotSeedCount: 0 } }).result;
    expect(armOf(thorough, 'idle-wrap').scored).toHaveLength(6);
  });

  test('plays the response by reports only on the seeds it is asked for', () => {
    expect(result.incidents[0]!.control.byReports).toEqual([]);
    const asked = conduct({ ...fixed, byReportsSeeds: [4, 5] }).result;
    expect(armOf(asked, 'door-keeper').byReports.map(({ seed }) => seed)).toEqual([4, 5]);
  });
});

describe('a campaign for precision', () => {
  test('runs 20 seeds before it first looks', () => {
    const { result } = conduct(precise);
    expect(armOf(result, 'door-keeper').scored).toHaveLength(20);
    expect(result.incidents[0]!.seeds).toHaveLength(20);
    expect(result.incidents[0]!.stopping).toEqual(precise.stopping);
  });

  test('looks again after each batch, with harm paired by seed, until it is precise or has no seeds left', () => {
    const looks: number[] = [];
    const isPrecise = (control: readonly number[], arm: readonly number[]): boolean => {
      expect(control).toHaveLength(arm.length);
      looks.push(arm.length);
      return arm.length >= 40;
    };
    expect(armOf(conduct({ ...precise, isPrecise }).result, 'door-keeper').scored).toHaveLength(40);
    expect(looks).toEqual([20, 30, 40]);
    const never = conduct({ ...precise, isPrecise: () => false }).result;
    expect(armOf(never, 'door-keeper').scored).toHaveLength(50);
  });

  test('lets each arm stop by itself, and the control go on with the last', () => {
    const busyWrap = { ...doorKeeper, id: 'another-keeper' };
    const both = { incidents: [incident], mitigations: [doorKeeper, busyWrap] };
    let asked = 0;
    const isPrecise = (): boolean => asked++ % 2 === 0;
    const plan = {
      ...precise,
      mitigations: ['door-keeper', 'another-keeper'],
      isPrecise,
      stopping: { ...precise.stopping, pilotSeedCount: 0 },
    };
    const { result } = conduct(plan, both);
    const lengths = result.incidents[0]!.arms.map(({ scored }) => scored.length);
    expect(lengths[0]).toBe(20);
    expect(lengths[1]).toBeGreaterThan(20);
    expect(result.incidents[0]!.control.scored).toHaveLength(lengths[1]!);
  });
});
