/** `score`: what each mitigation saves in the model, on paired seeds, beside what it costs and opens. */
import { assumptionLine, openingText } from '../../reports/render/opening.ts';
import { plural } from '../../reports/render/figures.ts';
import { crossText } from '../../reports/render/cross-text.ts';
import { scoreText } from '../../reports/render/score-text.ts';
import { scoreDocument, type ScoreResult } from '../../reports/score/score-document.ts';
import {
  assemble,
  assumptionResults,
  Campaign,
  checkedValues,
  digestOf,
  jobsOf,
  type Arm,
  type ArmRun,
  type AssumptionValues,
  type CampaignPlan,
  type ExperimentPlan,
  type ExperimentResult,
  type Incident,
} from '../../simulator/experiment/index.ts';
import { arms, assumptionsFor, catalogue, findIncidents, findMitigations, presetArmIds } from '../catalogue.ts';
import { EXIT } from '../exit.ts';
import { commandLine } from '../invocation.ts';
import { parseAssumptions, parseIds } from '../options.ts';
import { readRegions, withRegions } from '../region-file.ts';
import { fileOf } from '../scenario-file/registry.ts';
import { scenarioVerdicts, verdictExit, verdictsText } from '../scenario-file/score-verdicts.ts';
import { Session, type CommonFlags } from '../session.ts';
import { runStages, type Staged } from '../stages.ts';
import { chosenSeeds, isPreciseWithin, type SeedFlags } from '../stopping.ts';
import type { Task } from '../tasks.ts';

export interface ScoreFlags extends CommonFlags, SeedFlags {
  readonly mitigation?: string;
  readonly preset?: string;
  readonly assume: readonly string[];
  readonly byReports?: boolean;
  readonly region?: string;
}

type ArmTask = Task & { readonly kind: 'arm' };

/** A price is not bimodal: more fair days would tell the same. */
const FAIR_DAYS = 3;

export async function score(ids: readonly string[], flags: ScoreFlags): Promise<number> {
  const incidents = findIncidents(ids);
  const wanted = [...parseIds(flags.mitigation), ...presetArmIds(parseIds(flags.preset))];
  const mitigations = (wanted.length === 0 ? catalogue.mitigations : findMitigations(wanted)).map(({ id }) => id);
  const overrides = parseAssumptions(flags.assume);
  const assumptions = assumptionsFor(incidents, overrides);
  const { seeds, stopping } = chosenSeeds(flags);
  const regions = readRegions(flags.region);
  const session = new Session(flags);
  const plans = incidents.map((incident, index): CampaignPlan => {
    return {
      ...planOf(incident, armsFor(incident, wanted, mitigations), seeds, assumptions[index]!),
      incident: incident.id,
      stopping,
      ...(flags.byReports === true ? { byReportsSeeds: seeds } : {}),
      ...(stopping.precisionPoints === undefined ? {} : { isPrecise: isPreciseWithin(stopping.precisionPoints) }),
    };
  });
  for (const [index, incident] of incidents.entries()) announce(session, incident, plans[index]!, assumptions[index]!);
  const experiment = await experimentOf(session, plans);
  const result = withRegions(scored(experiment), regions);
  for (const scenario of result.scenarios) session.say(`\n${scoreText(scenario, session.paint)}`);
  const verdicts = scenarioVerdicts(experiment);
  for (const each of verdicts) session.say(`\n${verdictsText(each, session.paint)}`);
  if (result.crossTable !== undefined) session.say(`\n${crossText(result.crossTable, session.paint)}`);
  const incident = incidents.length === catalogue.incidents.length ? 'all' : incidents.map(({ id }) => id).join(' ');
  session.say(`Again: ${againLine(incident, flags, wanted, overrides)}`);
  session.deliver(verdicts.length === 0 ? result : { ...result, thresholds: verdicts });
  const doubtful = result.scenarios.some(({ status }) => status === 'inconclusive');
  return verdictExit(verdicts) || (doubtful ? EXIT.inconclusive : EXIT.pass);
}

