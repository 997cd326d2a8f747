/** A comparison as text for a terminal: what went in differently, what moved, what stayed. */
import { plural, signed, whole } from '../render/figures.ts';
import { unpainted, type Paint, type Tone } from '../render/paint.ts';
import { table, type Cell, type Column } from '../render/table.ts';
import { wrap } from '../render/wrap.ts';
import type { ComparedRow, Comparison, Difference, MovedWord } from './comparison.ts';

const COLUMNS: readonly Column[] = [
  { title: 'moved', minimum: 'whole' },
  { title: 'what', minimum: 18 },
  { title: 'before', minimum: 16 },
  { title: 'after', minimum: 16 },
  { title: 'difference', align: 'right', minimum: 'whole' },
];

const TONES: Readonly<Record<MovedWord, Tone>> = {
  worse: 'bad',
  better: 'good',
  unclear: 'unsure',
  changed: 'strong',
  new: 'strong',
  gone: 'strong',
  same: 'faint',
};

const SENTENCES: Readonly<Record<Comparison['word'], string>> = {
  PASS: 'nothing got worse.',
  FAIL: 'something got worse.',
  INCONCLUSIVE: 'nothing got worse for sure, but of something these seeds cannot tell. More seeds may.',
};

export function compareText({ inputs, rows, word }: Comparison, paint: Paint = unpainted): string {
  const moved = rows.filter((row) => row.word !== 'same');
  const several = new Set(rows.map(({ incident }) => incident)).size > 1;
  const tone = ({ PASS: 'good', FAIL: 'bad', INCONCLUSIVE: 'unsure' } as const)[word];
  const wide = rows.some(({ difference }) => difference?.basis === 'two intervals');
  return [
    ...(inputs.length === 0
      ? ['The same went in.']
      : ['What went in differently:', ...inputs.map((line) => `  ${line}`)]),
    '',
    ...(moved.length === 0
      ? []
      : [
          ...table(
            COLUMNS,
            moved.map((row) => cells(row, several)),
            paint,
          ),
          '',
        ]),
    ...wrap(`${plural(rows.length - moved.length, 'figure')} of ${whole(rows.length)} did not move.`, 100),
    ...(wide
      ? wrap('Without the runs of both, intervals of differences are wider than they need be: compare reports.', 100)
      : []),
    `${paint(tone, word)}: ${SENTENCES[word]}`,
  ].join('\n');
}

function cells(row: ComparedRow, several: boolean): readonly Cell[] {
  const what = `${row.what} ${row.id}`.trim();
  return [
    { text: row.word, tone: TONES[row.word] },
    several ? `${what} (${row.incident})` : what,
    row.before,
    row.after,
    row.difference === undefined ? '' : differenceText(row.difference),
  ];
}

function differenceText({ points, low, high }: Difference): string {
  return `${signed(points)} [${signed(low)}, ${signed(high)}]`;
}
