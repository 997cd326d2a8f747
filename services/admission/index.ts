/** Admission: who is let in at the door, in which order, and how many at a time. */
export { DEADLINE_HEADER, makeAdmission, type Admission, type AdmissionOptions } from './admission.ts';
export { Deed } from './deed.ts';
export { makeGate, RATE_LIMIT_PATH } from './gate.ts';
export { EXCESS_REQUESTS, TALKERS_PATH, type GuardOptions, type ReadExpiry } from './guards/index.ts';
export type { LimitRule } from './limits/index.ts';
export type { Bulkheads, DelayControl, LineLimit, LineOptions, Turns } from './line-options.ts';
export type { RateLimitOptions } from './options.ts';
export * from './presets/index.ts';
