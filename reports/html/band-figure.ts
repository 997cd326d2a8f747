/** Served share and auth load over time, side by side: median and 5th to 95th percentile over seeds, faults shaded. */
import type { FaultResult, RunPicture } from '../../simulator/experiment/index.ts';
import { percent, plural, trimmed, whole } from '../render/figures.ts';
import type { Band, BandBin, BandFigures } from '../report-document.ts';
import { fragment, h, type Markup } from './element.ts';
import { dataTable, figure, HALF, NARROW, type Drawing } from './figure.ts';
import { axisHeight, axisMarkup, t0Markup, timeAxis, visibleParts, type TimeAxis } from './time-axis.ts';

interface Panel {
  readonly title: string;
  readonly of: (bin: BandBin) => Band | null;
  readonly maximum: number;
  readonly write: (value: number) => string;
  readonly limit?: number;
}

const TOP = 22;
const PLOT = 170;

export function bandFigures(picture: RunPicture, bands: BandFigures, faults: readonly FaultResult[]): Markup {
  const { capacityPerSecond } = picture.authLoad;
  const capacity = capacityPerSecond * 60;
  const bins = [...bands.control, ...(bands.mitigated ?? [])];
  const peak = Math.max(1, ...bins.map(({ authPerMinute }) => authPerMinute.high));
  const served: Panel = { title: 'served share', of: (bin) => bin.served, maximum: 1, write: percent };
  const auth: Panel = {
    title: 'auth requests a minute',
    of: (bin) => bin.authPerMinute,
    maximum: niceAbove(capacity < 1.5 * peak ? Math.max(peak, capacity) : peak),
    write: (value) => (value < 10 ? trimmed(value) : whole(value)),
    ...(capacity < 1.5 * peak ? { limit: capacity } : {}),
  };
  const busiest = `busiest ${percent(maximumOf(bands.control, auth) / capacity)} of its capacity (${whole(capacity)})`;
  return h('div', { class: 'pair' }, [
    panelFigure(picture, bands, faults, served, `lowest ${percent(minimumOf(bands.control, served))}`),
    panelFigure(picture, bands, faults, auth, busiest),
  ]);
}

/** Which line is which, in words and with the lines themselves. */
export function bandLegend({ seeds, mitigation }: BandFigures, hasFaults: boolean): Markup {
  const swatch = (name: string): Markup =>
    h('svg', { class: 'swatch', viewBox: '0 0 34 14', width: 34, height: 14, 'aria-hidden': 'true' }, [
      h('rect', { class: `band ${name}`, x: 0, y: 0, width: 34, height: 14 }),
      h('path', { class: `median ${name}`, d: 'M0 7h34' }),
    ]);
  return h('p', { class: 'legend' }, [
    swatch('control'),
    ' as it was; ',
    ...(mitigation === null ? [] : [swatch('mitigated'), ` with ${mitigation}; `]),
    hasFaults
      ? h('svg', { class: 'swatch', viewBox: '0 0 34 14', width: 34, height: 14, 'aria-hidden': 'true' }, [
          h('rect', { class: 'fault-window', x: 0, y: 0, width: 34, height: 14 }),
        ])
      : null,
    `${hasFaults ? ' a fault is on. ' : ''}Lines: median over ${plural(seeds.length, 'seed')}; bands: 5th to 95th percentile.`,
  ]);
}

function panelFigure(
  picture: RunPicture,
  bands: BandFigures,
  faults: readonly FaultResult[],
  panel: Panel,
  sentence: string,
): Markup {
  return figure({
    caption: [h('b', {}, capital(panel.title)), `: ${sentence}`],
    summary: `${capital(panel.title)}: ${sentence}. The table below has every bin.`,
    wide: drawPanel(picture, bands, faults, panel, HALF),
    narrow: drawPanel(picture, bands, faults, panel, NARROW),
    data: bandTable(picture, bands, panel),
  });
}

function drawPanel(
  picture: RunPicture,
  bands: BandFigures,
  faults: readonly FaultResult[],
  panel: Panel,
  width: number,
): Drawing {
  const axis = timeAxis(picture.stretches, 46, width - 8);
  const bottom = TOP + PLOT;
  const y = (value: number): number => bottom - (value / panel.maximum) * PLOT;
  const windows = faults.flatMap(({ fromMs, untilMs }) => visibleParts(axis, fromMs, untilMs));
  return {
    width,
    height: bottom + axisHeight(axis),
    body: fragment([
      ...windows.map(([left, right]) => {
        return h('rect', { class: 'fault-window', x: left, y: TOP, width: Math.max(1.5, right - left), height: PLOT });
      }),
      axisMarkup(axis, TOP, bottom, width === NARROW),
      ...[0, 0.25, 0.5, 0.75, 1].map((share) => valueLine(axis, panel, y, share * panel.maximum)),
      panel.limit === undefined ? null : limitLine(axis, y(panel.limit)),
      bands.mitigated === null ? null : drawBand(picture, axis, bands.mitigated, panel, y, 'mitigated'),
      drawBand(picture, axis, bands.control, panel, y, 'control'),
      t0Markup(axis, picture, TOP, bottom),
    ]),
  };
}

