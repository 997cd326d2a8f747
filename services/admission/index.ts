/** Admission: who is let in at the door. */
export { makeGate, RATE_LIMIT_PATH } from './gate.ts';
export type { RateLimitOptions } from './options.ts';
