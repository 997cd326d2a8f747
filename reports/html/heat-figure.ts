/** Instance × time: the share of refused requests. The fleet's average stands above, to show what averages hide. */
import type { InstanceRow, RunPicture } from '../../simulator/experiment/index.ts';
import { percent, whole } from '../render/figures.ts';
import { fragment, h, type Markup } from './element.ts';
import { dataTable, figure, NARROW, WIDE, type Drawing } from './figure.ts';
import { axisHeight, axisMarkup, t0Markup, timeAxis, type TimeAxis } from './time-axis.ts';

/** Each step has a colour and a height: a cell that is full of colour is full of failures. */
const STEPS = [0, 0.05, 0.25, 0.5, 0.75, 1] as const;
const TOP = 20;
const MOST_ROWS = 40;

export function heatFigure(picture: RunPicture): Markup {
  const rows = shownRows(picture.instances);
  const fleet = fleetOf(picture.instances);
  const worst = [...picture.instances].sort(
    (a, b) => worstShare(b) - worstShare(a) || totalOf(b.failed) - totalOf(a.failed),
  )[0];
  const peak = worstShare(fleet);
  const ill = worst === undefined ? '' : `${nameOf(worst)} refused up to ${percent(worstShare(worst))} of its requests`;
  return figure({
    caption: [
      'Share of requests with a good credential that were refused or not answered. ',
      h('b', {}, `${ill}; the average of the fleet never showed more than ${percent(peak)}.`),
      ' The fuller a cell, the larger the share; an empty row is a healthy instance.',
    ],
    summary: `${ill}; the fleet's average at most ${percent(peak)}. The table below has a row for each instance.`,
    wide: drawHeat(picture, fleet, rows, WIDE),
    narrow: drawHeat(picture, fleet, rows, NARROW),
    data: instanceTable(picture, fleet),
  });
}

function nameOf({ instance }: InstanceRow): string {
  return instance === 'none' ? 'no answer' : instance;
}

/** Of many instances those with failures, and as many healthy ones as fit. */
function shownRows(rows: readonly InstanceRow[]): readonly InstanceRow[] {
  if (rows.length <= MOST_ROWS) return rows;
  const byHarm = [...rows].sort((a, b) => totalOf(b.failed) - totalOf(a.failed)).slice(0, MOST_ROWS);
  return rows.filter((row) => byHarm.includes(row));
}

function fleetOf(rows: readonly InstanceRow[]): InstanceRow {
  const sum = (pick: (row: InstanceRow) => readonly number[]): readonly number[] => {
    const first = rows[0] === undefined ? [] : pick(rows[0]);
    return first.map((_, bin) => rows.reduce((total, row) => total + pick(row)[bin]!, 0));
  };
  return {
    instance: 'fleet average',
    attempts: sum((row) => row.attempts),
    failed: sum((row) => row.failed),
    failures: [],
  };
}

function worstShare({ attempts, failed }: InstanceRow): number {
  const shares = attempts.map((all, bin) => (all === 0 ? 0 : failed[bin]! / all));
  return Math.max(0, ...shares);
}

function drawHeat(picture: RunPicture, fleet: InstanceRow, rows: readonly InstanceRow[], width: number): Drawing {
  const isNarrow = width === NARROW;
  const longest = Math.max('fleet average'.length, ...rows.map((row) => nameOf(row).length));
  const left = Math.min(isNarrow ? 96 : 130, longest * 6.6 + 10);
  const axis = timeAxis(picture.stretches, left, width - 6);
  const rowHeight = rows.length > 20 ? 14 : 16;
  const firstTop = TOP + 34;
  const bottom = firstTop + rows.length * rowHeight;
  return {
    width,
    height: bottom + axisHeight(axis),
    body: fragment([
      axisMarkup(axis, TOP, bottom, isNarrow),
      drawRow(picture, axis, fleet, TOP + 2, 24),
      h('line', { class: 'axis', x1: axis.left, x2: axis.right, y1: TOP + 30, y2: TOP + 30 }),
      ...rows.map((row, index) => drawRow(picture, axis, row, firstTop + index * rowHeight, rowHeight)),
      t0Markup(axis, picture, TOP, bottom),
    ]),
  };
}

function drawRow(picture: RunPicture, axis: TimeAxis, row: InstanceRow, top: number, height: number): Markup {
  const room = height - 2;
  const paths = STEPS.slice(1).map((step, index) => ({ step, from: STEPS[index]!, d: '' }));
  for (const { fromMs, untilMs, share } of cellsOf(picture, row)) {
    const path = paths.find(({ from, step }) => share > from && share <= step)!;
    const [x, right] = [axis.x(fromMs), axis.x(untilMs)];
    const filled = Math.max(2, room * share);
    path.d += `M${tenth(x)} ${tenth(top + room - filled + 1)}h${tenth(right - x)}v${tenth(filled)}h${tenth(x - right)}z`;
  }
  return fragment([
    ...axis.spans.map(({ left, right }) => {
      return h('rect', { class: 'track', x: left, y: top + 1, width: right - left, height: room });
    }),
    ...paths.flatMap(({ d }, index) => (d === '' ? [] : [h('path', { class: `heat heat-${index + 1}`, d })])),
    h('text', { class: 'label', x: axis.left - 6, y: top + height / 2 + 4, 'text-anchor': 'end' }, nameOf(row)),
  ]);
}

interface HeatCell {
  readonly fromMs: number;
  untilMs: number;
  readonly share: number;
}

/** Neighbours of one share are one cell: smaller, and without seams. */
function cellsOf({ bins }: RunPicture, { attempts, failed }: InstanceRow): readonly HeatCell[] {
  const cells: HeatCell[] = [];
  bins.forEach(({ fromMs, untilMs }, bin) => {
    const share = attempts[bin] === 0 ? 0 : failed[bin]! / attempts[bin]!;
    if (share === 0) return;
    const last = cells.at(-1);
    if (last !== undefined && last.untilMs === fromMs && last.share === share) last.untilMs = untilMs;
    else cells.push({ fromMs, untilMs, share });
  });
  return cells;
}

function tenth(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function instanceTable({ instances, bins }: RunPicture, fleet: InstanceRow): Markup {
  const columns = [
    { title: 'instance' },
    { title: 'requests', isNumber: true },
    { title: 'refused', isNumber: true },
    { title: 'share', isNumber: true },
    { title: 'worst bin', isNumber: true },
    { title: 'first refused' },
    { title: 'last refused' },
    { title: 'how' },
  ];
  const rows = [fleet, ...instances].map((row) => {
    const [all, refused] = [totalOf(row.attempts), totalOf(row.failed)];
    const ill = row.failed.flatMap((count, bin) => (count > 0 ? [bins[bin]!.at] : []));
    return [
      nameOf(row),
      whole(all),
      whole(refused),
      all === 0 ? '' : percent(refused / all),
      percent(worstShare(row)),
      ill[0] ?? '',
      ill.at(-1) ?? '',
      row.failures.map(({ outcome, count }) => `${outcome} ${whole(count)}`).join(', '),
    ];
  });
  return dataTable('requests and refusals of each instance', columns, rows);
}

function totalOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
