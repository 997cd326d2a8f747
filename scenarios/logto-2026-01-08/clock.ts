/** Logto's clock: Pacific Standard Time, as in the report. The scenario begins an hour before. */
import type { IncidentClock } from '../../simulator/experiment/index.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
/** 16:00 on January 8: the signing key is rotated. */
export const T0_MS = 60 * MINUTE_MS;

export const clock: IncidentClock = { zone: 'PST', utcOffsetMinutes: -480, startsAt: '2026-01-08T15:00', t0Ms: T0_MS };

/** 16:00 to 17:00. */
export const PUBLISHED_DURATION_MS = 60 * MINUTE_MS;
export const RECOVERED_MS = T0_MS + PUBLISHED_DURATION_MS;
export const CAUSE_FOUND_MS = T0_MS + 35 * MINUTE_MS;
export const CLEARED_MS = T0_MS + 41 * MINUTE_MS;
export const REVERTED_MS = T0_MS + 49 * MINUTE_MS;
export const HISTORY_END_MS = RECOVERED_MS + 60 * MINUTE_MS;
export const HORIZON_MS = T0_MS + 1.5 * PUBLISHED_DURATION_MS;
/** When users begin to come. */
export const OPENING_MS = T0_MS - 59 * MINUTE_MS;
