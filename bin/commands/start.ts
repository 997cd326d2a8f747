/** `start`: the first look. Replays the first incidents against their facts, the first one at once, then scores the mitigations. */
import { DISCLAIMER } from '../../reports/render/disclaimer.ts';
import { assumptionLine } from '../../reports/render/opening.ts';
import { factsText } from '../../reports/render/replay-text.ts';
import { scoreText } from '../../reports/render/score-text.ts';
import { plural, seedText } from '../../reports/render/figures.ts';
import { wrap } from '../../reports/render/wrap.ts';
import {
  SCHEMA_VERSION,
  type ArmRun,
  type ExperimentPlan,
  type Incident,
  type ReplayResult,
} from '../../simulator/experiment/index.ts';
import { firstLook } from '../../scenarios/index.ts';
import { catalogue } from '../catalogue.ts';
import { EXIT } from '../exit.ts';
import { commandOf, programName } from '../invocation.ts';
import type { Runner } from '../pool.ts';
import { Progress } from '../progress.ts';
import { Session, type CommonFlags } from '../session.ts';
import type { ReplayTask, ResultOf, Task } from '../tasks.ts';
import { planOf, scoreResult, tasksOf } from './score.ts';

/** Enough for a first interval, few enough to be done while somebody watches. */
const SEEDS: readonly number[] = [1, 2, 3];
const FAIR_DAYS: readonly number[] = [1];
const REPLAY_SEED = 1;

export async function start(flags: CommonFlags): Promise<number> {
  const session = new Session(flags);
  const incidents = firstLook;
  const plans = incidents.map(firstPlan);
  const armTasks = plans.map(tasksOf);
  const taskCount = incidents.length + armTasks.reduce((sum, tasks) => sum + tasks.length, 0);
  session.announce(intro(incidents.length));
  return await session.withRunner(taskCount, async (runner) => {
    const progress = new Progress('replaying and scoring', taskCount, { quiet: session.quiet });
    // All are queued at once, in the order of the page; what is finished is printed as soon as what stands before it is.
    const replays = incidents.map((incident) => counted(runner, progress, replayTask(incident)));
    const arms = armTasks.map((tasks) => tasks.map((task) => counted(runner, progress, task)));
    for (const promise of [...replays, ...arms.flat()]) promise.catch(() => undefined);
    const results: ReplayResult[] = [];
    for (const [index, incident] of incidents.entries()) {
      const result = await replays[index]!;
      progress.clear();
      results.push(result);
      session.say(`\n${replayPart(incident, result, session)}`);
    }
    const runs: ArmRun[] = [];
    for (const [index, promises] of arms.entries()) {
      const own = await Promise.all(promises);
      progress.clear();
      runs.push(...own);
      const [scenario] = scoreResult([plans[index]!], own).scenarios;
      session.say(`\n${scoreText(scenario!, session.paint)}`);
    }
    progress.end();
    const score = scoreResult(plans, runs);
    session.say(`\n${outro()}`);
    session.deliver({ schemaVersion: SCHEMA_VERSION, kind: 'start', replays: results, score });
    return exitOf(results, score.scenarios);
  });
}

async function counted<T extends Task>(runner: Runner, progress: Progress, task: T): Promise<ResultOf<T>> {
  const result = await runner.run(task);
  progress.step();
  return result;
}

function replayTask({ id }: Incident): ReplayTask {
  return { kind: 'replay', incident: id, seed: REPLAY_SEED, mitigations: [], assumptions: {} };
}

/** What the owner itself did or planned, on few seeds, without the second figure. */
function firstPlan(incident: Incident): ExperimentPlan {
  const mitigations = incident.ownMitigations ?? catalogue.mitigations.map(({ id }) => id);
  return { ...planOf(incident, mitigations, SEEDS, {}), byReportsSeeds: [], fairWeatherSeeds: FAIR_DAYS };
}

function intro(incidentCount: number): string {
  const runs =
    `Replays ${plural(incidentCount, 'published incident')} on seed ${REPLAY_SEED}, each against the facts of its report, ` +
    `then scores what the owners did or planned on ${seedText(SEEDS)}: few, for a first look.`;
  return [...wrap(DISCLAIMER, 100), '', ...wrap(runs, 100)].join('\n');
}

function replayPart(incident: Incident, result: ReplayResult, session: Session): string {
  return [
    `${session.paint('strong', incident.id)} (seed ${result.seed})`,
    ...wrap(incident.title, 100),
    factsText(result, session.paint),
    assumptionLine(result.assumptions),
    `Again: ${commandOf(replayTask(incident))}`,
  ].join('\n');
}

function outro(): string {
  const program = programName();
  const first = firstLook[0]?.id ?? '';
  return [
    'Next:',
    `  ${program} replay ${first} --seeds 1..50`,
    `  ${program} score ${first} --seeds 30`,
    `  ${program} explain ${first} --seed 1`,
    `  ${program} --help`,
  ].join('\n');
}

function exitOf(replays: readonly ReplayResult[], scenarios: readonly { readonly status: string }[]): number {
  if (replays.some(({ status }) => status === 'fails')) return EXIT.failed;
  const open = [...replays, ...scenarios].some(({ status }) => status === 'inconclusive');
  return open ? EXIT.inconclusive : EXIT.pass;
}
