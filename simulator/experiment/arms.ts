/**
 * The arms of an experiment: a control and one arm for each mitigation, on the same seeds, on the same plays. Split into
 * jobs that share nothing, so that they can run on several cores and still give the same document.
 */
import { isNotApplicable, SimulatorError, type Mitigation } from '../contract/index.ts';
import { defaultValues, type AssumptionValues, type Incident } from './incident.ts';
import type { Arm, ArmRun, ExperimentResult, IncidentExperiment } from './result.ts';
import { SCHEMA_VERSION } from './result.ts';
import { runTrial, type Timetable } from './trial.ts';

/** One run, named by ids only, so that it can be sent to a worker. */
export interface Job {
  readonly incident: string;
  readonly timetable: Timetable;
  /** Ids; empty for the control. */
  readonly mitigations: readonly string[];
  readonly seed: number;
  readonly assumptions: AssumptionValues;
}

export interface Catalogue {
  readonly incidents: readonly Incident[];
  readonly mitigations: readonly Mitigation[];
}

export interface ExperimentPlan {
  readonly incidents: readonly string[];
  readonly mitigations: readonly string[];
  readonly seeds: readonly number[];
  /** Seeds on which the owner acts upon users' reports alone; none when left out. */
  readonly byReportsSeeds?: readonly number[];
  /** Seeds of the fair-weather days; fewer suffice, a price is not bimodal. */
  readonly fairWeatherSeeds: readonly number[];
  readonly assumptions: AssumptionValues;
}

/** Used when the incident does not say: `expires_in=3600` of the examples in RFC 6749. */
const DEFAULT_TOKEN_LIFETIME_MS = 3_600_000;

const TIMETABLES = ['scored', 'scored-by-reports', 'fair-weather'] as const;

/** Why a mitigation has no object in an incident, by `incident/mitigation`. */
export function withoutObject(catalogue: Catalogue, plan: ExperimentPlan): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  for (const incident of chosenIncidents(catalogue, plan)) {
    const scenario = incident.scored({ ...defaultValues(incident), ...plan.assumptions }, 'published');
    for (const mitigation of chosenMitigations(catalogue, plan)) {
      const applied = mitigation.apply(scenario);
      if (isNotApplicable(applied)) reasons.set(`${incident.id}/${mitigation.id}`, applied.notApplicable);
    }
  }
  return reasons;
}

/** All runs of a plan, in a fixed order: incident by incident, the control first, the scored play before the rest. */
export function jobsOf(catalogue: Catalogue, plan: ExperimentPlan): readonly Job[] {
  const reasons = withoutObject(catalogue, plan);
  const jobs: Job[] = [];
  for (const incident of chosenIncidents(catalogue, plan)) {
    const arms = chosenMitigations(catalogue, plan).filter(({ id }) => !reasons.has(`${incident.id}/${id}`));
    for (const timetable of TIMETABLES) {
      for (const seed of seedsOf(plan, timetable)) {
        for (const mitigations of [[], ...arms.map(({ id }) => [id])]) {
          jobs.push({ incident: incident.id, timetable, mitigations, seed, assumptions: plan.assumptions });
        }
      }
    }
  }
  return jobs;
}

function seedsOf(plan: ExperimentPlan, timetable: (typeof TIMETABLES)[number]): readonly number[] {
  if (timetable === 'fair-weather') return plan.fairWeatherSeeds;
  return timetable === 'scored' ? plan.seeds : (plan.byReportsSeeds ?? []);
}

export function runJob(catalogue: Catalogue, job: Job): ArmRun {
  const incident = catalogue.incidents.find(({ id }) => id === job.incident)!;
  const mitigations = catalogue.mitigations.filter(({ id }) => job.mitigations.includes(id));
  const { timetable, seed, assumptions } = job;
  const trial = runTrial({ incident, timetable, seed, mitigations, assumptions });
  return {
    seed,
    traceHash: trial.view.record.traceHash,
    measures: trial.measures,
    exposure: trial.exposure,
    actionCount: Object.values(trial.actions).reduce((sum, count) => sum + count, 0),
    unfeltFaults: Object.entries(trial.faultHits).flatMap(([id, hits]) => (hits === 0 ? [id] : [])),
  };
}

