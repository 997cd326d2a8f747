/** Turns the runs of an experiment into the scorecard: scores on paired seeds, prices, exposure, order. */
import type { Arm, ArmRun, ExperimentResult, IncidentExperiment } from '../../simulator/experiment/index.ts';
import { collapse, pairedCollapses, type Collapse } from './collapse.ts';
import { crossTable } from './cross-table.ts';
import { cappedScore, exposureBudgets, type ExposureWord } from './exposure.ts';
import { measureMeans, missingMeasures, priceOf } from './means.ts';
import { rank } from './rank.ts';
import { score, type Score } from './score.ts';
import type { Exposure, MitigationScore, ScenarioScore, ScoreResult } from './score-result.ts';
import { verdict } from './verdict.ts';
import { worstExposure } from './worst-exposure.ts';

export type { ScoreResult } from './score-result.ts';

const UNSCORED = { score: null, scoreByReports: null, verdict: null, collapse: null } as const;

/**
 * The scorecard of an experiment, without its digest. Arms are paired with the control by seed.
 *
 * @throws TypeError when an arm has not run the first seeds of its control
 */
export function scoreDocument(experiment: ExperimentResult): Omit<ScoreResult, 'digest'> {
  const { schemaVersion, incidents, mitigations } = experiment;
  const sentences = new Map(mitigations.map(({ id, sentence }) => [id, sentence]));
  const seeds = [...new Set(incidents.flatMap((incident) => incident.seeds))].sort((a, b) => a - b);
  const scenarios = incidents.map((incident) => scored(incident, sentences));
  const crossed = scenarios.length < 2 ? {} : { crossTable: crossTable(scenarios) };
  return { schemaVersion, kind: 'score', seeds, scenarios, ...crossed };
}

function scored(incident: IncidentExperiment, sentences: ReadonlyMap<string, string>): ScenarioScore {
  const { id, title, seeds, assumptions, control } = incident;
  const reason = unfeltReason(control.scored);
  const arms = incident.arms.map((arm) => armScore(incident, arm, sentences.get(arm.mitigation!) ?? '', reason));
  const harm = harmOf(control.scored);
  return {
    id,
    title,
    seeds,
    status: reason === undefined ? 'scored' : 'inconclusive',
    ...(reason === undefined ? {} : { reason }),
    ...(incident.stopping === undefined ? {} : { stopping: incident.stopping }),
    assumptions,
    control: {
      measures: measureMeans(control.scored),
      measuresMissing: missingMeasures(control.scored),
      measuresByReports: control.byReports.length === 0 ? null : measureMeans(control.byReports),
      collapse: collapse(harm, harm),
      exposure: exposureOf(incident, control),
    },
    mitigations: inOrder(arms),
  };
}

/** A run in which a fault was not felt proves nothing; an arm may well keep it from being felt, the control may not. */
function unfeltReason(runs: readonly ArmRun[]): string | undefined {
  const seedsByFault = new Map<string, number[]>();
  for (const { seed, unfeltFaults } of runs) {
    for (const fault of unfeltFaults) seedsByFault.set(fault, [...(seedsByFault.get(fault) ?? []), seed]);
  }
  if (seedsByFault.size === 0) return undefined;
  const parts = [...seedsByFault].map(
    ([fault, seeds]) => `fault "${fault}" was never felt on seed ${seeds.join(', ')}`,
  );
  return `in the control, ${parts.join('; ')}`;
}

