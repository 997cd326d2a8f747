/** Compares two results incident by incident: facts, the control's harm, scores, exposure. */
import { seedText, trimmed, whole } from '../render/figures.ts';
import { scoreFigure } from '../render/saves-text.ts';
import { CONTROL, harmBySeed } from '../measured-runs.ts';
import type { MitigationScore } from '../score/score-result.ts';
import type { ComparedRow, Comparison, Difference, MovedWord } from './comparison.ts';
import type { Comparable, ComparableIncident } from './comparable.ts';
import { differenceOfIntervals, movedWord, pairedDifference, pairedHarm } from './difference.ts';

const ORDER: readonly MovedWord[] = ['worse', 'unclear', 'better', 'changed', 'new', 'gone', 'same'];
const EXPOSURES = ['within budget', 'exceeds budget', 'admits forged'];

/** One incident as both results have it. */
interface Pair {
  readonly before: ComparableIncident;
  readonly after: ComparableIncident;
  readonly runs: { readonly before: Comparable['runs']; readonly after: Comparable['runs'] };
}

/** Null where the two have no incident in common. */
export function compareResults(before: Comparable, after: Comparable): Omit<Comparison, 'schemaVersion'> | null {
  const pairs = before.incidents.flatMap((own): readonly Pair[] => {
    const other = after.incidents.find(({ id }) => id === own.id);
    return other === undefined ? [] : [{ before: own, after: other, runs: { before: before.runs, after: after.runs } }];
  });
  if (pairs.length === 0) return null;
  const rows = pairs.flatMap((pair) => [...factRows(pair), ...controlRows(pair), ...mitigationRows(pair)]);
  rows.sort((a, b) => ORDER.indexOf(a.word) - ORDER.indexOf(b.word));
  // What becomes of the control is the ground that the rest stands on, not a result to be better or worse.
  const judged = rows.filter(({ what }) => what !== 'control').map(({ word }) => word);
  const word = judged.includes('worse') ? 'FAIL' : judged.includes('unclear') ? 'INCONCLUSIVE' : 'PASS';
  const inputs = [...inputsOf(before, after), ...pairs.flatMap(inputsOfPair)];
  return { kind: 'comparison', before: before.digest, after: after.digest, inputs, word, rows };
}

function inputsOf(before: Comparable, after: Comparable): readonly string[] {
  const versions = [before.version ?? 'unknown', after.version ?? 'unknown'];
  const without = (own: Comparable): string => (own.mitigations.length === 0 ? 'none' : own.mitigations.join(', '));
  return [
    ...(versions[0] === versions[1] ? [] : [`version ${versions[0]} → ${versions[1]}`]),
    ...(without(before) === without(after) ? [] : [`mitigations ${without(before)} → ${without(after)}`]),
  ];
}

function inputsOfPair({ before, after }: Pair): readonly string[] {
  const ids = [...new Set([...Object.keys(before.assumptions), ...Object.keys(after.assumptions)])];
  const written = (value: number | undefined): string => (value === undefined ? 'absent' : trimmed(value));
  const changed = ids.flatMap((id) => {
    const [from, to] = [before.assumptions[id], after.assumptions[id]];
    return from === to ? [] : [`${before.id}: ${id} ${written(from)} → ${written(to)}`];
  });
  const seeds = [seedText(before.seeds), seedText(after.seeds)];
  return [...changed, ...(seeds[0] === seeds[1] ? [] : [`${before.id}: ${seeds[0]} → ${seeds[1]}`])];
}

function factRows({ before, after }: Pair): readonly ComparedRow[] {
  return before.facts.flatMap((fact): readonly ComparedRow[] => {
    const other = after.facts.find(({ id }) => id === fact.id);
    if (other === undefined) return [];
    const row = { incident: before.id, what: 'fact' as const, id: fact.id, word: factWord(fact.holds, other.holds) };
    return [{ ...row, before: factText(fact), after: factText(other) }];
  });
}

function factWord(before: boolean | null, after: boolean | null): MovedWord {
  if (before === after) return 'same';
  if (after === false) return 'worse';
  return before === false && after === true ? 'better' : 'changed';
}

