/** `replay`: one incident against its published facts, on one seed or on many. */
import { assumptionList, openingText, type Opening } from '../../reports/render/opening.ts';
import { replayText, sweepText } from '../../reports/render/replay-text.ts';
import { differenceText, verificationText } from '../../reports/render/verification-text.ts';
import {
  assembleSweep,
  assumptionResults,
  castTrial,
  checkedValues,
  comparedWithHistory,
  sweepJobs,
  type AssumptionValues,
  type Incident,
  type ReplayResult,
} from '../../simulator/experiment/index.ts';
import { assumptionsFor, findIncident, findMitigations } from '../catalogue.ts';
import { EXIT, RunError, UsageError } from '../exit.ts';
import { commandLine, commandOf } from '../invocation.ts';
import { parseAssumptions, parseIds, parseSeed, parseSeeds } from '../options.ts';
import type { Runner } from '../pool.ts';
import { fileOf } from '../scenario-file/registry.ts';
import { replayFile } from '../scenario-file/replay-file.ts';
import { Session, type CommonFlags } from '../session.ts';
import type { ReplayTask, VerifyTask } from '../tasks.ts';

export interface ReplayFlags extends CommonFlags {
  readonly seed?: string;
  readonly seeds?: string;
  readonly mitigation?: string;
  readonly assume: readonly string[];
  readonly verify?: boolean;
}

export async function replay(id: string, flags: ReplayFlags): Promise<number> {
  const incident = findIncident(id);
  const file = fileOf(incident.id);
  if (file !== undefined) return await replayFile(file, incident, flags);
  const chosen = findMitigations(parseIds(flags.mitigation));
  const mitigations = chosen.map((mitigation) => mitigation.id);
  const assumptions = assumptionsFor([incident], parseAssumptions(flags.assume))[0]!;
  if (flags.seeds !== undefined) {
    refuseWithSeeds(flags);
    return await sweep(incident, parseSeeds(flags.seeds), assumptions, new Session(flags));
  }
  const seed = parseSeed(flags.seed ?? '1');
  const task: ReplayTask = { kind: 'replay', incident: id, seed, mitigations, assumptions };
  // Says what cannot be before anything is printed: a mitigation may have no object here.
  castTrial({ ...task, incident, mitigations: chosen, timetable: 'historical' });
  const session = new Session(flags);
  announce(session, incident, { seeds: [seed], mitigations }, assumptions);
  const result = await session.withRunner(3, async (runner) => {
    if (flags.verify === true) await verify(session, runner, { ...task, kind: 'verify' });
    return mitigations.length === 0 ? await plain(session, runner, task) : await compared(session, runner, task);
  });
  session.say(`\n${replayText(result, session.paint)}`);
  session.say(`Again: ${commandOf(task)}`);
  session.deliver(result);
  return result.mode === 'counterfactual' ? EXIT.pass : exitOf(result.status);
}

function refuseWithSeeds({ seed, mitigation, verify }: ReplayFlags): void {
  if (seed !== undefined) throw new UsageError('--seed and --seeds exclude each other. Give one of them.');
  if (verify === true) throw new UsageError('--verify runs one seed twice. Give --seed in place of --seeds.');
  if (mitigation === undefined) return;
  throw new UsageError('--mitigation goes with --seed; over many seeds, compare with `authdrill score`.');
}

async function plain(session: Session, runner: Runner, task: ReplayTask): Promise<ReplayResult> {
  return await session.runOne(runner, `replaying ${task.incident}`, task);
}

async function compared(session: Session, runner: Runner, task: ReplayTask): Promise<ReplayResult> {
  const tasks = [task, { ...task, mitigations: [] }];
  const [result, history] = await session.runAll(runner, `replaying ${task.incident}`, tasks);
  return comparedWithHistory(result!, history!);
}

async function verify(session: Session, runner: Runner, task: VerifyTask): Promise<void> {
  const verification = await session.runOne(runner, `running ${task.incident} twice`, task);
  if (!verification.identical) {
    throw new RunError(`The model is not deterministic: ${differenceText(verification.difference)}`, commandOf(task));
  }
  session.announce(`\n${verificationText(verification)}`);
}

async function sweep(
  incident: Incident,
  seeds: readonly number[],
  assumptions: AssumptionValues,
  session: Session,
): Promise<number> {
  const plan = { incident, seeds, assumptions };
  const tasks = sweepJobs(plan).map((job) => ({ kind: 'sweep' as const, job }));
  announce(session, incident, { seeds, mitigations: [] }, assumptions);
  const runs = await session.withRunner(tasks.length, (runner) => {
    return session.runAll(runner, `replaying ${incident.id}`, tasks);
  });
  const result = assembleSweep(plan, runs);
  session.say(`\n${sweepText(result, session.paint)}`);
  const failed = result.facts.flatMap(({ failedSeeds = [] }) => failedSeeds)[0];
  const again = failed === undefined ? { range: seeds } : { seed: failed };
  session.say(`Again: ${commandLine({ command: 'replay', incident: incident.id, seeds: again, assumptions })}`);
  session.deliver(result);
  return exitOf(result.status);
}

function announce(
  session: Session,
  incident: Incident,
  what: Pick<Opening, 'seeds' | 'mitigations'>,
  assumptions: AssumptionValues,
): void {
  const { id, title } = incident;
  const play = what.mitigations.length === 0 ? 'historical timetable' : 'the historical timetable changed';
  session.announce(openingText({ scenario: id, title, play, ...what }, session.paint));
  const all = assumptionResults(incident, checkedValues(incident, assumptions));
  session.announce(`\n${assumptionList(all, session.paint)}`);
}

function exitOf(status: ReplayResult['status']): number {
  return { holds: EXIT.pass, fails: EXIT.failed, inconclusive: EXIT.inconclusive }[status];
}
