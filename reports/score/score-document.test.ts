import { describe, expect, it } from 'vitest';
import { bystander, cookieJar, secondTry, turnstile } from '../../test/planted/turnstile.ts';
import {
  assemble,
  jobsOf,
  runJob,
  type Arm,
  type ArmRun,
  type ExperimentPlan,
  type ExperimentResult,
} from '../../simulator/experiment/index.ts';
import { scoreDocument } from './score-document.ts';

const mitigations = [bystander, cookieJar, secondTry];
const catalogue = { incidents: [turnstile], mitigations };
const plan: ExperimentPlan = {
  incidents: ['turnstile'],
  mitigations: mitigations.map(({ id }) => id),
  seeds: [1, 2, 3, 4, 5],
  byReportsSeeds: [1, 2, 3, 4, 5],
  fairWeatherSeeds: [1, 2],
  assumptions: {},
};
const experiment = assemble(
  catalogue,
  plan,
  jobsOf(catalogue, plan).map((job) => runJob(catalogue, job)),
);

/** The experiment with one arm's runs changed. */
function changed(id: string | null, change: (run: ArmRun) => ArmRun): ExperimentResult {
  const applied = (arm: Arm): Arm => {
    const each = (runs: readonly ArmRun[]): readonly ArmRun[] => runs.map(change);
    return { ...arm, scored: each(arm.scored), byReports: each(arm.byReports), fairWeather: each(arm.fairWeather) };
  };
  const incidents = experiment.incidents.map((incident) => ({
    ...incident,
    control: id === null ? applied(incident.control) : incident.control,
    arms: incident.arms.map((arm) => (arm.mitigation === id ? applied(arm) : arm)),
  }));
  return { ...experiment, incidents };
}

function armOf(result: ExperimentResult, id: string) {
  return scoreDocument(result).scenarios[0]!.mitigations.find((arm) => arm.id === id)!;
}

const tried = (kind: string, admittedCount: number, longestAdmittedMs: number): ArmRun['exposure'][number] => {
  return { kind, attemptedCount: 3, admittedCount, longestAdmittedMs };
};

describe('the scorecard', () => {
  it('scores an arm by what it saves of its control’s harm on the same seeds', () => {
    const arm = armOf(experiment, 'second-try');
    const harm = (runs: readonly ArmRun[]): number =>
      runs.reduce((sum, { measures }) => sum + measures.disruptedUserMinutes, 0);
    const { control, arms } = experiment.incidents[0]!;
    const [before, after] = [
      harm(control.scored),
      harm(arms.find(({ mitigation }) => mitigation === 'second-try')!.scored),
    ];
    expect(after).toBeLessThan(before);
    expect(arm.score!.mean).toBeCloseTo((100 * (before - after)) / before, 10);
    expect(arm.score!.low).toBeGreaterThan(5);
    expect(arm).toMatchObject({ status: 'scored', verdict: 'reduces', sentence: secondTry.sentence });
    expect(arm.scoreByReports).toEqual(arm.score);
  });

  it('counts actions, and the seeds on which there were any', () => {
    const { actions } = armOf(experiment, 'second-try');
    expect(actions.seedCount).toBe(5);
    expect(actions.count).toBeGreaterThan(50);
  });

  it('gives no score to an arm that never acted, nor to one without an object, and puts them last', () => {
    const [scenario] = scoreDocument(experiment).scenarios;
    expect(scenario!.mitigations.map(({ id, status }) => [id, status])).toEqual([
      ['second-try', 'scored'],
      ['bystander', 'not-engaged'],
      ['cookie-jar', 'n/a'],
    ]);
    const idle = { reason: '0 actions in 5 seeds', score: null, verdict: null, scoreByReports: null };
    expect(armOf(experiment, 'bystander')).toMatchObject(idle);
    expect(armOf(experiment, 'bystander').price).not.toBeNull();
    expect(armOf(experiment, 'cookie-jar')).toMatchObject({
      reason: 'no session cookie here',
      measures: null,
      price: null,
    });
  });

  it('takes the mean of each measure over seeds, and counts the seeds that lack it', () => {
    const { control } = scoreDocument(experiment).scenarios[0]!;
    const runs = experiment.incidents[0]!.control.scored;
    const intentions = runs.reduce((sum, { measures }) => sum + measures.intentions, 0) / 5;
    expect(control.measures.intentions).toBeCloseTo(intentions, 10);
    expect(control.measures.timeToDetectMs).toBeNull();
    expect(control.measuresMissing).toMatchObject({ timeToDetectMs: 5 });
    expect(control.measuresMissing).not.toHaveProperty('intentions');
  });

  it('prices an arm by what it costs more than its control on fair days', () => {
    const dear = changed('second-try', (run) => ({
      ...run,
      measures: { ...run.measures, authRequests: run.measures.authRequests + run.seed * 10, pages: 2 },
    }));
    expect(armOf(experiment, 'second-try').price).toMatchObject({ seedCount: 2, extraRequests: 0, falsePages: 0 });
    expect(armOf(dear, 'second-try').price).toMatchObject({ extraRequests: 15, falsePages: 2, signOuts: 0 });
  });

  it('calls every verdict inconclusive when the control did not feel a fault on some seed', () => {
    const doubtful = changed(null, (run) => ({ ...run, unfeltFaults: run.seed === 4 ? ['refusal'] : [] }));
    const [scenario] = scoreDocument(doubtful).scenarios;
    expect(scenario).toMatchObject({ status: 'inconclusive' });
    expect(scenario!.reason).toContain('"refusal" was never felt on seed 4');
    expect(armOf(doubtful, 'second-try')).toMatchObject({ verdict: 'inconclusive', status: 'scored' });
  });

  it('does not mind a fault that only the arm kept from being felt', () => {
    const spared = changed('second-try', (run) => ({ ...run, unfeltFaults: ['refusal'] }));
    expect(scoreDocument(spared).scenarios[0]!.status).toBe('scored');
    expect(armOf(spared, 'second-try').verdict).toBe('reduces');
  });

  it('refuses arms that ran other seeds than their control', () => {
    const shifted = changed('second-try', (run) => ({ ...run, seed: run.seed + 1 }));
    expect(() => scoreDocument(shifted)).toThrow(/^turnstile\/second-try ran seeds 2, 3, 4, 5, 6 and its control 1, 2/);
  });
});