function factText({ holds, observed }: { holds: boolean | null; observed: string }): string {
  return `${holds === null ? 'more seeds needed' : holds ? 'holds' : 'FAILS'}: ${observed}`;
}

function controlRows({ before, after, runs }: Pair): readonly ComparedRow[] {
  if (before.score === null || after.score === null) return [];
  const [own, other] = [before.score, after.score].map(({ control }) => control.measures.disruptedUserMinutes ?? 0);
  const difference = bothRuns(runs, (from, to) =>
    pairedHarm(harmBySeed(from, before.id, CONTROL), harmBySeed(to, before.id, CONTROL)),
  );
  const isIdentical = own === other;
  const word = difference === undefined ? (isIdentical ? 'same' : 'changed') : movedWord(difference, isIdentical);
  const text = (harm: number | undefined): string => `${whole(harm ?? 0)} disrupted user-minutes`;
  const row = { incident: before.id, what: 'control' as const, id: '', word, before: text(own), after: text(other) };
  return [difference === undefined ? row : { ...row, difference }];
}

function mitigationRows(pair: Pair): readonly ComparedRow[] {
  const { before, after } = pair;
  if (before.score === null || after.score === null) return [];
  const ids = [...before.score.mitigations, ...after.score.mitigations].map(({ id }) => id);
  return [...new Set(ids)].flatMap((id) => {
    const own = before.score!.mitigations.find((arm) => arm.id === id);
    const other = after.score!.mitigations.find((arm) => arm.id === id);
    const row = { incident: before.id, what: 'mitigation' as const, id, before: armText(own), after: armText(other) };
    if (own === undefined || other === undefined)
      return [{ ...row, word: own === undefined ? 'new' : 'gone' } as const];
    return [scoreRow(pair, row, own, other), ...exposureRows(before.id, own, other)];
  });
}

function scoreRow(
  pair: Pair,
  row: Omit<ComparedRow, 'word'>,
  own: MitigationScore,
  other: MitigationScore,
): ComparedRow {
  if (own.score === null || other.score === null) {
    return { ...row, word: own.status === other.status ? 'same' : 'changed' };
  }
  const { before, runs } = pair;
  // A score that exposure holds down is no function of harm alone: only its interval can be compared.
  const isFree = own.scoreBeforeCap === undefined && other.scoreBeforeCap === undefined;
  const harm = (from: NonNullable<Comparable['runs']>) => ({
    control: harmBySeed(from, before.id, CONTROL),
    arm: harmBySeed(from, before.id, row.id),
  });
  const paired = isFree ? bothRuns(runs, (from, to) => pairedDifference(harm(from), harm(to))) : undefined;
  const difference = paired ?? differenceOfIntervals(own.score, other.score);
  const isIdentical = JSON.stringify(own.score) === JSON.stringify(other.score);
  return { ...row, word: movedWord(difference, isIdentical), difference };
}

function exposureRows(incident: string, own: MitigationScore, other: MitigationScore): readonly ComparedRow[] {
  const [from, to] = [own.exposure?.word ?? 'not tested', other.exposure?.word ?? 'not tested'];
  if (from === to) return [];
  const rank = (word: string): number => EXPOSURES.indexOf(word);
  const word = rank(from) < 0 || rank(to) < 0 ? 'changed' : rank(to) > rank(from) ? 'worse' : 'better';
  return [{ incident, what: 'exposure', id: own.id, word, before: from, after: to }];
}

function armText(arm: MitigationScore | undefined): string {
  if (arm === undefined) return 'absent';
  if (arm.score === null) return arm.status === 'n/a' ? 'n/a' : 'not engaged';
  return `${arm.verdict} ${scoreFigure(arm.score)}`;
}

function bothRuns(
  { before, after }: Pair['runs'],
  difference: (
    before: NonNullable<Comparable['runs']>,
    after: NonNullable<Comparable['runs']>,
  ) => Difference | undefined,
): Difference | undefined {
  return before === null || after === null ? undefined : difference(before, after);
}
