/** The table of the page `docs/closed-forms.md`. */
import type { Case } from './cases.ts';
import type { Row } from './comparison.ts';
import type { Observation } from './queue.ts';

export interface ComparedCase {
  readonly queue: Case;
  /** One list of rows for each build, in the same order of quantities. */
  readonly builds: readonly (readonly Row[])[];
}

interface Column {
  readonly label: (queue: Case) => string;
  /** What a value is multiplied with to be shown. */
  readonly scale: number;
}

const SECONDS = 1 / 1000;

const COLUMNS: Readonly<Record<keyof Observation, Column>> = {
  blockedRatio: { label: () => 'share turned away', scale: 1 },
  waitMs: { label: () => 'mean wait, s', scale: SECONDS },
  waitingRatio: { label: () => 'share that waits', scale: 1 },
  longWaitRatio: { label: ({ model }) => `share that waits over ${model.longWaitMs * SECONDS} s`, scale: 1 },
  count: { label: () => 'mean number in the system', scale: 1 },
  littleGap: { label: () => 'L − λW (Little)', scale: 1 },
};

/** Markdown, with the columns padded as prettier pads them. */
export function tableOf(cases: readonly ComparedCase[], buildNames: readonly string[]): string {
  const titles = ['Queue', 'Parameters', 'Quantity', 'Closed form', ...buildNames.map((name) => `With a ${name}`)];
  const lines = cases.flatMap(({ queue, builds }) => {
    return builds[0]!.map(({ quantity, expected }, index) => {
      const { label, scale } = COLUMNS[quantity];
      const first = index === 0 ? [queue.name, queue.parameters] : ['', ''];
      const engine = builds.map((rows) => interval(rows[index]!, scale));
      return [...first, label(queue), figure(expected * scale), ...engine];
    });
  });
  const widths = titles.map((title, column) => Math.max(title.length, ...lines.map((cells) => cells[column]!.length)));
  const isText = (column: number) => column < 3;
  const rule = widths.map((width, column) => (isText(column) ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  const padded = (cells: readonly string[]) =>
    cells.map((cell, column) => (isText(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)));
  return [padded(titles), rule, ...lines.map(padded)].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function interval({ interval: { mean, high }, contains }: Row, scale: number): string {
  const text = `${figure(mean * scale)} ± ${figure((high - mean) * scale)}`;
  return contains ? text : `**${text}**`;
}

function figure(value: number): string {
  return value === 0 ? '0' : value.toFixed(4);
}