describe('exposure on the scorecard', () => {
  it('is not tested without an attacker, and such an arm ranks behind a tested one', () => {
    expect(armOf(experiment, 'second-try').exposure).toEqual({ word: 'not tested', findings: [], breaches: [] });
    const tested = changed('bystander', (run) => ({ ...run, actionCount: 1, exposure: [tried('alg-none', 0, 0)] }));
    expect(scoreDocument(tested).scenarios[0]!.mitigations.map(({ id }) => id)).toEqual([
      'bystander',
      'second-try',
      'cookie-jar',
    ]);
  });

  it('is the worst over all seeds and all plays, and holds the score to 0', () => {
    const open = changed('second-try', (run) => ({ ...run, exposure: [tried('alg-none', run.seed === 5 ? 1 : 0, 0)] }));
    const arm = armOf(open, 'second-try');
    expect(arm.exposure).toMatchObject({ word: 'admits forged', breaches: ['alg-none'] });
    expect(arm.exposure!.findings).toEqual([tried('alg-none', 1, 0)]);
    expect(arm.score!.mean).toBe(0);
    expect(arm.score!.high).toBe(0);
    expect(arm.scoreBeforeCap!.mean).toBeGreaterThan(5);
    expect(arm.verdict).not.toBe('reduces');
  });

  it('holds a revoked session against the lifetime of the incident’s access tokens', () => {
    const late = changed('second-try', (run) => ({ ...run, exposure: [tried('revoked-session', 1, 1_200_000)] }));
    const shortLived = {
      ...late,
      incidents: late.incidents.map((one) => ({ ...one, accessTokenLifetimeMs: 600_000 })),
    };
    expect(armOf(late, 'second-try').exposure!.word).toBe('within budget');
    expect(armOf(shortLived, 'second-try').exposure!.word).toBe('exceeds budget');
  });

  it('does not judge a kind that has no budget', () => {
    const odd = changed('second-try', (run) => ({ ...run, exposure: [tried('crowbar', 1, 0)] }));
    expect(() => scoreDocument(odd)).toThrow(/^The attacker tried "crowbar", which has no budget/);
  });
});

