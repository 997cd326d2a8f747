/** Load balancers: the role and its options. */
export * from './options.ts';
export { router } from './router.ts';
