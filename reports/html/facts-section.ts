/** What was expected and what was observed: facts of the public report, or the thresholds of the reader's own file. */
import type { SweptFact, SweepResult } from '../../simulator/experiment/index.ts';
import type { ThresholdFigure } from '../report-document.ts';
import { kindLine } from '../render/facts-text.ts';
import { plural, seedText } from '../render/figures.ts';
import type { Child, Markup } from './element.ts';
import { h } from './element.ts';
import { paragraph, plainTable, scrolling, section } from './figure.ts';

export function factsSection(id: string, sweep: SweepResult): Markup {
  const { facts, seeds } = sweep;
  const columns = [
    { title: 'fact' },
    { title: 'result' },
    { title: 'the report says' },
    { title: 'expected' },
    { title: 'observed' },
    { title: 'tolerance' },
  ];
  const rows = facts.map((fact) => [
    [h('b', {}, fact.id), ' ', h('small', {}, kindOf(fact))],
    [resultWord(fact), ' ', h('small', {}, heldOn(fact))],
    fact.report,
    fact.expected,
    `${fact.observed}${fact.example === undefined ? '' : ` (seed ${fact.example.seed})`}`,
    fact.tolerance,
  ]);
  return section(id, 'Facts and thresholds', [
    paragraph(`${plural(facts.length, 'fact')} of the public report on ${seedText(seeds)}: ${kindLine(facts)}`),
    scrolling('facts of the public report', plainTable(columns, rows, 'cards')),
  ]);
}

/** In the place of facts, where there is no public report. */
export function thresholdsSection(
  id: string,
  thresholds: readonly ThresholdFigure[],
  seeds: readonly number[],
): Markup {
  const columns = [{ title: 'threshold' }, { title: 'result' }, { title: 'expected' }, { title: 'observed' }];
  const kinds = { PASS: 'good', FAIL: 'bad', INCONCLUSIVE: 'unsure' } as const;
  const rows = thresholds.map(({ measure, verdict, expected, observed }) => {
    return [measure, h('span', { class: `word ${kinds[verdict]}` }, verdict), expected, observed];
  });
  return section(id, 'Facts and thresholds', [
    paragraph(`${plural(thresholds.length, 'threshold')} of the scenario file on ${seedText(seeds)}.`),
    rows.length === 0 ? null : scrolling('thresholds', plainTable(columns, rows, 'cards')),
  ]);
}

function resultWord({ holds }: SweptFact): Child {
  if (holds === null) return h('span', { class: 'word unsure' }, 'needs more seeds');
  return holds ? h('span', { class: 'word good' }, 'holds') : h('strong', { class: 'word bad' }, 'FAILS');
}

function kindOf({ kind, fittedBy }: SweptFact): string {
  return fittedBy === undefined ? kind : `${kind} by ${fittedBy.join(', ')}`;
}

function heldOn({ scope, heldCount = 0, failedSeeds = [] }: SweptFact): string {
  return scope === 'run' ? `on ${heldCount} of ${heldCount + failedSeeds.length}` : 'all seeds together';
}
