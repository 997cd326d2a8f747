/** `replay` of a scenario file: one seed or many, held against the file's own thresholds. */
import { openingText } from '../../reports/render/opening.ts';
import { faultLines, timelineLines } from '../../reports/render/replay-text.ts';
import { measureLines } from '../../reports/render/measures-text.ts';
import { seedText } from '../../reports/render/figures.ts';
import { differenceText, verificationText } from '../../reports/render/verification-text.ts';
import { castTrial, type Incident, type ReplayResult } from '../../simulator/experiment/index.ts';
import { findMitigations } from '../catalogue.ts';
import type { ReplayFlags } from '../commands/replay.ts';
import { EXIT, RunError, UsageError } from '../exit.ts';
import { commandLine, commandOf } from '../invocation.ts';
import { parseIds, parseSeed, parseSeeds } from '../options.ts';
import type { Runner } from '../pool.ts';
import { Session } from '../session.ts';
import type { ReplayTask } from '../tasks.ts';
import { tokenLifetimeMs } from './cast/incident.ts';
import type { ScenarioFile } from './registry.ts';
import { judgeRuns, thresholdText, verdictText, type ThresholdResult } from './thresholds/table.ts';

export async function replayFile(file: ScenarioFile, incident: Incident, flags: ReplayFlags): Promise<number> {
  refuse(flags);
  const chosen = findMitigations(parseIds(flags.mitigation));
  const mitigations = chosen.map(({ id }) => id);
  const seeds = flags.seeds === undefined ? [parseSeed(flags.seed ?? '1')] : parseSeeds(flags.seeds);
  const tasks = seeds.map((seed): ReplayTask => {
    return { kind: 'replay', incident: incident.id, seed, mitigations, assumptions: {} };
  });
  // Says what cannot be before anything is printed: a mitigation may have no object here.
  castTrial({ ...tasks[0]!, incident, mitigations: chosen, timetable: 'historical' });
  const session = new Session(flags);
  const opening = { scenario: incident.id, title: incident.title, play: file.path, seeds, mitigations, isOwn: true };
  session.announce(openingText(opening, session.paint));
  const results = await session.withRunner(tasks.length + 1, async (runner) => {
    if (flags.verify === true) await verify(session, runner, tasks[0]!);
    return session.runAll(runner, `replaying ${incident.id}`, tasks);
  });
  const judged = judgeRuns(file.document.thresholds ?? {}, results, tokenLifetimeMs(file.document));
  const unfelt = unfeltFaults(results);
  const verdict = unfelt.length > 0 ? 'INCONCLUSIVE' : judged.verdict;
  session.say(`\n${textOf(results, { ...judged, verdict }, unfelt, session)}`);
  session.say(`Again: ${again(tasks, seeds, mitigations)}`);
  session.deliver(documentOf(results, { ...judged, verdict }));
  return { PASS: EXIT.pass, FAIL: EXIT.failed, INCONCLUSIVE: EXIT.inconclusive }[verdict];
}

function refuse({ seed, seeds, verify, assume }: ReplayFlags): void {
  if (seed !== undefined && seeds !== undefined) {
    throw new UsageError('--seed and --seeds exclude each other. Give one of them.');
  }
  if (verify === true && seeds !== undefined) {
    throw new UsageError('--verify runs one seed twice. Give --seed in place of --seeds.');
  }
  if (assume.length > 0) {
    throw new UsageError('--assume: a scenario file has no assumptions beside what stands in it. Change the file.');
  }
}

async function verify(session: Session, runner: Runner, task: ReplayTask): Promise<void> {
  const verification = await session.runOne(runner, `running ${task.incident} twice`, { ...task, kind: 'verify' });
  if (!verification.identical) {
    const difference = differenceText(verification.difference);
    throw new RunError(`The model is not deterministic: ${difference}`, commandOf({ ...task, kind: 'verify' }));
  }
  session.announce(`\n${verificationText(verification)}`);
}

/** Faults that no request met, with the seeds: such a run proves nothing. */
function unfeltFaults(results: readonly ReplayResult[]): readonly string[] {
  const seedsByFault = new Map<string, number[]>();
  for (const { seed, faults } of results) {
    for (const { id, hits } of faults) if (hits === 0) seedsByFault.set(id, [...(seedsByFault.get(id) ?? []), seed]);
  }
  return [...seedsByFault].map(([id, seeds]) => `${id} on ${seedText(seeds)}`);
}

function textOf(
  results: readonly ReplayResult[],
  judged: ThresholdResult,
  unfelt: readonly string[],
  { paint }: Session,
): string {
  const [first] = results;
  const { clock, inputs, faults, measures } = first!;
  const many = results.length > 1 ? ` on seed ${first!.seed}` : '';
  const verdict =
    unfelt.length === 0
      ? verdictText(judged, paint)
      : `${paint('unsure', 'INCONCLUSIVE')}: no request met ${unfelt.join('; ')}, so this proves nothing.`;
  return [
    ...(inputs.length === 0 ? [] : [`${paint('strong', 'Timeline')} (${clock.zone})`, ...timelineLines(inputs), '']),
    ...(faults.length === 0 ? [] : [paint('strong', `Faults${many}`), ...faults.flatMap(faultLines), '']),
    paint('strong', `Measures${many}`),
    measureLines(measures),
    '',
    ...(judged.rows.length === 0 ? [] : [thresholdText(judged, paint), '']),
    verdict,
  ].join('\n');
}

function again(tasks: readonly ReplayTask[], seeds: readonly number[], mitigations: readonly string[]): string {
  if (tasks.length === 1) return commandOf(tasks[0]!);
  return commandLine({ command: 'replay', incident: tasks[0]!.incident, seeds: { range: seeds }, mitigations });
}

function documentOf(results: readonly ReplayResult[], { rows, verdict }: ThresholdResult): unknown {
  const judged = { thresholds: rows, verdict };
  if (results.length === 1) return { ...results[0]!, ...judged };
  return { schemaVersion: results[0]!.schemaVersion, kind: 'replays', ...judged, replays: results };
}
