/** Cuts the windows of a play into bins of whole minutes, few enough to be drawn, and writes them on the incident's clock. */
import type { Window } from '../contract/index.ts';
import type { IncidentClock } from './incident.ts';
import type { Bin, Stretch } from './picture.ts';
import { clockOf, clockTime } from './wall-clock.ts';

const MINUTE_MS = 60_000;
const BIN_MINUTES = [1, 2, 5, 10, 15, 20, 30, 60, 120, 240];
const MOST_BINS = 160;
const TICK_MINUTES = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1440];
const MOST_TICKS = 9;

export interface BinnedPlay {
  readonly binMinutes: number;
  readonly stretches: readonly Stretch[];
  readonly bins: readonly Bin[];
}

export function binnedPlay(windows: readonly Window[], clock: IncidentClock, endMs: number): BinnedPlay {
  const minutes = windows.reduce((sum, { fromMs, untilMs }) => sum + (untilMs - fromMs) / MINUTE_MS, 0);
  const binMinutes = BIN_MINUTES.find((size) => minutes / size <= MOST_BINS) ?? BIN_MINUTES.at(-1)!;
  const write = clockOf(clock, endMs);
  const bins: Bin[] = [];
  const stretches = windows.map(({ fromMs, untilMs }): Stretch => {
    const firstBin = bins.length;
    for (let atMs = fromMs; atMs < untilMs; atMs += binMinutes * MINUTE_MS) {
      bins.push({ fromMs: atMs, untilMs: Math.min(untilMs, atMs + binMinutes * MINUTE_MS), at: write(atMs) });
    }
    const binCount = bins.length - firstBin;
    const ticks = ticksOf({ fromMs, untilMs }, clock);
    return { fromMs, untilMs, from: write(fromMs), until: write(untilMs), firstBin, binCount, ticks };
  });
  return { binMinutes, stretches, bins };
}

/** Which bin holds each minute of the play; −1 outside all windows. */
export function binOfMinutes(bins: readonly Bin[], endMs: number): readonly number[] {
  const owners = new Array<number>(Math.ceil(endMs / MINUTE_MS) + 1).fill(-1);
  for (const [index, { fromMs, untilMs }] of bins.entries()) {
    const last = Math.ceil(untilMs / MINUTE_MS);
    for (let minute = Math.floor(fromMs / MINUTE_MS); minute < last; minute++) owners[minute] = index;
  }
  // What happens at the very end belongs to the last bin.
  if (owners.at(-1) === -1) owners[owners.length - 1] = bins.length - 1;
  return owners;
}

function ticksOf({ fromMs, untilMs }: Window, clock: IncidentClock): Stretch['ticks'] {
  const minutes = (untilMs - fromMs) / MINUTE_MS;
  const step = TICK_MINUTES.find((size) => minutes / size <= MOST_TICKS - 1) ?? TICK_MINUTES.at(-1)!;
  const startMinute = Number(clock.startsAt.slice(11, 13)) * 60 + Number(clock.startsAt.slice(14, 16));
  const firstMinute = startMinute + fromMs / MINUTE_MS;
  const ticks: { atMs: number; text: string }[] = [];
  for (let minute = Math.ceil(firstMinute / step) * step; minute <= firstMinute + minutes; minute += step) {
    const atMs = (minute - startMinute) * MINUTE_MS;
    ticks.push({ atMs, text: clockTime(clock, atMs) });
  }
  return ticks;
}