/**
 * Puts the runs of `jobsOf`, in its order, together into the document.
 * @throws SimulatorError `bad-argument` when these are not the runs of its jobs: arms would be paired wrongly
 */
export function assemble(catalogue: Catalogue, plan: ExperimentPlan, runs: readonly ArmRun[]): ExperimentResult {
  const jobs = jobsOf(catalogue, plan);
  checkRuns(jobs, runs);
  return experimentOf(catalogue, plan, (incident, mitigation, timetable) => {
    const wanted = mitigation ?? '';
    return runs.filter((_, index) => {
      const job = jobs[index]!;
      return job.incident === incident && job.timetable === timetable && (job.mitigations[0] ?? '') === wanted;
    });
  });
}

/** The runs of one arm of one incident (`mitigation` null: of the control) on one play, in the order of the seeds. */
export type RunsOf = (incident: string, mitigation: string | null, timetable: Timetable) => readonly ArmRun[];

/** The document of a plan, its runs wherever they come from. */
export function experimentOf(catalogue: Catalogue, plan: ExperimentPlan, runsOf: RunsOf): ExperimentResult {
  const reasons = withoutObject(catalogue, plan);
  const mitigations = chosenMitigations(catalogue, plan);
  const incidents = chosenIncidents(catalogue, plan).map((incident): IncidentExperiment => {
    const armOf = (mitigation: string | null): Arm => {
      const notApplicable = mitigation === null ? undefined : reasons.get(`${incident.id}/${mitigation}`);
      return {
        mitigation,
        ...(notApplicable === undefined ? {} : { notApplicable }),
        scored: runsOf(incident.id, mitigation, 'scored'),
        byReports: runsOf(incident.id, mitigation, 'scored-by-reports'),
        fairWeather: runsOf(incident.id, mitigation, 'fair-weather'),
      };
    };
    const assumptions = { ...defaultValues(incident), ...plan.assumptions };
    return {
      id: incident.id,
      title: incident.title,
      seeds: plan.seeds,
      assumptions,
      accessTokenLifetimeMs: tokenLifetimeMs(incident, assumptions),
      control: armOf(null),
      arms: mitigations.map(({ id }) => armOf(id)),
    };
  });
  const sentences = mitigations.map(({ id, sentence }) => ({ id, sentence }));
  return { schemaVersion: SCHEMA_VERSION, kind: 'experiment', mitigations: sentences, incidents };
}

/** The budget for a revoked session that is still admitted. */
export function tokenLifetimeMs(incident: Incident, values: AssumptionValues): number {
  return incident.accessTokenLifetimeMs?.(values) ?? DEFAULT_TOKEN_LIFETIME_MS;
}

function checkRuns(jobs: readonly Job[], runs: readonly ArmRun[]): void {
  const remedy = 'Give the run of each job, in the order of jobsOf.';
  if (runs.length !== jobs.length) {
    throw new SimulatorError('bad-argument', `There are ${runs.length} runs for ${jobs.length} jobs.`, remedy);
  }
  const index = jobs.findIndex((job, each) => job.seed !== runs[each]!.seed);
  if (index < 0) return;
  const message = `Run ${index} has seed ${runs[index]!.seed}, its job ${jobs[index]!.seed}.`;
  throw new SimulatorError('bad-argument', message, remedy);
}

function chosenIncidents(catalogue: Catalogue, plan: ExperimentPlan): readonly Incident[] {
  return catalogue.incidents.filter(({ id }) => plan.incidents.includes(id));
}

function chosenMitigations(catalogue: Catalogue, plan: ExperimentPlan): readonly Mitigation[] {
  return catalogue.mitigations.filter(({ id }) => plan.mitigations.includes(id));
}
