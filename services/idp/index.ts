/** The identity provider: the role, its options, and how clients talk to it. */
export { idp } from './idp.ts';
export { defaultIdpOptions, type EndpointName, type IdpOptions, type ServiceTime } from './options.ts';
export type { PreissuedGrant } from './grant.ts';
export { withRotation, type KeyPlan, type Rotation } from './key-timeline.ts';
export * from './client.ts';
