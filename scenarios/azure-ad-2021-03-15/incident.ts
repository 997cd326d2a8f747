/** Azure AD, March 15 2021: a key that signs tokens was removed from the metadata. */
import type { Incident } from '../../simulator/experiment/index.ts';
import { applications } from './applications.ts';
import { assumptions } from './assumptions.ts';
import { clock, PUBLISHED_DURATION_MS } from './clock.ts';
import { facts } from './facts.ts';
import { fairWeather } from './fair-weather.ts';
import { mutations } from './mutations.ts';
import { SESSIONS } from './people.ts';
import { historical, idpCapacityPerSecond, scored } from './scenario.ts';
import { timeline } from './timeline.ts';

export const azureAd: Incident = {
  id: 'azure-ad-2021-03-15',
  title: 'Azure AD, March 15 2021: a live signing key removed from the metadata',
  sentence:
    'A key that signs tokens is cleaned away; applications stop trusting valid tokens one by one as their caches expire, and recover as unevenly.',
  clock,
  publishedDurationMs: PUBLISHED_DURATION_MS,
  assumptions,
  historical,
  scored,
  fairWeather,
  facts,
  timeline,
  mutations,
  populations: [...applications.map(({ name }) => name), SESSIONS],
  accessTokenLifetimeMs: (values) => values['tokenLifetimeMs']!,
  authLoad: { counter: 'idp.requests', capacityPerSecond: idpCapacityPerSecond },
};
