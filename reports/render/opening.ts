/** What stands on the screen before a run: what will be played, under which seeds, with which assumptions. */
import type { AssumptionResult } from '../../simulator/experiment/index.ts';
import { DISCLAIMER } from './disclaimer.ts';
import { duration, seedText, trimmed } from './figures.ts';
import { unpainted, type Paint } from './paint.ts';
import { table } from './table.ts';
import { hanging, wrap } from './wrap.ts';

export interface Opening {
  readonly scenario: string;
  readonly title: string;
  /** What is played, in words: `historical timetable`. */
  readonly play: string;
  readonly seeds: readonly number[];
  readonly mitigations: readonly string[];
  readonly assumptions: readonly AssumptionResult[];
  /** The reader's own scenario, which no public report stands behind. */
  readonly isOwn?: boolean;
}

/** Disclaimer (where a public report stands behind it), title and seed. */
export function openingText(opening: Omit<Opening, 'assumptions'>, paint: Paint = unpainted): string {
  const { scenario, title, play, seeds, mitigations, isOwn = false } = opening;
  const added = mitigations.length === 0 ? '' : `, with ${mitigations.join(', ')}`;
  return [
    ...(isOwn ? [] : [...wrap(DISCLAIMER, 100), '']),
    paint('strong', scenario),
    ...wrap(title, 100),
    ...wrap(`${play}, ${seedText(seeds)}${added}`, 100),
  ].join('\n');
}

/** All assumptions, each with its bounds and its sentence. */
export function assumptionList(assumptions: readonly AssumptionResult[], paint: Paint = unpainted): string {
  if (assumptions.length === 0) return 'Assumptions: none.';
  const rows = assumptions.map(({ id, value, unit, low, high, sentence }) => {
    const bounds = `${bare(low, unit)} to ${bare(high, unit)}`;
    return [`${id}=${trimmed(value)}`, `${amount(value, unit)} (${bounds})`, sentence];
  });
  const columns = [
    { title: 'assumption', minimum: 'whole' as const },
    { title: 'value (bounds)', maximum: 28 },
    { title: 'what it is' },
  ];
  const head = `${paint('strong', 'Assumptions')}: what the report does not say. Change one with --assume id=value.`;
  return [head, ...table(columns, rows, paint)].join('\n');
}

/** The same without bounds and sentences, for outputs of several incidents. */
export function assumptionLine(assumptions: readonly Pick<AssumptionResult, 'id' | 'value' | 'unit'>[]): string {
  const parts = assumptions.map(({ id, value, unit }) => {
    return unit.startsWith('ms') ? `${id}=${trimmed(value)} (${amount(value, unit)})` : `${id}=${trimmed(value)}`;
  });
  return hanging('Assumptions: ', parts.length === 0 ? 'none.' : `${parts.join(', ')}.`).join('\n');
}

/** Milliseconds as people say them, everything else as it is; `16 instances`, `−4 min from T0`, `0.5`. */
function amount(value: number, unit: string): string {
  if (unit === 'share') return trimmed(value);
  const rest = unit.startsWith('ms') ? unit.slice(2) : ` ${unit}`;
  return `${bare(value, unit)}${rest}`.trimEnd();
}

function bare(value: number, unit: string): string {
  if (!unit.startsWith('ms')) return trimmed(value);
  return value === 0 ? '0' : `${value < 0 ? '−' : ''}${duration(Math.abs(value))}`;
}
