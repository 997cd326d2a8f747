/** The scorecard as text for a terminal: what each mitigation saves in the model, and beside it what it costs and opens. */
import { duration, percent, plural, seedText, signed, whole } from './figures.ts';
import { unpainted, type Paint, type Tone } from './paint.ts';
import type { MeasureMeans, MissingMeasures, MitigationScore, Price, ScenarioScore } from '../score/score-result.ts';
import type { Score } from '../score/score.ts';
import { table, type Cell, type Column } from './table.ts';
import { hanging, wrap } from './wrap.ts';

const TONES: Readonly<Record<string, Tone>> = {
  prevents: 'good',
  reduces: 'good',
  worsens: 'bad',
  inconclusive: 'unsure',
  'no effect': 'faint',
};

const SAVED = 'saves in the model';
const BY_REPORTS = 'by reports';

const SAVES: readonly Column[] = [
  { title: 'mitigation', minimum: 'whole' },
  { title: 'verdict', minimum: 12 },
  { title: SAVED, minimum: 'whole' },
  { title: BY_REPORTS, minimum: 13 },
  { title: 'exposure', minimum: 13 },
  { title: 'acted', minimum: 8 },
];

const BESIDE: readonly Column[] = [
  { title: 'mean of a run', minimum: 'whole' },
  { title: 'disrupted user-minutes', align: 'right', maximum: 12 },
  { title: 'forced sign-ins', align: 'right', maximum: 8 },
  { title: 'sign-in success', align: 'right', maximum: 7 },
  { title: 'auth peak', align: 'right', maximum: 6 },
  { title: 'detected after', align: 'right', maximum: 12 },
  { title: 'recovered after', align: 'right', maximum: 12 },
  { title: 'p99', align: 'right', maximum: 6 },
];

const PRICE: readonly Column[] = [
  { title: 'price on a fair day', minimum: 'whole' },
  { title: 'auth requests', align: 'right', maximum: 8 },
  { title: 'p50, ms', align: 'right', maximum: 4 },
  { title: 'p99, ms', align: 'right', maximum: 4 },
  { title: 'sign-ins', align: 'right' },
  { title: 'refusals', align: 'right' },
  { title: 'rate-limited', align: 'right', maximum: 8 },
  { title: 'false pages', align: 'right', maximum: 5 },
  { title: 'sign-outs', align: 'right', maximum: 5 },
  { title: 'disrupted user-minutes', align: 'right', maximum: 9, minimum: 9 },
];

/** One incident's scorecard. */
export function scoreText(scenario: ScenarioScore, paint: Paint = unpainted): string {
  const { mitigations, control, seeds, reason } = scenario;
  const { collapse } = control;
  const doubt = reason === undefined ? [] : [paint('unsure', 'INCONCLUSIVE'), ...wrap(reason, 100)];
  const bimodal = collapse.bimodal
    ? wrap(`Without a mitigation it collapses on ${percent(collapse.probability)} of the seeds.`, 100)
    : [];
  return [
    `${paint('strong', 'Scorecard')} ${scenario.id}, ${plural(seeds.length, 'seed')} (${seedText(seeds)})`,
    ...doubt,
    ...bimodal,
    ...savesTable(mitigations, paint),
    '',
    ...table(BESIDE, besideRows(scenario), paint),
    '',
    ...priceTable(mitigations, paint),
    ...notes(scenario),
  ].join('\n');
}

function savesTable(mitigations: readonly MitigationScore[], paint: Paint): readonly string[] {
  const scored = mitigations.filter(({ status }) => status === 'scored');
  const rest = mitigations.filter(({ status }) => status !== 'scored');
  const width = Math.max(0, ...mitigations.map(({ id }) => id.length));
  const shown = SAVES.filter(({ title }) => title !== BY_REPORTS || scored.some((arm) => arm.scoreByReports !== null));
  const rows = scored.map((arm) => shown.map(({ title }) => savesCell(arm, title)));
  return [
    ...(scored.length === 0 ? [] : table(shown, rows, paint)),
    ...rest.flatMap((arm) => hanging(`${arm.id.padEnd(width)}  `, withoutScore(arm))),
  ];
}

function savesCell(arm: MitigationScore, title: string): Cell {
  const { id, exposure, actions } = arm;
  const word = exposure?.word ?? '';
  const cells: Readonly<Record<string, Cell>> = {
    mitigation: id,
    verdict: verdictCell(arm),
    [SAVED]: scoreFigure(arm.score),
    [BY_REPORTS]: scoreFigure(arm.scoreByReports),
    exposure: word === 'within budget' ? word : { text: word, tone: 'bad' },
    acted: `${whole(actions.count)} in ${plural(actions.seedCount, 'seed')}`,
  };
  return cells[title] ?? '';
}