function armScore(
  incident: IncidentExperiment,
  arm: Arm,
  sentence: string,
  doubt: string | undefined,
): MitigationScore {
  const id = arm.mitigation!;
  if (arm.notApplicable !== undefined) return notApplicable(id, sentence, arm.notApplicable);
  const { control } = incident;
  checkPaired(control.scored, arm.scored, `${incident.id}/${id}`);
  const seedCount = arm.scored.length;
  const common = {
    id,
    sentence,
    seedCount,
    actions: {
      count: arm.scored.reduce((sum, { actionCount }) => sum + actionCount, 0),
      seedCount: arm.scored.filter(({ actionCount }) => actionCount > 0).length,
    },
    measures: measureMeans(arm.scored),
    measuresMissing: missingMeasures(arm.scored),
    measuresByReports: arm.byReports.length === 0 ? null : measureMeans(arm.byReports),
    price: priceOf(control.fairWeather, arm.fairWeather),
    exposure: exposureOf(incident, arm),
  };
  if (common.actions.count === 0) {
    const reason = `0 actions in ${seedCount} seeds`;
    return { ...common, status: 'not-engaged', reason, ...UNSCORED };
  }
  const { word } = common.exposure;
  const [before, after] = [harmOf(control.scored.slice(0, seedCount)), harmOf(arm.scored)];
  const free = score(before, after);
  const held = heldTo(free, word);
  return {
    ...common,
    status: 'scored',
    score: held,
    ...(held.mean === free.mean && held.high === free.high ? {} : { scoreBeforeCap: free }),
    scoreByReports: byReports(control, arm, word),
    verdict: doubt === undefined ? verdict(held) : 'inconclusive',
    ...collapses(before, after),
  };
}

/** Paired counts say something only where at least one of the two falls into separate groups. */
function collapses(
  before: readonly number[],
  after: readonly number[],
): Pick<MitigationScore, 'collapse' | 'collapseAgainstControl'> {
  const own: Collapse = collapse(before, after);
  if (!own.bimodal && !collapse(before, before).bimodal) return { collapse: own };
  return { collapse: own, collapseAgainstControl: pairedCollapses(before, after) };
}

function byReports(control: Arm, arm: Arm, word: Exposure['word']): Score | null {
  if (arm.byReports.length === 0 || control.byReports.length === 0) return null;
  return heldTo(score(harmOf(control.byReports), harmOf(arm.byReports)), word);
}

function heldTo(free: Score, word: Exposure['word']): Score {
  return word === 'not tested' ? free : cappedScore(free, word);
}

function notApplicable(id: string, sentence: string, reason: string): MitigationScore {
  return {
    id,
    sentence,
    status: 'n/a',
    reason,
    actions: { count: 0, seedCount: 0 },
    ...UNSCORED,
    measures: null,
    measuresMissing: {},
    measuresByReports: null,
    price: null,
    exposure: null,
  };
}

/** The attacker takes part in every run: what it got on a bad day and what it got on a good one both count. */
function exposureOf(incident: IncidentExperiment, arm: Arm): Exposure {
  const runs = [...arm.scored, ...arm.byReports, ...arm.fairWeather];
  return worstExposure(runs, exposureBudgets(incident.accessTokenLifetimeMs));
}

/** Scored arms by rank, those whose exposure nobody tested after them, then not engaged, then without an object. */
function inOrder(arms: readonly MitigationScore[]): readonly MitigationScore[] {
  const ranked = (tested: boolean): readonly MitigationScore[] => {
    const entries = arms.flatMap((arm) => {
      if (arm.score === null || (arm.exposure!.word !== 'not tested') !== tested) return [];
      const word: ExposureWord = arm.exposure!.word === 'not tested' ? 'within budget' : arm.exposure!.word;
      return [{ id: arm.id, score: arm.score, exposure: word, arm }];
    });
    return rank(entries).map(({ arm }) => arm);
  };
  const others = (status: MitigationScore['status']): readonly MitigationScore[] =>
    arms.filter((arm) => arm.status === status).sort((a, b) => (a.id < b.id ? -1 : 1));
  return [...ranked(true), ...ranked(false), ...others('not-engaged'), ...others('n/a')];
}

function harmOf(runs: readonly ArmRun[]): readonly number[] {
  return runs.map(({ measures }) => measures.disruptedUserMinutes);
}

function checkPaired(control: readonly ArmRun[], arm: readonly ArmRun[], name: string): void {
  const seeds = (runs: readonly ArmRun[]): string => runs.map(({ seed }) => seed).join(', ');
  if (arm.length > 0 && seeds(control.slice(0, arm.length)) === seeds(arm)) return;
  throw new TypeError(`${name} ran seeds ${seeds(arm)} and its control ${seeds(control)}: run both on the same seeds.`);
}
