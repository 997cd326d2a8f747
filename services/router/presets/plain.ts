/** The balancer of the scenarios when nothing is known about the real one. */
import { defaultRouterOptions } from '../options.ts';
import type { RouterPreset } from './preset.ts';

export const plain: RouterPreset = {
  id: 'plain',
  sentence: 'Takes turns among instances that pass a health check, and tries another one when a connection fails.',
  source: 'Ours; the check is the default readiness probe of Kubernetes (every 10 s, 3 failures, 1 success).',
  options: defaultRouterOptions,
};
