/** Everything that was put in without the report saying so, with bounds; and what the model leaves out. */
import type { AssumptionResult, TimelineResult } from '../../simulator/experiment/index.ts';
import { duration, trimmed } from '../render/figures.ts';
import { h, type Markup } from './element.ts';
import { paragraph, plainTable, scrolling, section } from './figure.ts';

export function assumptionsSection(
  id: string,
  assumptions: readonly AssumptionResult[],
  inputs: readonly TimelineResult[],
): Markup {
  const columns = [
    { title: 'assumption' },
    { title: 'value', isNumber: true },
    { title: 'unit' },
    { title: 'plausible', isNumber: true },
    { title: 'what it is' },
  ];
  const rows = assumptions.map(({ id: name, value, unit, low, high, sentence }) => [
    name,
    trimmed(value),
    unit.startsWith('ms') ? `${unit} (${amountWords(value, unit)})` : unit,
    `${amountWords(low, unit)} to ${amountWords(high, unit)}`,
    sentence,
  ]);
  const dated = inputs
    .filter(({ kind }) => kind === 'input')
    .map(({ at, text }) => h('li', {}, [h('time', {}, at), ` ${text}`]));
  if (assumptions.length === 0) {
    return section(id, 'Inputs and assumptions', [
      paragraph('Everything stands in the scenario file; these dated inputs are put in, the rest emerges.'),
      h('ul', {}, dated),
    ]);
  }
  return section(id, 'Inputs and assumptions', [
    paragraph(
      'These dated inputs and these assumptions are put in; the rest emerges. Change one with --assume id=value.',
    ),
    h('ul', {}, dated),
    scrolling('assumptions', plainTable(columns, rows, 'cards')),
  ]);
}

/** Milliseconds as people say them, everything else as it is. */
function amountWords(value: number, unit: string): string {
  if (!unit.startsWith('ms')) return trimmed(value);
  return value === 0 ? '0' : `${value < 0 ? '−' : ''}${duration(Math.abs(value))}`;
}

const LIMITS: readonly string[] = [
  'A score says what a mitigation saves in the model, not in anybody’s production.',
  'Intervals are over seeds, not over assumptions.',
  'No request is scripted to fail: only the trigger, the dated actions of the owner and the assumptions are put in.',
  'Cryptography is modelled, not computed.',
  'A service has a concurrency, a queue and service times, not a CPU.',
  'People are a few distributions.',
  'What somebody who has given up still meant to do counts as failed until their planned visit ends.',
];

export function limitsSection(): Markup {
  return h('section', { id: 'limits', 'aria-labelledby': 'limits-title' }, [
    h('h2', { id: 'limits-title' }, 'Limits of the model'),
    h(
      'ul',
      {},
      LIMITS.map((limit) => h('li', {}, limit)),
    ),
  ]);
}
