/** Tables of a fixed whole width: columns shrink and their cells wrap, so that nothing is cut. */
import { unpainted, type Paint, type Tone } from './paint.ts';
import { TEXT_WIDTH, wrap } from './wrap.ts';

export interface Column {
  readonly title: string;
  /** Numbers stand on the right. Left by default. */
  readonly align?: 'left' | 'right';
  /** Not narrower than this, when the table has to shrink; `whole` is its longest cell. By default the longest word, up to 16. */
  readonly minimum?: number | 'whole';
  /** Not wider than this, whatever its cells hold. */
  readonly maximum?: number;
}

export type Cell = string | { readonly text: string; readonly tone: Tone };

const GAP = '  ';
const NARROWEST = 4;

/** Lines without trailing spaces; the head of titles first. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  paint: Paint = unpainted,
  width: number = TEXT_WIDTH,
): readonly string[] {
  const head = columns.map(({ title }): Cell => ({ text: title, tone: 'faint' }));
  const all = [head, ...rows];
  const widths = columnWidths(columns, all, width);
  return all.flatMap((row) => rowLines(columns, row, widths, paint));
}

function columnWidths(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  width: number,
): readonly number[] {
  const texts = columns.map((_, index) => rows.map((row) => textOf(row[index] ?? '')));
  const widths = texts.map((cells, index) => {
    return Math.min(columns[index]!.maximum ?? Infinity, Math.max(...cells.map((text) => text.length)));
  });
  const minima = columns.map(({ minimum }, index) => {
    return minimum === 'whole' ? widths[index]! : (minimum ?? longestWord(texts[index]!));
  });
  const room = width - GAP.length * (columns.length - 1);
  shrink(widths, minima, room);
  // The width of the page goes before every wish of a column.
  shrink(
    widths,
    minima.map((minimum) => Math.min(minimum, NARROWEST)),
    room,
  );
  return widths;
}

function shrink(widths: number[], minima: readonly number[], room: number): void {
  while (widths.reduce((sum, one) => sum + one, 0) > room) {
    const widest = widestAbove(widths, minima);
    if (widest < 0) return;
    widths[widest]!--;
  }
}

function longestWord(texts: readonly string[]): number {
  const lengths = texts.flatMap((text) => text.split(' ').map((word) => word.length));
  return Math.min(16, Math.max(1, ...lengths));
}

/** Of the columns that may still shrink, the widest. */
function widestAbove(widths: readonly number[], minima: readonly number[]): number {
  let widest = -1;
  for (const [index, width] of widths.entries()) {
    if (width > minima[index]! && (widest < 0 || width > widths[widest]!)) widest = index;
  }
  return widest;
}

function rowLines(
  columns: readonly Column[],
  row: readonly Cell[],
  widths: readonly number[],
  paint: Paint,
): readonly string[] {
  const cells = widths.map((width, index) => wrap(textOf(row[index] ?? ''), width));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => {
    const parts = cells.map((lines, index) => {
      const text = lines[line] ?? '';
      const space = ' '.repeat(widths[index]! - text.length);
      const painted = text === '' ? '' : paintCell(row[index] ?? '', text, paint);
      return columns[index]!.align === 'right' ? space + painted : painted + space;
    });
    return parts.join(GAP).trimEnd();
  });
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

function paintCell(cell: Cell, text: string, paint: Paint): string {
  return typeof cell === 'string' ? text : paint(cell.tone, text);
}
