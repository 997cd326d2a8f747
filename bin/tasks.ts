/** What can be done on any core: named by ids and numbers only, answered with a document. */
import {
  castTrial,
  explain,
  pictureOf,
  replay,
  runFactJob,
  runJob,
  runSweepJob,
  verifyScenario,
  type ArmRun,
  type AssumptionValues,
  type Explanation,
  type FactJob,
  type FactRun,
  type Job,
  type ReplayInput,
  type ReplayResult,
  type RunPicture,
  type SweepJob,
  type SweepRun,
  type Verification,
} from '../simulator/experiment/index.ts';
import { arms, findIncident, findMitigations } from './catalogue.ts';

interface HistoricalTask {
  readonly incident: string;
  readonly seed: number;
  readonly mitigations: readonly string[];
  readonly assumptions: AssumptionValues;
}

export interface ReplayTask extends HistoricalTask {
  readonly kind: 'replay';
}

/** The same run twice, compared. */
export interface VerifyTask extends HistoricalTask {
  readonly kind: 'verify';
}

/** What the figures of one historical replay are drawn from. */
export interface PictureTask extends HistoricalTask {
  readonly kind: 'picture';
}

export interface ExplainTask extends HistoricalTask {
  readonly kind: 'explain';
  readonly user?: string;
  readonly at?: string;
}

export type Task =
  | ReplayTask
  | VerifyTask
  | ExplainTask
  | PictureTask
  | { readonly kind: 'arm'; readonly job: Job }
  | { readonly kind: 'facts'; readonly job: FactJob }
  | { readonly kind: 'sweep'; readonly job: SweepJob };

export interface TaskResults {
  readonly replay: ReplayResult;
  readonly verify: Verification;
  readonly explain: Explanation;
  readonly picture: RunPicture;
  readonly arm: ArmRun;
  readonly facts: FactRun;
  readonly sweep: SweepRun;
}

export type ResultOf<T extends Task> = TaskResults[T['kind']];

export function perform(task: Task): TaskResults[Task['kind']] {
  switch (task.kind) {
    case 'arm':
      return runJob(arms, task.job);
    case 'facts':
      return runFactJob(findIncident(task.job.incident), task.job);
    case 'sweep':
      return runSweepJob(findIncident(task.job.incident), task.job);
    case 'explain':
      return explain({ ...task, ...castOf(task) });
    case 'picture':
      return pictureOf({ ...task, ...castOf(task) });
    case 'replay':
      return replay({ ...task, ...castOf(task) });
    case 'verify': {
      const { scenario } = castTrial({ ...task, ...castOf(task), timetable: 'historical' });
      return verifyScenario(scenario, task.seed);
    }
  }
}

function castOf(task: HistoricalTask): Pick<ReplayInput, 'incident' | 'mitigations'> {
  return { incident: findIncident(task.incident), mitigations: findMitigations(task.mitigations) };
}
