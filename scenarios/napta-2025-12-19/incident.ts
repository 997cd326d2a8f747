/** Napta, December 19 2025: instances that never got their verification keys. */
import type { Incident } from '../../simulator/experiment/index.ts';
import { assumptions } from './assumptions.ts';
import { clock, PUBLISHED_DURATION_MS } from './clock.ts';
import { facts } from './facts.ts';
import { fairWeather } from './fair-weather.ts';
import { mutations } from './mutations.ts';
import { historical, idpCapacityPerSecond, scored } from './scenario.ts';
import { timeline } from './timeline.ts';

export const napta: Incident = {
  id: 'napta-2025-12-19',
  title: 'Napta, December 19 2025: instances that never got their verification keys',
  sentence:
    'Two instances start while the identity provider is unstable, never get its keys, and answer 401 to valid users for two hours.',
  clock,
  publishedDurationMs: PUBLISHED_DURATION_MS,
  assumptions,
  historical,
  scored,
  fairWeather,
  facts,
  timeline,
  mutations,
  ownMitigations: ['automatic-retry-fixed', 'automatic-retry-backoff', 'idp-monitoring-alert'],
  populations: ['users'],
  accessTokenLifetimeMs: (values) => values['tokenLifetimeMs']!,
  authLoad: { counter: 'idp.requests', capacityPerSecond: idpCapacityPerSecond },
};
