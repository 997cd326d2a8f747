/** Backend instances: the role, its options, its verifier. */
export { backend, EARLY_REVOCATIONS, INSTANCE_HEADER, METRICS_PATH } from './backend.ts';
export { defaultBackendOptions, type BackendOptions, type ReleasedKey, type SessionOptions } from './options.ts';
export { SESSION_COOKIE, type Session } from './session.ts';
export * from './verifier/index.ts';
