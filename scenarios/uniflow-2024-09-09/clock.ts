/** uniFLOW Online's clock: UTC; the scenario begins forty minutes before the scaling event and knows three days. */
import type { IncidentClock } from '../../simulator/experiment/index.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** September 9, 00:00, in ms of the scenario. */
const MIDNIGHT_MS = -(4 * HOUR_MS + 42 * MINUTE_MS);

/** Moment of a day: 0 is September 9. */
export function at(day: number, hours: number, minutes = 0): number {
  return MIDNIGHT_MS + day * DAY_MS + hours * HOUR_MS + minutes * MINUTE_MS;
}

/** 05:22. */
export const T0_MS = at(0, 5, 22);

export const clock: IncidentClock = { zone: 'UTC', utcOffsetMinutes: 0, startsAt: '2024-09-09T04:42', t0Ms: T0_MS };

/** 05:22 to 10:50. */
export const PUBLISHED_DURATION_MS = 5 * HOUR_MS + 28 * MINUTE_MS;
/** 06:43: the first post, an upper bound on detection. */
export const FIRST_POST_MS = at(0, 6, 43);
/** 07:13: "current actions are producing a positive result". */
export const CYCLE_FROM_MS = at(0, 7, 13);
/** 08:20: "Operations have refreshed these roles". */
export const CYCLE_UNTIL_MS = at(0, 8, 20);
export const CLOSED_MS = T0_MS + PUBLISHED_DURATION_MS;
export const HISTORY_END_MS = CLOSED_MS + HOUR_MS;
export const HORIZON_MS = T0_MS + 1.5 * PUBLISHED_DURATION_MS;

/** September 25 and 27, in days after September 9. */
export const RECURRENCE_DAYS = [16, 18] as const;