/** Neither is a 0: the one never acted, the other has nothing to act on. */
function withoutScore({ status, reason = '' }: MitigationScore): string {
  return status === 'n/a' ? `n/a: ${reason}` : `not engaged (${reason})`;
}

function verdictCell({ verdict, collapse }: MitigationScore): Cell {
  const word = verdict ?? '';
  const tone = TONES[word] ?? 'faint';
  if (collapse === null || !collapse.bimodal) return { text: word, tone };
  const interval = `[${whole(collapse.low * 100)}, ${whole(collapse.high * 100)}]`;
  return { text: `collapses on ${percent(collapse.probability)} of seeds ${interval}; ${word}`, tone };
}

/** `97 [95, 99]`, in whole numbers. */
export function scoreFigure(score: Score | null): string {
  return score === null ? '' : `${whole(score.mean)} [${whole(score.low)}, ${whole(score.high)}]`;
}

function besideRows({ control, mitigations }: ScenarioScore): readonly (readonly Cell[])[] {
  const arms = mitigations.flatMap(({ id, measures, measuresMissing }) =>
    measures === null ? [] : [besideRow(id, measures, measuresMissing)],
  );
  return [besideRow('control', control.measures, control.measuresMissing), ...arms];
}

function besideRow(name: string, means: MeasureMeans, missing: MissingMeasures): readonly Cell[] {
  return [
    name,
    whole(means.disruptedUserMinutes ?? 0),
    whole(means.forcedSignIns ?? 0),
    means.signInSuccessRatio === null ? 'none' : percent(means.signInSuccessRatio),
    percent(means.authPeakRatio ?? 0),
    moment(means.timeToDetectMs, missing.timeToDetectMs, { none: 'nobody', zero: 'at once' }),
    moment(means.timeToRecoverMs, missing.timeToRecoverMs, { none: 'still bad', zero: 'never bad' }),
    means.goodLatencyP99Ms === null ? 'none' : duration(means.goodLatencyP99Ms),
  ];
}

/** @param words for a mean of nothing, and for a mean of 0 */
function moment(
  meanMs: number | null,
  missingCount: number | undefined,
  { none, zero }: { readonly none: string; readonly zero: string },
): string {
  if (meanMs === null) return none;
  const text = meanMs === 0 ? zero : duration(meanMs);
  return missingCount === undefined ? text : `${text} (${none} on ${plural(missingCount, 'seed')})`;
}

function priceTable(mitigations: readonly MitigationScore[], paint: Paint): readonly string[] {
  const priced = mitigations.flatMap(({ id, price }) => (price === null ? [] : [{ id, price }]));
  if (priced.length === 0) return [];
  const rows = priced.map(({ id, price }): readonly Cell[] => [id, ...priceFigures(price)]);
  return [...table(PRICE, rows, paint), ''];
}

function priceFigures(price: Price): readonly string[] {
  return [
    signed(price.extraRequests),
    latency(price.latencyP50Ms),
    latency(price.latencyP99Ms),
    signed(price.signIns),
    signed(price.refusals),
    signed(price.rateLimited),
    signed(price.falsePages),
    signed(price.signOuts),
    signed(price.disruptedUserMinutes),
  ];
}

function latency(ms: number | null): string {
  return ms === null ? 'none' : signed(ms);
}

function notes({ mitigations, control, seeds }: ScenarioScore): readonly string[] {
  const breaches = mitigations.flatMap(({ id, exposure }) => {
    return exposure === null || exposure.breaches.length === 0 ? [] : [`${id}: ${exposure.breaches.join(', ')}`];
  });
  const own = control.exposure.breaches;
  const few = 'Intervals are 95 % over paired seeds; a published figure wants 30 seeds or more.';
  const days = mitigations.find(({ price }) => price !== null)?.price?.seedCount;
  return [
    ...(own.length === 0 ? [] : wrap(`The control itself exceeds the exposure budget: ${own.join(', ')}.`, 100)),
    ...(breaches.length === 0 ? [] : wrap(`Beyond the exposure budget: ${breaches.join('; ')}.`, 100)),
    ...(days === undefined ? [] : wrap(`Price: the arm less the control, mean of ${plural(days, 'fair day')}.`, 100)),
    ...wrap('100: all disrupted user-minutes saved in the model; 0: no difference; −100: the worst.', 100),
    ...(seeds.length < 30 ? wrap(few, 100) : []),
  ];
}
