/** The cross table as text: a mitigation a line, an incident a column. */
import type { CrossCell, CrossTable } from '../score/cross-table.ts';
import { percent, whole } from './figures.ts';
import { unpainted, type Paint, type Tone } from './paint.ts';
import { table, type Cell, type Column } from './table.ts';
import { TEXT_WIDTH, wrap } from './wrap.ts';

const TONES: Readonly<Record<string, Tone>> = {
  prevents: 'good',
  reduces: 'good',
  worsens: 'bad',
  inconclusive: 'unsure',
};

/** So many incidents stand beside each other on a page; more go into a second table below. */
const ABREAST = 4;

export function crossText({ scenarios, rows }: CrossTable, paint: Paint = unpainted): string {
  const engaged = rows.filter(({ cells }) => cells.some(({ status }) => status === 'scored'));
  const idle = rows.filter((row) => !engaged.includes(row)).map(({ mitigation }) => mitigation);
  const lines = [`${paint('strong', 'Mitigations × incidents')}: verdict, and points saved in the model`];
  for (let from = 0; from < scenarios.length; from += ABREAST) {
    const shown = scenarios.slice(from, from + ABREAST);
    const columns: readonly Column[] = [
      { title: 'mitigation', minimum: 'whole' },
      ...shown.map((title) => ({ title, minimum: 12 })),
      ...(from + ABREAST < scenarios.length ? [] : [{ title: 'helps in', align: 'right' as const, maximum: 5 }]),
    ];
    const cells = engaged.map(({ mitigation, cells: own, helpsCount }): readonly Cell[] => [
      mitigation,
      ...shown.map((id) => cellOf(own.find(({ scenario }) => scenario === id))),
      whole(helpsCount),
    ]);
    lines.push(...table(columns, cells, paint), '');
  }
  const rest =
    idle.length === 0 ? [] : wrap(`Not engaged, or without an object, in any: ${idle.join(', ')}.`, TEXT_WIDTH);
  return [...lines.slice(0, -1), ...rest].join('\n');
}

function cellOf(cell: CrossCell | undefined): Cell {
  if (cell === undefined) return '';
  if (cell.status === 'n/a') return { text: 'n/a', tone: 'faint' };
  if (cell.status === 'not-engaged') return { text: 'not engaged', tone: 'faint' };
  const collapses = cell.collapseProbability === null ? '' : `collapses on ${percent(cell.collapseProbability)}; `;
  const beyond = cell.exposure === 'exceeds budget' || cell.exposure === 'admits forged' ? `; ${cell.exposure}` : '';
  const word = cell.verdict ?? '';
  const text = `${collapses}${word} ${cell.score === null ? '' : whole(cell.score.mean)}${beyond}`;
  return { text, tone: beyond === '' ? (TONES[word] ?? 'faint') : 'bad' };
}
