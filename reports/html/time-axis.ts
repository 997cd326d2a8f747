/** From moments of a play to places on a figure. Windows weeks apart stand side by side, with a gap that says so. */
import type { RunPicture, Stretch } from '../../simulator/experiment/index.ts';
import { fragment, h, type Markup } from './element.ts';

const GAP = 18;

interface Span {
  readonly stretch: Stretch;
  readonly left: number;
  readonly right: number;
}

export interface TimeAxis {
  readonly spans: readonly Span[];
  readonly left: number;
  readonly right: number;
  /** Moments outside all windows go to the nearest edge. */
  readonly x: (atMs: number) => number;
}

export function timeAxis(stretches: readonly Stretch[], left: number, right: number): TimeAxis {
  const totalMs = stretches.reduce((sum, { fromMs, untilMs }) => sum + untilMs - fromMs, 0);
  const room = right - left - GAP * (stretches.length - 1);
  let at = left;
  const spans = stretches.map((stretch): Span => {
    const width = (room * (stretch.untilMs - stretch.fromMs)) / totalMs;
    const span = { stretch, left: at, right: at + width };
    at += width + GAP;
    return span;
  });
  return { spans, left, right, x: (atMs) => placeOf(spans, atMs) };
}

function placeOf(spans: readonly Span[], atMs: number): number {
  let place = spans[0]!.left;
  for (const { stretch, left, right } of spans) {
    if (atMs < stretch.fromMs) return place;
    const share = (atMs - stretch.fromMs) / (stretch.untilMs - stretch.fromMs);
    place = left + Math.min(1, share) * (right - left);
  }
  return place;
}

/** Ticks with their times below, the date of each window where there are several, and the marks of a break. */
export function axisMarkup(axis: TimeAxis, top: number, bottom: number, fewest: boolean): Markup {
  const several = axis.spans.length > 1;
  return fragment(
    axis.spans.map(({ stretch, left, right }, index) => [
      ...ticksThatFit(stretch, right - left, fewest).map(({ atMs, text }) => [
        h('line', { class: 'grid', x1: axis.x(atMs), x2: axis.x(atMs), y1: top, y2: bottom }),
        h(
          'text',
          { class: 'tick', x: axis.x(atMs), y: bottom + 15, 'text-anchor': anchorOf(axis.x(atMs), left, right) },
          text,
        ),
      ]),
      h('line', { class: 'axis', x1: left, x2: right, y1: bottom, y2: bottom }),
      several ? h('text', { class: 'tick', x: left, y: bottom + 30 }, dateOf(stretch, right - left)) : null,
      index === 0
        ? null
        : h('path', { class: 'break', d: `M${round(left - GAP / 2 - 3)} ${bottom + 5}l3 -10m3 10l3 -10` }),
    ]),
  );
}

/** Height below the plot that `axisMarkup` needs. */
export function axisHeight(axis: TimeAxis): number {
  return axis.spans.length > 1 ? 36 : 22;
}

/** The vertical line of T0, with its name above the plot. */
export function t0Markup(axis: TimeAxis, { t0Ms, t0 }: RunPicture, top: number, bottom: number): Markup {
  const x = axis.x(t0Ms);
  return fragment([
    h('line', { class: 't0', x1: x, x2: x, y1: top, y2: bottom }),
    h('text', { class: 'tick strong', x: x + 3, y: top - 4 }, `T0 ${t0.slice(-5)}`),
  ]);
}

/** The parts of [fromMs, untilMs] that the axis shows, as [left, right]. */
export function visibleParts(axis: TimeAxis, fromMs: number, untilMs: number): readonly (readonly [number, number])[] {
  return axis.spans.flatMap(({ stretch }) => {
    const from = Math.max(fromMs, stretch.fromMs);
    const until = Math.min(untilMs, stretch.untilMs);
    return until < from ? [] : [[axis.x(from), axis.x(until)] as const];
  });
}

/** Half of a time reaches over the edge where it stands on it. */
function anchorOf(x: number, left: number, right: number): string {
  if (right - x < 14) return 'end';
  return x - left < 10 ? 'start' : 'middle';
}

function ticksThatFit(stretch: Stretch, width: number, fewest: boolean): Stretch['ticks'] {
  const room = Math.max(1, Math.floor(width / (fewest ? 46 : 44)));
  const every = Math.ceil(stretch.ticks.length / room);
  // The first and the last time would hang over the edge of a neighbour.
  return stretch.ticks.filter((_, index) => index % every === Math.floor(every / 2));
}

/** `2024-09-25 05:15` as `Sep 25`, or as `25` where there is no room. */
function dateOf({ from }: Stretch, width: number): string {
  const match = /^\d{4}-(\d{2})-(\d{2})/.exec(from);
  if (match === null) return '';
  const month = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')[Number(match[1]) - 1]!;
  return width < 40 ? match[2]! : `${month} ${Number(match[2])}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