describe('what scores may not depend on', () => {
  it('gives exactly 0 to an arm that acted and changed nothing', () => {
    const busy = changed('bystander', (run) => ({ ...run, actionCount: 3 }));
    const arm = armOf(busy, 'bystander');
    expect(arm.score).toEqual({ mean: 0, low: 0, high: 0 });
    expect(arm).toMatchObject({ status: 'scored', verdict: 'no effect', price: { extraRequests: 0, signOuts: 0 } });
  });

  it('gives the same card whatever the order in which mitigations are listed', () => {
    const turned = experiment.incidents.map((incident) => ({ ...incident, arms: incident.arms.toReversed() }));
    expect(scoreDocument({ ...experiment, incidents: turned }).scenarios).toEqual(scoreDocument(experiment).scenarios);
  });
});

describe('an arm that ran on fewer seeds than its control', () => {
  const fewer = experiment.incidents.map((incident) => ({
    ...incident,
    stopping: { rule: 'fixed' as const, pilotSeedCount: 2 },
    arms: incident.arms.map((arm) => ({ ...arm, scored: arm.scored.slice(0, 2) })),
  }));
  const [scenario] = scoreDocument({ ...experiment, incidents: fewer }).scenarios;

  it('is compared with its control on those, and says how many they were', () => {
    const [before, after] = [experiment.incidents[0]!.control, experiment.incidents[0]!.arms.at(-1)!].map((arm) =>
      arm.scored.slice(0, 2).reduce((sum, { measures }) => sum + measures.disruptedUserMinutes, 0),
    );
    const arm = scenario!.mitigations.find(({ id }) => id === experiment.incidents[0]!.arms.at(-1)!.mitigation)!;
    expect(arm.seedCount).toBe(2);
    expect(arm.score!.mean).toBeCloseTo((100 * (before! - after!)) / before!, 10);
    expect(scenario!.stopping).toEqual({ rule: 'fixed', pilotSeedCount: 2 });
    expect(scenario!.mitigations.find(({ id }) => id === 'bystander')!.reason).toBe('0 actions in 2 seeds');
  });

  it('must have run on the first ones', () => {
    const last = experiment.incidents.map((incident) => ({
      ...incident,
      arms: incident.arms.map((arm) => ({ ...arm, scored: arm.scored.slice(2) })),
    }));
    expect(() => scoreDocument({ ...experiment, incidents: last })).toThrow(/run both on the same seeds/);
  });
});

describe('two outcomes', () => {
  /** Twelve seeds of the control: one in three gets away; the arm collapses on the first alone. */
  const seeds = Array.from({ length: 12 }, (_, index) => index + 1);
  const harm = (run: ArmRun, disruptedUserMinutes: number): ArmRun => ({
    ...run,
    measures: { ...run.measures, disruptedUserMinutes },
  });
  const [incident] = experiment.incidents;
  const arm = incident!.arms.find(({ mitigation }) => mitigation === 'second-try')!;
  const bimodal = {
    ...incident!,
    seeds,
    control: {
      ...incident!.control,
      scored: seeds.map((seed) =>
        harm({ ...incident!.control.scored[0]!, seed }, seed % 3 === 0 ? seed : 1_000 + seed),
      ),
    },
    arms: [
      {
        ...arm,
        scored: seeds.map((seed) => harm({ ...arm.scored[0]!, seed }, seed === 1 ? 1_000 : 10 + seed)),
      },
    ],
  };

  it('are counted in pairs beside the control’s', () => {
    const [scored] = scoreDocument({ ...experiment, incidents: [bimodal] }).scenarios[0]!.mitigations;
    expect(scored!.collapse!.probability).toBeCloseTo(1 / 12, 12);
    expect(scored!.collapseAgainstControl).toEqual({
      bothCount: 1,
      onlyFirstCount: 7,
      onlySecondCount: 0,
      neitherCount: 4,
      pValue: 2 / 128,
    });
  });

  it('are not where there is one', () => {
    expect(armOf(experiment, 'second-try').collapseAgainstControl).toBeUndefined();
  });
});

describe('several incidents', () => {
  it('stand in a cross table, a single one does not', () => {
    const again = { ...experiment.incidents[0]!, id: 'turnstile-again' };
    const both = scoreDocument({ ...experiment, incidents: [...experiment.incidents, again] });
    expect(both.crossTable!.scenarios).toEqual(['turnstile', 'turnstile-again']);
    expect(both.crossTable!.rows[0]).toMatchObject({ mitigation: 'second-try', helpsCount: 2, hurtsCount: 0 });
    expect(scoreDocument(experiment).crossTable).toBeUndefined();
  });
});
