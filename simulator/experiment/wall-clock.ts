/** Writes moments of a scenario on the incident's own clock, by a fixed offset: no time zone database, no locale. */
import type { IncidentClock } from './incident.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

/** `15:50`, or with seconds `15:50:07`, rounded down; with the date before it on demand. A moment may lie before the scenario. */
export function clockTime(
  clock: IncidentClock,
  atMs: number,
  options: { seconds?: boolean; date?: boolean } = {},
): string {
  const wholeSeconds = Math.floor(atMs / 1000);
  const minutes = startMinutes(clock) + Math.floor(wholeSeconds / 60);
  const days = Math.floor(minutes / DAY_MINUTES);
  const inDay = minutes - days * DAY_MINUTES;
  const time = `${two(Math.floor(inDay / 60))}:${two(inDay % 60)}`;
  const text = options.seconds === true ? `${time}:${two(wholeSeconds - Math.floor(wholeSeconds / 60) * 60)}` : time;
  return options.date === true ? `${dateText(clock, days)} ${text}` : text;
}

/** Writes moments of a play that ends at `endMs`: with the date when the play touches more than one day. */
export function clockOf(clock: IncidentClock, endMs: number): (atMs: number, seconds?: boolean) => string {
  const date = startMinutes(clock) + endMs / MINUTE_MS > DAY_MINUTES;
  return (atMs, seconds = false) => clockTime(clock, atMs, { date, seconds });
}

/**
 * The moments of a play that a text can mean: `HH:MM` or `HH:MM:SS`, on every day of the play or on the one whose date
 * (`YYYY-MM-DD`) stands before it. None when the text is no time, or the play has no such moment.
 */
export function momentsOf(clock: IncidentClock, text: string, endMs: number): readonly number[] {
  const match = /^(?:(\d{4}-\d{2}-\d{2})[ T])?(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text.trim());
  if (match === null) return [];
  const [, date, hours, minutes, seconds = '0'] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return [];
  const inDayMs = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS + Number(seconds) * 1000;
  const moments: number[] = [];
  for (let day = 0; day * DAY_MINUTES * MINUTE_MS <= endMs + DAY_MINUTES * MINUTE_MS; day++) {
    const atMs = inDayMs + (day * DAY_MINUTES - startMinutes(clock)) * MINUTE_MS;
    if (atMs >= 0 && atMs <= endMs && (date === undefined || dateText(clock, day) === date)) moments.push(atMs);
  }
  return moments;
}

function startMinutes(clock: IncidentClock): number {
  return Number(clock.startsAt.slice(11, 13)) * 60 + Number(clock.startsAt.slice(14, 16));
}

function dateText(clock: IncidentClock, days: number): string {
  const [year, month, day] = clock.startsAt.slice(0, 10).split('-').map(Number) as [number, number, number];
  return civilFromDays(daysFromCivil(year, month, day) + days);
}

/** Days since 1970-01-01 in the Gregorian calendar (Hinnant's algorithm). */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

function civilFromDays(days: number): string {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${year}-${two(month)}-${two(day)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
