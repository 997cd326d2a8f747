/** The one word over a report, and why: read off facts, thresholds, and whether every fault was felt. */
import { plural, seedText } from './render/figures.ts';
import type { IncidentReport, ReportVerdict } from './report-document.ts';
import type { ScoreResult } from './score/score-result.ts';

type Judged = Pick<IncidentReport, 'sweep' | 'thresholds' | 'isOwn'>;

export function reportVerdict(incidents: readonly Judged[], score: ScoreResult | null): ReportVerdict {
  const failed = incidents.flatMap(failures);
  if (failed.length > 0) return { word: 'FAIL', reasons: failed };
  const scored = (score?.scenarios ?? []).flatMap(({ id, reason }) =>
    reason === undefined ? [] : [`${id}: ${reason}.`],
  );
  const doubts = [...incidents.flatMap(doubtsOf), ...scored];
  if (doubts.length > 0) return { word: 'INCONCLUSIVE', reasons: doubts };
  return { word: 'PASS', reasons: [...heldFacts(incidents), ...keptThresholds(incidents)] };
}

function failures(judged: Judged): readonly string[] {
  const { sweep, thresholds = [] } = judged;
  const facts = factsOf(judged)
    .filter(({ holds }) => holds === false)
    .map(({ id }) => id);
  const missed = thresholds.filter(({ verdict }) => verdict === 'FAIL').map(({ measure }) => measure);
  return [
    ...(facts.length === 0 ? [] : [`${sweep.scenario}: not on every seed ${facts.join(', ')}.`]),
    ...(missed.length === 0 ? [] : [`${sweep.scenario}: not kept ${missed.join(', ')}.`]),
  ];
}

function doubtsOf({ sweep, thresholds = [] }: Judged): readonly string[] {
  const open = thresholds.filter(({ verdict }) => verdict === 'INCONCLUSIVE').map(({ measure }) => measure);
  return [
    ...sweep.unfeltFaults.map(({ id, seeds }) => `${sweep.scenario}: no request met ${id} on ${seedText(seeds)}.`),
    ...(open.length === 0 ? [] : [`${sweep.scenario}: these seeds cannot tell ${open.join(', ')}.`]),
  ];
}

function heldFacts(incidents: readonly Judged[]): readonly string[] {
  const facts = incidents.flatMap(factsOf);
  if (facts.length === 0) return [];
  const judged = facts.filter(({ holds }) => holds === true).length;
  const open = facts.filter(({ holds }) => holds === null).length;
  const reports = incidents.length === 1 ? 'report' : 'reports';
  const held = `${plural(judged, 'fact')} of the public ${reports} ${judged === 1 ? 'holds' : 'hold'}`;
  const more = open === 0 ? [] : [`${plural(open, 'fact')} ${open === 1 ? 'needs' : 'need'} more seeds to be judged.`];
  return [`${held} on ${seedText(incidents[0]!.sweep.seeds)}.`, ...more];
}

function keptThresholds(incidents: readonly Judged[]): readonly string[] {
  const own = incidents.filter(({ thresholds }) => thresholds !== undefined);
  const count = own.reduce((sum, { thresholds = [] }) => sum + thresholds.length, 0);
  if (own.length === 0) return [];
  const kept = count === 0 ? 'The file sets no thresholds' : `${plural(count, 'threshold')} kept`;
  return [`${kept} on ${seedText(own[0]!.sweep.seeds)}.`];
}

/** Facts of a public report; a file of the reader's own has thresholds in their place. */
function factsOf({ sweep, isOwn }: Judged): IncidentReport['sweep']['facts'] {
  return isOwn === true ? [] : sweep.facts;
}
