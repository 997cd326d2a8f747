/** Logto, January 8 2026: a stale key set at the edge while the signing key was rotated. */
import type { Incident } from '../../simulator/experiment/index.ts';
import { assumptions } from './assumptions.ts';
import { clock, PUBLISHED_DURATION_MS } from './clock.ts';
import { facts } from './facts.ts';
import { fairWeather } from './fair-weather.ts';
import { mutations } from './mutations.ts';
import { CONSOLE, historical, idpCapacityPerSecond, scored } from './scenario.ts';
import { tenants } from './tenants.ts';
import { timeline } from './timeline.ts';

export const logto: Incident = {
  id: 'logto-2026-01-08',
  title: 'Logto, January 8 2026: a stale key set at the edge while the signing key was rotated',
  sentence:
    'A cache left on by mistake serves the old key set after a rotation: verifiers fetch again, get the old document again, and refuse every new token.',
  clock,
  publishedDurationMs: PUBLISHED_DURATION_MS,
  assumptions,
  historical,
  scored,
  fairWeather,
  facts,
  timeline,
  mutations,
  populations: [...tenants.map(({ name }) => name), CONSOLE],
  accessTokenLifetimeMs: (values) => values['tokenLifetimeMs']!,
  authLoad: { counter: 'idp.requests', capacityPerSecond: idpCapacityPerSecond },
};
