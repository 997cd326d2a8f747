/** `score`: what each mitigation saves in the model, on paired seeds, beside what it costs and opens. */
import { assumptionLine, openingText } from '../../reports/render/opening.ts';
import { scoreText } from '../../reports/render/score-text.ts';
import { scoreDocument, type ScoreResult } from '../../reports/score/score-document.ts';
import {
  assemble,
  assumptionResults,
  checkedValues,
  digestOf,
  jobsOf,
  type ArmRun,
  type AssumptionValues,
  type ExperimentPlan,
  type ExperimentResult,
  type Incident,
} from '../../simulator/experiment/index.ts';
import { assumptionsFor, catalogue, findIncidents, findMitigations } from '../catalogue.ts';
import { EXIT } from '../exit.ts';
import { commandLine } from '../invocation.ts';
import { parseAssumptions, parseIds, parseSeeds } from '../options.ts';
import { Session, type CommonFlags } from '../session.ts';
import type { Task } from '../tasks.ts';

export interface ScoreFlags extends CommonFlags {
  readonly seeds?: string;
  readonly mitigation?: string;
  readonly assume: readonly string[];
}

const DEFAULT_SEEDS = '10';
/** A price is not bimodal: more fair days would tell the same. */
const FAIR_DAYS = 5;

export async function score(ids: readonly string[], flags: ScoreFlags): Promise<number> {
  const incidents = findIncidents(ids);
  const wanted = parseIds(flags.mitigation);
  const mitigations = wanted.length === 0 ? catalogue.mitigations : findMitigations(wanted);
  const assumptions = assumptionsFor(incidents, parseAssumptions(flags.assume));
  const seeds = parseSeeds(flags.seeds ?? DEFAULT_SEEDS);
  const session = new Session(flags);
  const plans = incidents.map((incident, index) => {
    return planOf(
      incident,
      mitigations.map(({ id }) => id),
      seeds,
      assumptions[index]!,
    );
  });
  const tasks = plans.flatMap(tasksOf);
  for (const [index, incident] of incidents.entries()) announce(session, incident, plans[index]!, assumptions[index]!);
  const runs = await session.withRunner(tasks.length, (runner) => session.runAll(runner, 'scoring', tasks));
  const result = scoreResult(plans, runs);
  for (const scenario of result.scenarios) session.say(`\n${scoreText(scenario, session.paint)}`);
  const incident = incidents.length === catalogue.incidents.length ? 'all' : incidents.map(({ id }) => id).join(' ');
  const again = { incident, seeds: { range: seeds }, mitigations: wanted, assumptions: parseAssumptions(flags.assume) };
  session.say(`Again: ${commandLine({ command: 'score', ...again })}`);
  session.deliver(result);
  return result.scenarios.some(({ status }) => status === 'inconclusive') ? EXIT.inconclusive : EXIT.pass;
}

export function planOf(
  incident: Incident,
  mitigations: readonly string[],
  seeds: readonly number[],
  assumptions: AssumptionValues,
): ExperimentPlan {
  return { incidents: [incident.id], mitigations, seeds, fairWeatherSeeds: seeds.slice(0, FAIR_DAYS), assumptions };
}

export function tasksOf(plan: ExperimentPlan): readonly (Task & { readonly kind: 'arm' })[] {
  return jobsOf(catalogue, plan).map((job) => ({ kind: 'arm', job }));
}

/** The scorecard of several plans, whose runs stand one after the other. */
export function scoreResult(plans: readonly ExperimentPlan[], runs: readonly ArmRun[]): ScoreResult {
  let start = 0;
  const experiments = plans.map((plan) => {
    const count = jobsOf(catalogue, plan).length;
    return assemble(catalogue, plan, runs.slice(start, (start += count)));
  });
  const whole: ExperimentResult = { ...experiments[0]!, incidents: experiments.flatMap(({ incidents }) => incidents) };
  const document = scoreDocument(whole);
  return { ...document, digest: digestOf({ document, traceHashes: runs.map(({ traceHash }) => traceHash) }) };
}

function announce(session: Session, incident: Incident, plan: ExperimentPlan, assumptions: AssumptionValues): void {
  const { id, title } = incident;
  const play = `${plan.mitigations.length} mitigations against the owner's published response`;
  session.announce(openingText({ scenario: id, title, play, seeds: plan.seeds, mitigations: [] }, session.paint));
  session.announce(`${assumptionLine(assumptionResults(incident, checkedValues(incident, assumptions)))}\n`);
}