/** What was asked for; else what a scenario file asks for; else all. */
function armsFor({ id }: Incident, wanted: readonly string[], all: readonly string[]): readonly string[] {
  return wanted.length > 0 ? all : (fileOf(id)?.document.mitigations ?? all);
}

function againLine(
  incident: string,
  flags: ScoreFlags,
  mitigations: readonly string[],
  assumptions: AssumptionValues,
): string {
  const rest = [
    ...(flags.byReports === true ? ['--by-reports'] : []),
    ...(flags.region === undefined ? [] : [`--region ${flags.region}`]),
  ];
  const seeds = { flags: chosenSeeds(flags).flags };
  const common = { command: 'score' as const, incident, seeds, mitigations, assumptions };
  return commandLine(rest.length === 0 ? common : { ...common, rest: rest.join(' ') });
}

/** All plans side by side on one set of cores, put together into one document. */
export async function experimentOf(session: Session, plans: readonly CampaignPlan[]): Promise<ExperimentResult> {
  const campaigns = plans.map((plan) => new Campaign(arms, plan));
  const staged = campaigns.map((campaign): Staged<ArmTask> => {
    return {
      next: () => campaign.next().map((job) => ({ kind: 'arm', job })),
      take: (runs) => campaign.take(runs),
    };
  });
  await session.withRunner(Infinity, (runner) => {
    return runStages(runner, staged, { label: 'scoring', quiet: session.quiet });
  });
  const parts = campaigns.map((campaign) => campaign.result());
  return { ...parts[0]!, incidents: parts.flatMap(({ incidents }) => incidents) };
}

export function planOf(
  incident: Incident,
  mitigations: readonly string[],
  seeds: readonly number[],
  assumptions: AssumptionValues,
): ExperimentPlan {
  return { incidents: [incident.id], mitigations, seeds, fairWeatherSeeds: seeds.slice(0, FAIR_DAYS), assumptions };
}

export function tasksOf(plan: ExperimentPlan): readonly ArmTask[] {
  return jobsOf(arms, plan).map((job) => ({ kind: 'arm', job }));
}

/** The scorecard of several plans, whose runs stand one after the other. */
export function scoreResult(plans: readonly ExperimentPlan[], runs: readonly ArmRun[]): ScoreResult {
  let start = 0;
  const experiments = plans.map((plan) => {
    const count = jobsOf(arms, plan).length;
    return assemble(arms, plan, runs.slice(start, (start += count)));
  });
  return scored({ ...experiments[0]!, incidents: experiments.flatMap(({ incidents }) => incidents) });
}

export function scored(experiment: ExperimentResult): ScoreResult {
  const document = scoreDocument(experiment);
  const hashes = ({ scored: bad, byReports, fairWeather }: Arm): readonly string[] =>
    [...bad, ...byReports, ...fairWeather].map(({ traceHash }) => traceHash);
  const traceHashes = experiment.incidents.flatMap(({ control, arms }) => [control, ...arms].flatMap(hashes));
  return { ...document, digest: digestOf({ document, traceHashes }) };
}

function announce(session: Session, incident: Incident, plan: CampaignPlan, assumptions: AssumptionValues): void {
  const { id, title } = incident;
  const { stopping, seeds } = plan;
  const until = stopping.precisionPoints === undefined ? '' : `, until ±${stopping.precisionPoints} points or at most`;
  const isOwn = fileOf(id) !== undefined;
  const response = isOwn ? 'the response that the file dates' : "the owner's published response";
  const play = `${plural(plan.mitigations.length, 'mitigation')} against ${response}${until}`;
  session.announce(openingText({ scenario: id, title, play, seeds, mitigations: [], isOwn }, session.paint));
  if (isOwn) return session.announce('');
  session.announce(`${assumptionLine(assumptionResults(incident, checkedValues(incident, assumptions)))}\n`);
}
