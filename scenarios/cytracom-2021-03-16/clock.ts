/** Cytracom's clock: Central Daylight Time; the scenario begins on Tuesday at 05:00, before anybody is at work. */
import type { IncidentClock } from '../../simulator/experiment/index.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
/** Tuesday 00:00, in ms of the scenario. */
export const MIDNIGHT_MS = -5 * HOUR_MS;
/** 10:04. */
export const T0_MS = 5 * HOUR_MS + 4 * MINUTE_MS;

export const clock: IncidentClock = { zone: 'CDT', utcOffsetMinutes: -300, startsAt: '2021-03-16T05:00', t0Ms: T0_MS };

/** Tuesday 10:04 to Wednesday 09:43. */
export const PUBLISHED_DURATION_MS = 23 * HOUR_MS + 39 * MINUTE_MS;
/** Wednesday 09:36: the first post, an upper bound on detection. */
export const FIRST_POST_MS = T0_MS + 23 * HOUR_MS + 32 * MINUTE_MS;
export const RECOVERY_MS = T0_MS + PUBLISHED_DURATION_MS;
export const HISTORY_END_MS = RECOVERY_MS + HOUR_MS;
export const HORIZON_MS = T0_MS + 1.5 * PUBLISHED_DURATION_MS;

/** Moment of a day of the scenario: 0 is Tuesday. */
export function at(day: number, hours: number, minutes = 0): number {
  return MIDNIGHT_MS + (day * 24 + hours) * HOUR_MS + minutes * MINUTE_MS;
}
