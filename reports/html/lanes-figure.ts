/** "What happened when": one lane for each party, on the incident's clock; every numbered mark is told in the list below. */
import type { RunPicture } from '../../simulator/experiment/index.ts';
import type { LaneEntry, LaneShape } from '../lane-entries.ts';
import { fragment, h, type Markup } from './element.ts';
import { figure, NARROW, WIDE, type Drawing } from './figure.ts';
import { axisHeight, axisMarkup, t0Markup, timeAxis, visibleParts, type TimeAxis } from './time-axis.ts';

type Numbered = LaneEntry & { readonly number: number };

interface Row {
  readonly lane: string;
  readonly entries: readonly Numbered[];
}

export function lanesFigure(picture: RunPicture, entries: readonly LaneEntry[]): Markup {
  const ordered = [...entries].sort((a, b) => a.fromMs - b.fromMs);
  const numbered = entries.map((entry) => ({ ...entry, number: ordered.indexOf(entry) + 1 }));
  const lanes = [...new Set(entries.map(({ lane }) => lane))];
  const rows = lanes.map((lane): Row => ({ lane, entries: numbered.filter((entry) => entry.lane === lane) }));
  const peak = Math.max(...picture.disruptedUsers);
  return figure({
    caption: 'Numbers in the lanes are those of the list below; the bars of the last lane are users in trouble.',
    summary: `Swim lanes of ${lanes.join(', ')} and users in trouble (at most ${peak} at once), from ${
      picture.stretches[0]!.from
    } to ${picture.stretches.at(-1)!.until} ${picture.clock.zone}. The list below tells every mark.`,
    wide: drawLanes(picture, rows, WIDE),
    narrow: drawLanes(picture, rows, NARROW),
    data: eventList(ordered, picture.clock.zone),
  });
}

const TOP = 20;
const TITLE = 15;
const MARK_ROOM = 17;

function drawLanes(picture: RunPicture, rows: readonly Row[], width: number): Drawing {
  const axis = timeAxis(picture.stretches, 4, width - 6);
  let at = TOP;
  const drawn = rows.map((row) => {
    const { markup, height } = drawRow(axis, row, at);
    at += height;
    return markup;
  });
  const crowd = drawCrowd(picture, axis, at);
  const bottom = at + 58;
  return {
    width,
    height: bottom + axisHeight(axis),
    body: fragment([
      axisMarkup(axis, TOP, bottom, width === NARROW),
      t0Markup(axis, picture, TOP, bottom),
      ...drawn,
      crowd,
    ]),
  };
}

/** Marks that would lie on each other go one line lower. */
function drawRow(axis: TimeAxis, { lane, entries }: Row, top: number): { markup: Markup; height: number } {
  const lineEnds: number[] = [];
  const marks = entries.map((entry) => {
    const parts = visibleParts(axis, entry.fromMs, entry.untilMs);
    const left = parts[0]?.[0] ?? axis.x(entry.fromMs);
    const right = Math.max(left + 24, parts.at(-1)?.[1] ?? left);
    // A number to the left of its mark needs its room there.
    const begin = axis.right - left < 22 ? left - 22 : left;
    const free = lineEnds.findIndex((end) => end <= begin);
    const line = free < 0 ? lineEnds.length : free;
    lineEnds[line] = right + 4;
    const y = top + TITLE + line * MARK_ROOM + 8;
    return drawMark(entry, left, parts.at(-1)?.[1] ?? left, y, axis.right - left < 22);
  });
  const height = TITLE + Math.max(1, lineEnds.length) * MARK_ROOM + 5;
  return {
    markup: fragment([
      h('line', { class: 'lane', x1: axis.left, x2: axis.right, y1: top + height, y2: top + height }),
      h('text', { class: 'label', x: axis.left, y: top + 12 }, lane),
      ...marks,
    ]),
    height,
  };
}

/** @param isLast at the right edge: its number stands to the left of it */
function drawMark(entry: Numbered, left: number, right: number, y: number, isLast: boolean): Markup {
  const { shape, number, text, from } = entry;
  const span =
    right - left < 6
      ? null
      : h('rect', { class: `span ${shape}`, x: left, y: y - 5, width: right - left, height: 10, rx: 2 });
  return h('g', {}, [
    h('title', {}, `${from} ${text}`),
    span,
    shape === 'fault' && span !== null ? null : h('path', { class: `mark ${shape}`, d: shapePath(shape, left, y) }),
    isLast
      ? h('text', { class: 'mark-number', x: left - 7, y: y + 4, 'text-anchor': 'end' }, number)
      : h('text', { class: 'mark-number', x: left + (shape === 'fault' && span !== null ? 3 : 7), y: y + 4 }, number),
  ]);
}

function shapePath(shape: LaneShape, x: number, y: number): string {
  const at = `M${Math.round(x * 10) / 10} ${y}`;
  switch (shape) {
    case 'square':
      return `${at}m-4 -4h8v8h-8z`;
    case 'diamond':
      return `${at}m0 -5l5 5l-5 5l-5 -5z`;
    case 'triangle':
      return `${at}m0 -5l5 9h-10z`;
    case 'post':
      return `${at}m-4 -5h8v7h-5l-3 3z`;
    default:
      return `${at}m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z`;
  }
}

function drawCrowd({ disruptedUsers, bins }: RunPicture, axis: TimeAxis, top: number): Markup {
  const peak = Math.max(...disruptedUsers);
  const room = 34;
  const bars = bins.flatMap(({ fromMs, untilMs }, bin) => {
    const height = peak === 0 ? 0 : (disruptedUsers[bin]! / peak) * room;
    if (height === 0) return [];
    const [x, right] = [axis.x(fromMs), axis.x(untilMs)];
    return [`M${tenth(x)} ${top + 54}v${tenth(-height)}h${tenth(Math.max(0.8, right - x - 0.4))}v${tenth(height)}z`];
  });
  return fragment([
    h('text', { class: 'label', x: axis.left, y: top + 12 }, `users in trouble (at most ${peak} at once)`),
    bars.length === 0 ? null : h('path', { class: 'crowd', d: bars.join('') }),
  ]);
}

function tenth(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function eventList(ordered: readonly LaneEntry[], zone: string): Markup {
  const items = ordered.map(({ from, until, lane, text }) =>
    h('li', {}, [h('b', {}, from === until ? from : `${from} to ${until}`), ` ${lane}: ${text}`]),
  );
  return h('details', { open: items.length <= 24 }, [
    h('summary', {}, `What happened when (${zone})`),
    h('ol', { class: 'events' }, items),
  ]);
}
