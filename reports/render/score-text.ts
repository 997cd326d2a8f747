/** The scorecard as text for a terminal: what each mitigation saves in the model, and beside it what it costs and opens. */
import type { Stopping } from '../../simulator/experiment/index.ts';
import { duration, percent, plural, seedText, signed, whole } from './figures.ts';
import { unpainted, type Paint } from './paint.ts';
import { collapseLines, savesTable } from './saves-text.ts';
import type { MeasureMeans, MissingMeasures, MitigationScore, Price, ScenarioScore } from '../score/score-result.ts';
import { table, type Cell, type Column } from './table.ts';
import { wrap } from './wrap.ts';

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
    ? wrap(
        `Without a mitigation it collapses on ${percent(collapse.probability)} of the seeds ` +
          `[${whole(collapse.low * 100)}, ${whole(collapse.high * 100)}].`,
        100,
      )
    : [];
  return [
    `${paint('strong', 'Scorecard')} ${scenario.id}, ${plural(seeds.length, 'seed')} (${seedText(seeds)})`,
    ...doubt,
    ...bimodal,
    ...savesTable(scenario, paint),
    ...collapseLines(scenario),
    '',
    ...table(BESIDE, besideRows(scenario), paint),
    '',
    ...priceTable(mitigations, paint),
    ...notes(scenario),
  ].join('\n');
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

function notes({ mitigations, control, seeds, stopping }: ScenarioScore): readonly string[] {
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
    ...(stopping?.rule === 'precision' ? wrap(precisionSentence(stopping), 100) : []),
    ...(seeds.length < 30 ? wrap(few, 100) : []),
  ];
}

/** Each look makes the interval a little too narrow; looking for precision alone keeps that small. */
function precisionSentence({ precisionPoints, minimumSeedCount, batchSeedCount, maximumSeedCount }: Stopping): string {
  return (
    `Each arm ran on at least ${minimumSeedCount} seeds, then ${batchSeedCount} at a time until half the interval of its score ` +
    `was ${precisionPoints} points or less, whatever the score, or ${maximumSeedCount} seeds were used up.`
  );
}