function valueLine(axis: TimeAxis, panel: Panel, y: (value: number) => number, value: number): Markup {
  return fragment([
    h('line', { class: 'grid', x1: axis.left, x2: axis.right, y1: y(value), y2: y(value) }),
    h('text', { class: 'tick', x: axis.left - 5, y: y(value) + 4, 'text-anchor': 'end' }, panel.write(value)),
  ]);
}

function limitLine(axis: TimeAxis, y: number): Markup {
  return fragment([
    h('line', { class: 'limit', x1: axis.left, x2: axis.right, y1: y, y2: y }),
    h('text', { class: 'tick', x: axis.right, y: y - 4, 'text-anchor': 'end' }, 'capacity'),
  ]);
}

function drawBand(
  picture: RunPicture,
  axis: TimeAxis,
  bins: readonly BandBin[],
  panel: Panel,
  y: (value: number) => number,
  name: string,
): Markup {
  const runs: { x: number; band: Band }[][] = [];
  for (const { stretch } of axis.spans) {
    let run: { x: number; band: Band }[] = [];
    runs.push(run);
    for (let bin = stretch.firstBin; bin < stretch.firstBin + stretch.binCount; bin++) {
      const band = panel.of(bins[bin]!);
      const { fromMs, untilMs } = picture.bins[bin]!;
      if (band !== null) run.push({ x: axis.x((fromMs + untilMs) / 2), band });
      else if (run.length > 0) runs.push((run = []));
    }
  }
  return fragment(
    runs
      .filter((run) => run.length > 0)
      .map((run) => [
        h('path', { class: `band ${name}`, d: `${areaPath(run, y)}` }),
        h('path', { class: `median ${name}`, d: linePath(run.map(({ x, band }) => [x, y(band.median)])) }),
      ]),
  );
}

function areaPath(run: readonly { x: number; band: Band }[], y: (value: number) => number): string {
  const above = run.map(({ x, band }) => [x, y(band.high)] as const);
  const below = run.map(({ x, band }) => [x, y(band.low)] as const).reverse();
  return `${linePath([...above, ...below])}z`;
}

function linePath(points: readonly (readonly [number, number])[]): string {
  // A single bin is a point: a short dash shows it.
  if (points.length === 1) return `M${tenth(points[0]![0] - 1)} ${tenth(points[0]![1])}h2`;
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${tenth(x)} ${tenth(y)}`).join('');
}

function bandTable({ bins, clock }: RunPicture, { control, mitigated, mitigation }: BandFigures, panel: Panel): Markup {
  const columns = [
    { title: `from (${clock.zone})` },
    { title: 'median', isNumber: true },
    { title: '5 % to 95 %', isNumber: true },
    ...(mitigated === null ? [] : [{ title: `median with ${mitigation}`, isNumber: true }]),
    ...(mitigated === null ? [] : [{ title: '5 % to 95 %', isNumber: true }]),
  ];
  const cells = (bin: BandBin): readonly string[] => {
    const band = panel.of(bin);
    if (band === null) return ['', ''];
    return [panel.write(band.median), `${panel.write(band.low)} to ${panel.write(band.high)}`];
  };
  const rows = control.map((bin, index) => [
    bins[index]!.at,
    ...cells(bin),
    ...(mitigated === null ? [] : cells(mitigated[index]!)),
  ]);
  return dataTable(panel.title, columns, rows);
}

function minimumOf(bins: readonly BandBin[], { of }: Panel): number {
  return Math.min(1, ...bins.map((bin) => of(bin)?.median ?? 1));
}

function maximumOf(bins: readonly BandBin[], { of }: Panel): number {
  return Math.max(0, ...bins.map((bin) => of(bin)?.median ?? 0));
}

/** 1, 2, 4, 5 or 8 times a power of ten, so that its quarters are round. */
function niceAbove(value: number): number {
  let power = 1;
  while (power * 10 <= value) power *= 10;
  return [1, 2, 4, 5, 8, 10].map((step) => step * power).find((nice) => nice >= value) ?? 10 * power;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function tenth(value: number): string {
  return String(Math.round(value * 10) / 10);
}
