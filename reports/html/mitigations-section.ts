/** What each mitigation saves in the model, as a forest plot that is a table; and the cross table of several incidents. */
import { duration, percent, plural, seedText, whole } from '../render/figures.ts';
import { scoreFigure } from '../render/saves-text.ts';
import { crossTable, type CrossCell } from '../score/cross-table.ts';
import type { MeasureMeans, MissingMeasures, ScenarioScore, ScoreResult } from '../score/score-result.ts';
import { h, type Child, type Markup } from './element.ts';
import { dataTable, paragraph, plainTable, scrolling, section } from './figure.ts';
import { SCORE_COLUMNS } from './mitigation-row.ts';

/** A published figure wants as many. */
const ENOUGH_SEEDS = 30;

/** @param isOwn of a scenario file: its control is what the file dates, nobody published it */
export function mitigationsSection(id: string, scenario: ScenarioScore, isOwn = false): Markup {
  const response = isOwn ? 'the response that the file dates' : 'the owner’s published response';
  const { mitigations, seeds, reason } = scenario;
  const scored = mitigations.filter(({ status }) => status === 'scored');
  const columns = SCORE_COLUMNS.filter(({ isWanted }) => isWanted?.(scenario) ?? true);
  const rows = scored.map((arm) => columns.map(({ cell }) => cell(arm, scenario)));
  return section(id, 'Mitigations compared', [
    reason === undefined ? null : paragraph(h('strong', { class: 'word unsure' }, 'INCONCLUSIVE'), ` ${reason}`),
    paragraph(
      `Each against ${response} on the same ${plural(seeds.length, 'seed')} (${seedText(seeds)}). `,
      '100: all disrupted user-minutes saved in the model; 0: no difference; −100: the worst. ',
      'Best lower bound first; what opens a door to an attacker is held to 0 and comes last.',
      seeds.length < ENOUGH_SEEDS ? ` A published figure wants ${ENOUGH_SEEDS} seeds or more.` : '',
    ),
    collapseLine(scenario),
    scored.length === 0
      ? paragraph('No mitigation was scored.')
      : scrolling('mitigations compared', plainTable(columns, rows, 'cards')),
    ...withoutScore(scenario),
    measuresTable(scenario),
  ]);
}

function collapseLine({ control }: ScenarioScore): Markup | null {
  const { collapse } = control;
  if (!collapse.bimodal) return null;
  return paragraph(`Without a mitigation it collapses on ${percent(collapse.probability)} of the seeds.`);
}

/** Neither is a 0: the one never acted, the other has nothing to act on. */
function withoutScore({ mitigations }: ScenarioScore): readonly Markup[] {
  const rest = mitigations.filter(({ status }) => status !== 'scored');
  if (rest.length === 0) return [];
  const items = rest.map(({ id, status, reason = '' }) =>
    h('li', {}, [h('b', {}, id), status === 'n/a' ? ` n/a: ${reason}` : ` not engaged (${reason})`]),
  );
  return [h('details', { open: rest.length <= 6 }, [h('summary', {}, 'Without a score'), h('ul', {}, items)])];
}

function measuresTable(scenario: ScenarioScore): Markup {
  const columns = [
    { title: 'arm' },
    ...['disrupted user-minutes', 'users hit', 'forced sign-ins', 'sign-ins ok', 'auth peak'].map(numeric),
    ...['detected after', 'recovered after', 'p50', 'p99', 'instances with failures'].map(numeric),
  ];
  const { control, mitigations } = scenario;
  const arms = mitigations.flatMap(({ id, measures, measuresMissing }) =>
    measures === null ? [] : [measureRow(id, measures, measuresMissing)],
  );
  const rows = [measureRow('control', control.measures, control.measuresMissing), ...arms];
  return dataTable('measures of every arm, means over seeds', columns, rows);
}

function numeric(title: string): { readonly title: string; readonly isNumber: true } {
  return { title, isNumber: true };
}

function measureRow(name: string, means: MeasureMeans, missing: MissingMeasures): readonly string[] {
  return [
    name,
    whole(means.disruptedUserMinutes ?? 0),
    whole(means.usersHit ?? 0),
    whole(means.forcedSignIns ?? 0),
    means.signInSuccessRatio === null ? 'none' : percent(means.signInSuccessRatio),
    percent(means.authPeakRatio ?? 0),
    momentWords(means.timeToDetectMs, missing.timeToDetectMs, 'by nobody'),
    momentWords(means.timeToRecoverMs, missing.timeToRecoverMs, 'still bad'),
    means.goodLatencyP50Ms === null ? 'none' : duration(means.goodLatencyP50Ms),
    means.goodLatencyP99Ms === null ? 'none' : duration(means.goodLatencyP99Ms),
    whole(means.instancesWithFailures ?? 0),
  ];
}

function momentWords(meanMs: number | null, missingCount: number | undefined, none: string): string {
  if (meanMs === null) return none;
  return missingCount === undefined
    ? duration(meanMs)
    : `${duration(meanMs)} (${none} on ${plural(missingCount, 'seed')})`;
}

/** Mitigations × incidents; nothing for one incident. */
export function crossSection(score: ScoreResult): Markup | null {
  if (score.scenarios.length < 2) return null;
  const { scenarios, rows } = score.crossTable ?? crossTable(score.scenarios);
  const columns = [{ title: 'mitigation' }, ...scenarios.map((title) => ({ title }))];
  const body = rows.map(({ mitigation, cells }): readonly Child[] => [
    mitigation,
    ...scenarios.map((scenario) => crossCell(cells.find((cell) => cell.scenario === scenario))),
  ]);
  return h('section', { id: 'cross', 'aria-labelledby': 'cross-title' }, [
    h('h2', { id: 'cross-title' }, 'Mitigations × incidents'),
    paragraph('What helps in one incident may hurt in another. Score with its 95 % interval, in points.'),
    scrolling('mitigations by incidents', plainTable(columns, body)),
  ]);
}

const CELL_KINDS: Readonly<Record<string, string>> = {
  prevents: 'good',
  reduces: 'good',
  worsens: 'bad',
  inconclusive: 'unsure',
};

function crossCell(cell: CrossCell | undefined): Child {
  if (cell === undefined) return '';
  if (cell.status === 'n/a') return 'n/a';
  if (cell.verdict === null) return 'not engaged';
  const exposed = cell.exposure !== null && cell.exposure !== 'within budget' && cell.exposure !== 'not tested';
  return [
    h('span', { class: `word ${CELL_KINDS[cell.verdict] ?? 'neutral'}` }, cell.verdict),
    ` ${scoreFigure(cell.score)}`,
    exposed ? h('strong', { class: 'word bad' }, ` ${cell.exposure}`) : null,
  ];
}
