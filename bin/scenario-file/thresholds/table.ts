/** The thresholds of a scenario file as a table with a verdict: what was wanted, what was seen, PASS, FAIL or INCONCLUSIVE. */
import { duration, plural, trimmed } from '../../../reports/render/figures.ts';
import { unpainted, type Paint, type Tone } from '../../../reports/render/paint.ts';
import { table } from '../../../reports/render/table.ts';
import type { ExposureFinding, Measures } from '../../../simulator/experiment/index.ts';
import { MEASURE_UNITS, type MeasureName, type Threshold } from './units.ts';
import type { CheckedScenario } from '../schema/scenario.ts';
import { judge, type Judged, type Verdict } from './judge.ts';
import { measured, withinBudget } from './measured.ts';

/** What thresholds read of one run. */
export interface RunFigures {
  readonly measures: Measures;
  readonly exposure: readonly ExposureFinding[];
}

/** One threshold, judged: a row of the table and of the document. */
export interface ThresholdRow extends Judged {
  readonly measure: string;
  /** In words: `at least 99 %`. */
  readonly expected: string;
  readonly observed: string;
}

export interface ThresholdResult {
  readonly verdict: Verdict;
  readonly seedCount: number;
  readonly rows: readonly ThresholdRow[];
}

type Thresholds = NonNullable<CheckedScenario['thresholds']>;

const WITHIN: Threshold = { sense: 'at-least', limit: 1 };

/** @param accessTokenLifetimeMs the budget for a revoked session that is still admitted */
export function judgeRuns(
  thresholds: Thresholds,
  runs: readonly RunFigures[],
  accessTokenLifetimeMs: number,
): ThresholdResult {
  const rows = Object.entries(thresholds).map(([measure, wanted]): ThresholdRow => {
    if (wanted === 'within budget') {
      return exposureRow(runs.map(({ exposure }) => withinBudget(exposure, accessTokenLifetimeMs)));
    }
    const name = measure as MeasureName;
    const values = runs.map(({ measures }) => measured(name, measures));
    return thresholdRow(name, wanted as Threshold, values);
  });
  return { verdict: worst(rows.map(({ verdict }) => verdict)), seedCount: runs.length, rows };
}

/** The first that there is of FAIL, INCONCLUSIVE, PASS. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  return (['FAIL', 'INCONCLUSIVE'] as const).find((word) => verdicts.includes(word)) ?? 'PASS';
}

export function thresholdRow(name: MeasureName, threshold: Threshold, values: readonly number[]): ThresholdRow {
  const unit = MEASURE_UNITS[name];
  // A load can be more than capacity; other shares are shares.
  const most = unit === 'ratio' && name !== 'authPeakRatio' ? 1 : Infinity;
  const judged = judge(threshold, values, unit === 'duration' ? 'median' : 'mean', most);
  const write = (value: number): string => written(unit, value);
  const sense = threshold.sense === 'at-least' ? 'at least' : 'at most';
  return {
    measure: name,
    expected: `${sense} ${write(threshold.limit)}`,
    observed: observedText(judged, write),
    ...judged,
  };
}

/** One admission too many on one seed is too many. */
export function exposureRow(values: readonly number[]): ThresholdRow {
  const judged = judge(WITHIN, [Math.min(...values)], 'mean');
  const broken = values.filter((value) => value === 0).length;
  const observed =
    judged.value === null
      ? 'nothing tried'
      : broken === 0
        ? 'within budget'
        : `beyond it on ${plural(broken, 'seed')} of ${values.length}`;
  return { measure: 'exposure', expected: 'within budget', observed, ...judged };
}

function observedText({ value, low, high, missingCount }: Judged, write: (value: number) => string): string {
  if (value === null) return 'nothing to observe';
  const interval = low === undefined || high === undefined || low === high ? '' : ` [${write(low)}, ${write(high)}]`;
  const missing = missingCount === 0 ? '' : `, nothing on ${plural(missingCount, 'seed')}`;
  return `${write(value)}${interval}${missing}`;
}

function written(unit: (typeof MEASURE_UNITS)[MeasureName], value: number): string {
  if (value === Infinity) return 'never';
  if (unit === 'duration') return duration(value);
  if (unit === 'count') return trimmed(Math.round(value * 10) / 10);
  // A share of 99.96 % must not look like one of 100 %.
  return `${Math.floor(value * 1e5 + 1e-6) / 1e3} %`;
}

const TONES: Readonly<Record<Verdict, Tone>> = { PASS: 'good', FAIL: 'bad', INCONCLUSIVE: 'unsure' };

export function thresholdText({ rows }: ThresholdResult, paint: Paint = unpainted): string {
  const columns = [
    { title: 'threshold', minimum: 'whole' as const },
    { title: '', minimum: 'whole' as const },
    { title: 'expected', minimum: 'whole' as const },
    { title: 'observed', minimum: 20 },
  ];
  const cells = rows.map(({ measure, verdict, expected, observed }) => {
    return [measure, { text: verdict, tone: TONES[verdict] }, expected, observed];
  });
  return [paint('strong', 'Thresholds'), ...table(columns, cells, paint)].join('\n');
}

/** The last line of a run: the verdict, and what it hangs on. */
export function verdictText({ verdict, rows, seedCount }: ThresholdResult, paint: Paint = unpainted): string {
  const word = paint(TONES[verdict], verdict);
  const named = rows.filter((row) => row.verdict === verdict).map(({ measure }) => measure);
  if (rows.length === 0) return `${word}: the file sets no thresholds.`;
  if (verdict === 'PASS') return `${word}: ${plural(rows.length, 'threshold')} kept on ${plural(seedCount, 'seed')}.`;
  if (verdict === 'FAIL') return `${word}: not kept: ${named.join(', ')}.`;
  return `${word}: cannot be told from ${plural(seedCount, 'seed')}: ${named.join(', ')}. More seeds may tell.`;
}
