/** One row of the forest plot: the interval drawn, and beside it verdict, price and exposure in words and figures. */
import { percent, plural, whole } from '../render/figures.ts';
import { priceWords } from '../render/price-words.ts';
import { scoreFigure } from '../render/saves-text.ts';
import type { MitigationScore, ScenarioScore } from '../score/score-result.ts';
import type { Score } from '../score/score.ts';
import type { Verdict } from '../score/verdict.ts';
import { h, type Child, type Markup } from './element.ts';

const WIDTH = 200;
const HEIGHT = 26;
const EDGE = 10;

/** Shape and colour say the same as the word beside them. */
const KINDS: Readonly<Record<Verdict, string>> = {
  prevents: 'good',
  reduces: 'good',
  'no effect': 'neutral',
  worsens: 'bad',
  inconclusive: 'unsure',
};

/** The columns of the table, each with what it shows of an arm. Columns in which no arm has anything are left out. */
export interface ScoreColumn {
  readonly title: string;
  readonly isNumber?: boolean;
  readonly cell: (arm: MitigationScore, scenario: ScenarioScore) => Child;
  readonly isWanted?: (scenario: ScenarioScore) => boolean;
}

export const SCORE_COLUMNS: readonly ScoreColumn[] = [
  { title: 'mitigation', cell: ({ id, sentence }) => [h('b', {}, id), h('br', {}), h('small', {}, sentence)] },
  { title: 'verdict', cell: (arm) => verdictCell(arm) },
  { title: 'score, −100 to 100', cell: ({ score, verdict }) => intervalDrawing(score, verdict) },
  { title: 'score [95 %]', isNumber: true, cell: ({ score }) => scoreFigure(score) },
  {
    title: 'P(collapse)',
    isNumber: true,
    isWanted: ({ mitigations, control }) =>
      control.collapse.bimodal || mitigations.some(({ collapse }) => collapse?.bimodal === true),
    cell: ({ collapse }) => (collapse === null ? '' : percent(collapse.probability)),
  },
  {
    title: 'helps in region',
    isNumber: true,
    isWanted: ({ mitigations }) => mitigations.some(({ region }) => region !== undefined),
    cell: ({ region }) => (region === undefined ? '' : `${percent(region.helps.share)} of ${region.setCount}`),
  },
  {
    title: 'by reports',
    isNumber: true,
    isWanted: ({ mitigations }) => mitigations.some(({ scoreByReports }) => scoreByReports !== null),
    cell: ({ scoreByReports }) => scoreFigure(scoreByReports),
  },
  { title: 'exposure', cell: ({ exposure }) => exposureCell(exposure) },
  { title: 'auth load, × control', isNumber: true, cell: (arm, scenario) => amplification(arm, scenario) },
  { title: 'price on a fair day', cell: ({ price }) => priceWords(price) },
  {
    title: 'acted',
    isNumber: true,
    cell: ({ actions }) => `${whole(actions.count)} in ${plural(actions.seedCount, 'seed')}`,
  },
];

function verdictCell({ verdict, collapse }: MitigationScore): Child {
  if (verdict === null) return '';
  const word = h('span', { class: `word ${KINDS[verdict]}` }, verdict);
  if (collapse === null || !collapse.bimodal) return word;
  return [`collapses on ${percent(collapse.probability)} of seeds; `, word];
}

/** The scale is the same in every row: −100 at the left, 100 at the right, a line at 0. */
function intervalDrawing(score: Score | null, verdict: Verdict | null): Child {
  if (score === null) return '';
  const x = (points: number): number => EDGE + ((points + 100) / 200) * (WIDTH - 2 * EDGE);
  const middle = HEIGHT / 2;
  const kind = KINDS[verdict ?? 'inconclusive'];
  return h(
    'svg',
    { class: 'interval', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, 'aria-hidden': 'true' },
    [
      ...[-100, -50, 50, 100].map((points) =>
        h('line', { class: 'grid', x1: x(points), x2: x(points), y1: 2, y2: HEIGHT - 2 }),
      ),
      h('line', { class: 'zero', x1: x(0), x2: x(0), y1: 0, y2: HEIGHT }),
      h('path', {
        class: `whisker ${kind}`,
        d: `M${tenth(x(score.low))} ${middle - 4}v8M${tenth(x(score.low))} ${middle}H${tenth(x(score.high))}M${tenth(x(score.high))} ${middle - 4}v8`,
      }),
      marker(kind, x(score.mean), middle),
    ],
  );
}

function marker(kind: string, x: number, y: number): Markup {
  const at = `M${tenth(x)} ${y}`;
  const shapes: Readonly<Record<string, string>> = {
    good: `${at}m-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z`,
    bad: `${at}m-5 -4h10l-5 9z`,
    neutral: `${at}m-4 -4h8v8h-8z`,
    unsure: `${at}m0 -5.5l5.5 5.5l-5.5 5.5l-5.5 -5.5z`,
  };
  return h('path', { class: `marker ${kind}`, d: shapes[kind]! });
}

function exposureCell(exposure: MitigationScore['exposure']): Child {
  if (exposure === null) return '';
  if (exposure.breaches.length === 0) return exposure.word;
  return [h('strong', { class: 'word bad' }, exposure.word), `: ${exposure.breaches.join(', ')}`];
}

/** Requests at the auth resource since T0, as a multiple of the control's. */
function amplification({ measures }: MitigationScore, { control }: ScenarioScore): string {
  const [own, other] = [measures?.authRequests ?? null, control.measures.authRequests];
  if (own === null || other === null || other === 0) return '';
  return (own / other).toFixed(2);
}

function tenth(value: number): string {
  return String(Math.round(value * 10) / 10);
}
