/** One replay, or one incident on many seeds, as text for a terminal. */
import type { FaultResult, ReplayResult, SweepResult, TimelineResult } from '../../simulator/experiment/index.ts';
import { factsTable, fittedLines, kindLine, sweptFactsTable } from './facts-text.ts';
import { plural, seedText, whole } from './figures.ts';
import { measureLines } from './measures-text.ts';
import { unpainted, type Paint } from './paint.ts';
import { hanging, wrap } from './wrap.ts';

/** Facts and verdict only: what a reader looks for first. */
export function factsText(result: ReplayResult, paint: Paint = unpainted): string {
  return [
    paint('strong', 'Facts of the public report'),
    factsTable(result.facts, paint),
    ...wrap(`${plural(result.facts.length, 'fact')}: ${kindLine(result.facts)}`, 100),
    ...fittedLines(result.facts),
    verdictLine(result, paint),
  ].join('\n');
}

/** Timeline, faults, measures and facts of one replay; the verdict is the last line. */
export function replayText(result: ReplayResult, paint: Paint = unpainted): string {
  const { clock, inputs, faults, measures } = result;
  return [
    `${paint('strong', 'Timeline')} (${clock.zone}; inputs of the play, and [what the report dates])`,
    ...timelineLines(inputs),
    '',
    paint('strong', 'Faults'),
    ...faults.flatMap((fault) => faultLines(fault)),
    '',
    paint('strong', 'Measures'),
    measureLines(measures),
    '',
    factsText(result, paint),
  ].join('\n');
}

export function sweepText(result: SweepResult, paint: Paint = unpainted): string {
  const { facts, seeds } = result;
  const missing = facts.filter(({ holds, scope }) => scope === 'sweep' && holds === null);
  return [
    `${paint('strong', 'Facts of the public report')} on ${seedText(seeds)}`,
    sweptFactsTable(facts, paint),
    ...wrap(`${plural(facts.length, 'fact')}: ${kindLine(facts)}`, 100),
    ...fittedLines(facts),
    ...missing.flatMap(({ id, minimumSeeds }) => {
      return wrap(`${id} speaks of many seeds and needs at least ${minimumSeeds}: --seeds 1..${minimumSeeds}`, 100);
    }),
    sweepVerdict(result, paint),
  ].join('\n');
}

/** Inputs and annotations, in order of time. */
export function timelineLines(entries: readonly TimelineResult[]): readonly string[] {
  const ordered = [...entries].sort((a, b) => a.atMs - b.atMs);
  const width = Math.max(0, ...ordered.map(({ at }) => at.length));
  return ordered.flatMap(({ at, kind, text }) => {
    return hanging(`  ${at.padEnd(width)}  `, kind === 'input' ? text : `[${text}]`);
  });
}

/** One fault: when, what it does to whom, how often it was felt. */
export function faultLines({ id, sentence, from, until, hits }: FaultResult): readonly string[] {
  const felt = hits === 0 ? 'never felt' : `felt ${plural(hits, 'time')}`;
  return hanging(`  ${from} to ${until}  `, `${id}: ${sentence} (${felt})`);
}

function verdictLine(result: ReplayResult, paint: Paint): string {
  const { facts, status, mode } = result;
  const unfelt = result.faults.filter(({ hits }) => hits === 0).map(({ id }) => id);
  if (mode === 'counterfactual') {
    const changed = facts.filter(({ history }) => history?.change === 'changed').map(({ id }) => id);
    const text = changed.length === 0 ? 'no fact changed' : `changed: ${changed.join(', ')}`;
    return lines(paint('strong', 'Counterfactual'), `${text}; the others are kept. This judges no replay.`);
  }
  const judged = facts.filter(({ scope, holds }) => scope === 'run' && holds !== null);
  const failed = judged.filter(({ holds }) => holds === false).map(({ id }) => id);
  if (status === 'inconclusive') {
    return lines(paint('unsure', 'INCONCLUSIVE'), `no request met ${unfelt.join(', ')}, so this run proves nothing.`);
  }
  const held = `${judged.length - failed.length} of ${judged.length} facts that one run can show hold`;
  if (status === 'holds') return lines(paint('good', 'HOLDS'), `${held}.`);
  return lines(paint('bad', 'FAILS'), `${held}; not: ${failed.join(', ')}.`);
}

function sweepVerdict({ status, facts, seeds, unfeltFaults }: SweepResult, paint: Paint): string {
  const failed = facts.filter(({ holds }) => holds === false);
  if (status === 'fails') {
    const first = failed.find(({ failedSeeds = [] }) => failedSeeds.length > 0);
    const seed = first === undefined ? '' : `; ${first.id} first on seed ${first.failedSeeds![0]}`;
    return lines(paint('bad', 'FAILS'), `not on all seeds: ${failed.map(({ id }) => id).join(', ')}${seed}.`);
  }
  if (status === 'inconclusive') {
    const faults = unfeltFaults.map((fault) => `${fault.id} on ${seedText(fault.seeds)}`).join('; ');
    return lines(paint('unsure', 'INCONCLUSIVE'), `no request met ${faults}.`);
  }
  const held = facts.filter(({ scope }) => scope === 'run').length;
  return lines(paint('good', 'HOLDS'), `${held} run facts on each of ${whole(seeds.length)} seeds.`);
}

/** The word may be painted, so the text is wrapped apart from it. */
function lines(word: string, text: string): string {
  const [first = '', ...rest] = wrap(text, 86);
  return [`${word}: ${first}`, ...rest].join('\n');
}
