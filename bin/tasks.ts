/** What can be done on any core: named by ids and numbers only, answered with a document. */
import {
  castTrial,
  explain,
  replay,
  runJob,
  runSweepJob,
  verifyScenario,
  type ArmRun,
  type AssumptionValues,
  type Explanation,
  type Job,
  type ReplayInput,
  type ReplayResult,
  type SweepJob,
  type SweepRun,
  type Verification,
} from '../simulator/experiment/index.ts';
import { catalogue, findIncident, findMitigations } from './catalogue.ts';

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

export interface ExplainTask extends HistoricalTask {
  readonly kind: 'explain';
  readonly user?: string;
  readonly at?: string;
}

export type Task =
  | ReplayTask
  | VerifyTask
  | ExplainTask
  | { readonly kind: 'arm'; readonly job: Job }
  | { readonly kind: 'sweep'; readonly job: SweepJob };

export interface TaskResults {
  readonly replay: ReplayResult;
  readonly verify: Verification;
  readonly explain: Explanation;
  readonly arm: ArmRun;
  readonly sweep: SweepRun;
}

export type ResultOf<T extends Task> = TaskResults[T['kind']];

export function perform(task: Task): TaskResults[Task['kind']] {
  switch (task.kind) {
    case 'arm':
      return runJob(catalogue, task.job);
    case 'sweep':
      return runSweepJob(findIncident(task.job.incident), task.job);
    case 'explain':
      return explain({ ...task, ...castOf(task) });
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
