/** Load balancers: the role and its options. */
export * from './options.ts';
export { DRAIN_PATH, router } from './router.ts';
export { ROUTER_PRESETS, routerPreset, type RouterPreset } from './presets/index.ts';
