/** Azure AD's clock: UTC, as in the report. The scenario begins a day before, when the longest-lived key caches were filled. */
import type { IncidentClock } from '../../simulator/experiment/index.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
/** 19:00 on Monday, March 15: the public metadata is changed. */
export const T0_MS = 25 * HOUR_MS;

export const clock: IncidentClock = { zone: 'UTC', utcOffsetMinutes: 0, startsAt: '2021-03-14T18:00', t0Ms: T0_MS };

/** 19:00 to 09:25 on the 16th. */
export const PUBLISHED_DURATION_MS = 865 * MINUTE_MS;
/** 19:35: the deployment of the last infrastructure change is reverted. */
export const REVERT_MS = T0_MS + 35 * MINUTE_MS;
/** 21:05: the key metadata is rolled back. */
export const ROLLBACK_MS = T0_MS + 125 * MINUTE_MS;
export const HISTORY_END_MS = T0_MS + PUBLISHED_DURATION_MS + 60 * MINUTE_MS;
export const HORIZON_MS = T0_MS + 1.5 * PUBLISHED_DURATION_MS;
/** Users come from here on; before, only key caches are filled. */
export const OPENING_MS = T0_MS - 2 * HOUR_MS;
