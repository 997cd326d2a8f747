/** Backend instances: the role, its options, its verifier. */
export { backend, INSTANCE_HEADER } from './backend.ts';
export { defaultBackendOptions, type BackendOptions, type SessionOptions } from './options.ts';
export { SESSION_COOKIE, type Session } from './session.ts';
export * from './verifier/index.ts';
