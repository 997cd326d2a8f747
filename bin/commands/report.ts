/** `report`: one page about incidents, from a result that was written before, or from runs of its own. */
import { basename } from 'node:path';
import { csvText } from '../../reports/csv.ts';
import { htmlPage } from '../../reports/html/page.ts';
import { junitXml } from '../../reports/junit.ts';
import { markdownText } from '../../reports/markdown.ts';
import { measuredRuns } from '../../reports/measured-runs.ts';
import type { ReportDocument } from '../../reports/report-document.ts';
import type { ScoreResult } from '../../reports/score/score-document.ts';
import type { AssumptionValues, Incident } from '../../simulator/experiment/index.ts';
import { assumptionsFor, catalogue, findIncident, findIncidents, findMitigations } from '../catalogue.ts';
import { namesResultFile, readResult, type ResultDocument } from '../documents/result-file.ts';
import { EXIT, UsageError } from '../exit.ts';
import { commandLine } from '../invocation.ts';
import { parseAssumptions, parseIds } from '../options.ts';
import { checkOutput, tell, writeWhole } from '../output.ts';
import { readRegions, withRegions } from '../region-file.ts';
import { bestOf, incidentReport, reportDocument, type ReportPlan } from '../report-making.ts';
import { Session, type CommonFlags } from '../session.ts';
import { chosenSeeds } from '../stopping.ts';
import { experimentOf, planOf, scored } from './score.ts';

export interface ReportFlags extends CommonFlags {
  readonly html?: string;
  readonly markdown?: string;
  readonly junit?: string;
  readonly csv?: string;
  readonly seeds?: string;
  readonly mitigation?: string;
  readonly region?: string;
  readonly assume: readonly string[];
}

const FORMATS = ['html', 'markdown', 'junit', 'csv'] as const;
type Format = (typeof FORMATS)[number];

/** @param subjects incidents, or one result file */
export async function report(subjects: readonly string[], flags: ReportFlags): Promise<number> {
  for (const format of FORMATS) {
    const path = flags[format];
    if (path !== undefined) checkOutput(path, `--${format}`);
  }
  const file = subjects.find(namesResultFile);
  if (file !== undefined) refuseBesideFile(subjects, flags);
  const session = new Session(flags);
  const document = file === undefined ? await fromRuns(session, subjects, flags) : await fromFile(session, file);
  writeFormats(session, document, flags);
  session.deliver(document);
  return { PASS: EXIT.pass, FAIL: EXIT.failed, INCONCLUSIVE: EXIT.inconclusive }[document.verdict.word];
}

function refuseBesideFile(subjects: readonly string[], { seeds, mitigation, region, assume }: ReportFlags): void {
  const remedy = 'The file says it. Leave it out, or name an incident in place of the file.';
  if (subjects.length > 1) throw new UsageError('report takes one result file, or incidents. Give the file alone.');
  if (seeds !== undefined) throw new UsageError(`--seeds does not go with a result file. ${remedy}`);
  if (mitigation !== undefined) throw new UsageError(`--mitigation does not go with a result file. ${remedy}`);
  if (region !== undefined) throw new UsageError(`--region does not go with a result file. ${remedy}`);
  if (assume.length > 0) throw new UsageError(`--assume does not go with a result file. ${remedy}`);
}

