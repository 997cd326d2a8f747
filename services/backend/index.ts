/** Backend instances: the role, its options, its verifier. */
export { backend, EARLY_REVOCATIONS, INSTANCE_HEADER, METRICS_PATH, REPEATED_SIGN_INS } from './backend.ts';
export { BEARER_REQUESTS, UNAUTHORIZED, VALID_REFUSED } from './bearer-door.ts';
export { KEYLESS_STARTS } from './condition.ts';
export { keyDepot, type KeyDepotOptions } from './key-depot.ts';
export { defaultBackendOptions, type BackendOptions } from './options.ts';
export type * from './session-options.ts';
export * from './session-presets/index.ts';
export { SESSION_COOKIE, type Session } from './session.ts';
export * from './verifier/index.ts';
