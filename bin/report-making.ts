/** Runs what a page about incidents needs and puts it together: facts on all seeds, one seed in full, bands over seeds. */
import { bandsOf } from '../reports/bands.ts';
import type { BandFigures, IncidentReport, MeasuredRuns, ReportDocument } from '../reports/report-document.ts';
import { reportVerdict } from '../reports/report-verdict.ts';
import type { ScoreResult } from '../reports/score/score-document.ts';
import {
  assembleSweep,
  digestOf,
  SCHEMA_VERSION,
  sweepJobs,
  type AssumptionValues,
  type Incident,
  type RunPicture,
  type SweepResult,
} from '../simulator/experiment/index.ts';
import { commandLine, programName } from './invocation.ts';
import type { Runner } from './pool.ts';
import { tokenLifetimeMs } from './scenario-file/cast/incident.ts';
import { fileOf } from './scenario-file/registry.ts';
import { judgeRuns } from './scenario-file/thresholds/table.ts';
import type { Session } from './session.ts';
import type { PictureTask } from './tasks.ts';
import { version } from './version.ts';

export interface ReportPlan {
  readonly incident: Incident;
  readonly seeds: readonly number[];
  /** Overrides of the incident's defaults. */
  readonly assumptions: AssumptionValues;
}

/** @param mitigation drawn beside the replay as it was; null for none */
export async function incidentReport(
  session: Session,
  runner: Runner,
  plan: ReportPlan,
  mitigation: string | null,
): Promise<IncidentReport> {
  const { incident, seeds, assumptions } = plan;
  const { id, title, sentence } = incident;
  const sweep = await swept(session, runner, plan);
  const seed = sweep.facts.flatMap(({ failedSeeds = [] }) => failedSeeds)[0] ?? seeds[0]!;
  const task = { incident: id, seed, mitigations: [], assumptions };
  const [replay, explanation] = await Promise.all([
    runner.run({ kind: 'replay', ...task }),
    runner.run({ kind: 'explain', ...task }),
  ]);
  const own = await ownThresholds(session, runner, plan);
  const pictures = await session.runAll(runner, `drawing ${id}`, pictureTasks(plan, []));
  const mitigated =
    mitigation === null
      ? null
      : await session.runAll(runner, `drawing ${mitigation}`, pictureTasks(plan, [mitigation]));
  const common = { incident: id, seeds: { seed }, assumptions };
  return {
    id,
    title,
    sentence,
    sweep,
    replay,
    explanation,
    picture: pictures[seeds.indexOf(seed)]!,
    bands: bandFigures(seeds, mitigation, pictures, mitigated),
    ...own,
    commands: {
      replay: asTyped(commandLine({ command: 'replay', ...common })),
      explain: asTyped(commandLine({ command: 'explain', ...common, rest: `--user ${explanation.user}` })),
    },
  };
}

/** The first of a scorecard that surely helps and opens nothing; null when there is none. */
export function bestOf(score: ScoreResult | null, incident: string): string | null {
  const scenario = score?.scenarios.find(({ id }) => id === incident);
  const first = scenario?.mitigations.find(({ verdict }) => verdict === 'prevents' || verdict === 'reduces');
  return first?.id ?? null;
}

export function reportDocument(
  parts: Pick<ReportDocument, 'incidents' | 'score' | 'again'> & { readonly runs: MeasuredRuns | null },
): ReportDocument {
  const { incidents, score, runs, again } = parts;
  const document = {
    schemaVersion: SCHEMA_VERSION,
    kind: 'report' as const,
    tool: { name: 'authdrill', version: version() },
    verdict: reportVerdict(incidents, score),
    seeds: [...new Set(incidents.flatMap(({ sweep }) => sweep.seeds))],
    incidents,
    score,
    runs,
    again: asTyped(again),
  };
  return { ...document, digest: digestOf(document) };
}

/** Of a scenario file: what it wants of the measures, held against all seeds. Nothing of a published incident. */
async function ownThresholds(
  session: Session,
  runner: Runner,
  { incident, seeds, assumptions }: ReportPlan,
): Promise<Pick<IncidentReport, 'isOwn' | 'thresholds'>> {
  const file = fileOf(incident.id);
  if (file === undefined) return {};
  const tasks = seeds.map((seed) => ({
    kind: 'replay' as const,
    incident: incident.id,
    seed,
    mitigations: [],
    assumptions,
  }));
  const runs = await session.runAll(runner, `measuring ${incident.id}`, tasks);
  const { rows } = judgeRuns(file.document.thresholds ?? {}, runs, tokenLifetimeMs(file.document));
  const thresholds = rows.map(({ measure, verdict, expected, observed }) => ({ measure, verdict, expected, observed }));
  return { isOwn: true, thresholds };
}

async function swept(session: Session, runner: Runner, plan: ReportPlan): Promise<SweepResult> {
  const tasks = sweepJobs(plan).map((job) => ({ kind: 'sweep' as const, job }));
  return assembleSweep(plan, await session.runAll(runner, `replaying ${plan.incident.id}`, tasks));
}

function pictureTasks({ incident, seeds, assumptions }: ReportPlan, mitigations: readonly string[]): PictureTask[] {
  return seeds.map((seed) => ({ kind: 'picture', incident: incident.id, seed, mitigations, assumptions }));
}

function bandFigures(
  seeds: readonly number[],
  mitigation: string | null,
  pictures: readonly RunPicture[],
  mitigated: readonly RunPicture[] | null,
): BandFigures {
  return { seeds, mitigation, control: bandsOf(pictures), mitigated: mitigated === null ? null : bandsOf(mitigated) };
}

/** A document says the same however the program was called. */
function asTyped(command: string): string {
  const name = programName();
  return command.startsWith(name) ? `authdrill${command.slice(name.length)}` : command;
}
