/**
 * Moments as people write them, on the scenario's own clock: `15:50`, `2021-03-17T09:43`, `t0+8m`, `start+90s`. The model
 * counts in milliseconds since the scenario began.
 */
import { durationMs, durationText } from './duration.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export const MOMENT_PATTERN =
  /^(?:(?:t0|start)(?:[+-](?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+)?|\d\d:\d\d(?::\d\d)?|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?)$/;

export const MOMENT_FORMS = 'a time of day (15:50), a date and time (2021-03-17T09:43), or t0+8m, t0-4m, start+90s';

export class Moments {
  /** Local midnight before the start, as days since 1970-01-01 in local time. */
  readonly #startDay: number;
  /** The start, in ms after that midnight. */
  readonly #startOfDayMs: number;
  readonly t0Ms: number;

  /**
   * @param startsAt `YYYY-MM-DDTHH:MM`
   * @param t0 a moment that does not speak of t0
   */
  constructor(startsAt: string, t0: string) {
    const [date = '', time = ''] = startsAt.split('T');
    this.#startDay = dayNumber(date);
    this.#startOfDayMs = timeMs(time);
    this.t0Ms = 0;
    this.t0Ms = this.read(t0) ?? 0;
  }

  /** In ms of the scenario; undefined for a text that is no moment. May lie before the start: below 0. */
  read(text: string): number | undefined {
    if (!MOMENT_PATTERN.test(text)) return undefined;
    const [, base, sign, span] = /^(t0|start)([+-])?(.*)$/.exec(text) ?? [];
    if (base !== undefined) {
      const distanceMs = sign === undefined ? 0 : (durationMs(span ?? '') ?? 0);
      return (base === 't0' ? this.t0Ms : 0) + (sign === '-' ? -distanceMs : distanceMs);
    }
    const [date, time] = text.includes('-') ? [text.slice(0, 10), text.slice(11)] : [undefined, text];
    if (date !== undefined) return (dayNumber(date) - this.#startDay) * DAY_MS + timeMs(time) - this.#startOfDayMs;
    const atMs = timeMs(time) - this.#startOfDayMs;
    // The first such time of day from the start on.
    return atMs < 0 ? atMs + DAY_MS : atMs;
  }

  /** The time of day within the first 24 hours, then the date with it; what falls between seconds, from the start. */
  write(atMs: number): string {
    if (!Number.isInteger(atMs / 1_000)) return this.#fromStart(atMs);
    if (atMs < 0) return this.#fromStart(atMs);
    const localMs = this.#startOfDayMs + atMs;
    const day = Math.floor(localMs / DAY_MS);
    const time = timeText(localMs - day * DAY_MS);
    return atMs < DAY_MS ? time : `${dateText(this.#startDay + day)}T${time}`;
  }

  #fromStart(atMs: number): string {
    return `start${atMs < 0 ? '-' : '+'}${durationText(Math.abs(atMs))}`;
  }

  /** Midnights of the days that [0, untilMs) touches, in ms of the scenario; the first one is 0 or negative. */
  midnightsMs(untilMs: number): readonly number[] {
    const count = Math.ceil((this.#startOfDayMs + untilMs) / DAY_MS);
    return Array.from({ length: count }, (_, day) => day * DAY_MS - this.#startOfDayMs);
  }
}

/** `09:15` as ms after midnight. */
export function timeMs(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * MINUTE_MS + seconds * 1_000;
}

export function timeText(sinceMidnightMs: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(sinceMidnightMs / MINUTE_MS);
  const seconds = (sinceMidnightMs - minutes * MINUTE_MS) / 1_000;
  const text = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return seconds === 0 ? text : `${text}:${two(seconds)}`;
}

function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

function dateText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