async function fromRuns(session: Session, names: readonly string[], flags: ReportFlags): Promise<ReportDocument> {
  const incidents = findIncidents(names);
  const overrides = parseAssumptions(flags.assume);
  const assumptions = assumptionsFor(incidents, overrides);
  const { seeds, stopping } = chosenSeeds(flags);
  const regions = readRegions(flags.region);
  const wanted = parseIds(flags.mitigation);
  const mitigations = (wanted.length === 0 ? catalogue.mitigations : findMitigations(wanted)).map(({ id }) => id);
  const plans = incidents.map((incident, index): ReportPlan => ({ incident, seeds, assumptions: assumptions[index]! }));
  const experiment = await experimentOf(
    session,
    plans.map(({ incident, assumptions: own }) => {
      return { ...planOf(incident, mitigations, seeds, own), incident: incident.id, stopping };
    }),
  );
  const runs = measuredRuns(experiment);
  const score = withRegions(scored(experiment), regions);
  const incident = incidents.length === catalogue.incidents.length ? 'all' : incidents.map(({ id }) => id).join(' ');
  const again = { incident, seeds: { range: seeds }, mitigations: wanted, assumptions: overrides };
  return reportDocument({
    incidents: await incidentReports(session, plans, score),
    score,
    runs,
    again: commandLine({
      command: 'report',
      ...again,
      ...(flags.region === undefined ? {} : { rest: `--region ${flags.region}` }),
    }),
  });
}

async function fromFile(session: Session, path: string): Promise<ReportDocument> {
  const document = readResult(path);
  if (document.kind === 'report') return document;
  const plans = plansOf(document);
  return reportDocument({
    incidents: await incidentReports(session, plans, document.kind === 'score' ? document : null),
    score: document.kind === 'score' ? document : null,
    runs: null,
    again: `authdrill report ${basename(path)}`,
  });
}

/** Scores stay as the file has them; facts and figures are runs of a moment and are made again. */
function plansOf(document: Exclude<ResultDocument, ReportDocument>): readonly ReportPlan[] {
  if (document.kind === 'score') {
    return document.scenarios.map(({ id, seeds, assumptions }) => planFor(id, seeds, assumptions));
  }
  if (document.mitigations.length > 0) {
    throw new UsageError(
      'A replay with mitigations judges no facts. Give a historical replay, a score, or an incident.',
    );
  }
  const values = Object.fromEntries(document.assumptions.map(({ id, value }) => [id, value]));
  return [planFor(document.scenario, document.kind === 'replay' ? [document.seed] : document.seeds, values)];
}

/** Only what differs from the defaults is an override, so that commands stay short. */
function planFor(id: string, seeds: readonly number[], values: AssumptionValues): ReportPlan {
  const incident: Incident = findIncident(id);
  const changed = Object.entries(values).filter(([name, value]) => {
    return incident.assumptions.find((assumption) => assumption.id === name)?.value !== value;
  });
  return { incident, seeds, assumptions: assumptionsFor([incident], Object.fromEntries(changed))[0]! };
}

async function incidentReports(
  session: Session,
  plans: readonly ReportPlan[],
  score: ScoreResult | null,
): Promise<ReportDocument['incidents']> {
  const reports = [];
  for (const plan of plans) {
    const best = bestOf(score, plan.incident.id);
    reports.push(await session.withRunner(Infinity, (runner) => incidentReport(session, runner, plan, best)));
  }
  return reports;
}

/** Without a file to write to, a person or a job summary gets Markdown on stdout. */
function writeFormats(session: Session, document: ReportDocument, flags: ReportFlags): void {
  const { runs, verdict } = document;
  if (flags.csv !== undefined && runs === null) {
    throw new UsageError(
      '--csv needs the measures of every run, which this file does not hold. Name the incident instead.',
    );
  }
  const texts: Readonly<Record<Format, () => string>> = {
    html: () => htmlPage(document),
    markdown: () => markdownText(document),
    junit: () => junitXml(document),
    csv: () => csvText(runs!),
  };
  const asked = FORMATS.filter((format) => flags[format] !== undefined);
  for (const format of asked) {
    writeWhole(flags[format]!, texts[format](), `--${format}`);
    if (!session.quiet) tell(`authdrill: wrote ${flags[format]!}`);
  }
  if (asked.length === 0) session.say(texts.markdown().trimEnd());
  else session.say(`${verdict.word}: ${verdict.reasons.join(' ')}\nAgain: ${document.again}`);
}
