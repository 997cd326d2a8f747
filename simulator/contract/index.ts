/** The contract between the physics and the bodies: everything a service, a scenario or a runtime agrees on. */
export * from './errors.ts';
export * from './http.ts';
export * from './journal.ts';
export * from './mitigation.ts';
export * from './process.ts';
export * from './scenario.ts';
export * from './seals.ts';
export * from './world.ts';
export * from './portable/index.ts';
