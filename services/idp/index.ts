/** The identity provider: the role, its options, and how clients talk to it. */
export { idp } from './idp.ts';
export { defaultIdpOptions, type EndpointName, type IdpOptions, type ServiceTime } from './options.ts';
export type { PreissuedGrant } from './grant.ts';
export { spreadDraws, spreadMs } from './lifetimes.ts';
export { withRotation, type KeyDeed, type KeyPlan, type Rotation } from './key-timeline.ts';
export { KEYS_CHANGED, KEYS_PATH, type KeyRequest } from './key-timeline-desk.ts';
export * from './client.ts';
