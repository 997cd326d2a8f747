/** Napta's clock: Central European Time, the scenario begins half an hour before the first failures. */
import type { IncidentClock } from '../../simulator/experiment/index.ts';

export const MINUTE_MS = 60_000;
export const T0_MS = 30 * MINUTE_MS;

export const clock: IncidentClock = { zone: 'CET', utcOffsetMinutes: 60, startsAt: '2025-12-19T15:20', t0Ms: T0_MS };

/** 15:50 to 17:55. */
export const PUBLISHED_DURATION_MS = 125 * MINUTE_MS;
export const DETECTED_MS = T0_MS + 92 * MINUTE_MS;
export const RESTART_MS = T0_MS + 106 * MINUTE_MS;
export const HISTORY_END_MS = T0_MS + PUBLISHED_DURATION_MS + 60 * MINUTE_MS;
export const HORIZON_MS = T0_MS + 1.5 * PUBLISHED_DURATION_MS;
