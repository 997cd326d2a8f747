/** Cytracom, March 16 2021: a client retry storm on expired tokens. */
import type { Incident } from '../../simulator/experiment/index.ts';
import { assumptions } from './assumptions.ts';
import { clock, PUBLISHED_DURATION_MS } from './clock.ts';
import { facts } from './facts.ts';
import { fairWeather } from './fair-weather.ts';
import { mutations } from './mutations.ts';
import { historical, scored } from './scenario.ts';
import { capacityPerSecond } from './system.ts';
import { timeline } from './timeline.ts';

export const cytracom: Incident = {
  id: 'cytracom-2021-03-16',
  title: 'Cytracom, March 16 2021: a client retry storm on expired tokens',
  sentence:
    'Old desktop clients answer an expired token by presenting it again and again, until the auth service drowns and sign-ins hang for a day.',
  clock,
  publishedDurationMs: PUBLISHED_DURATION_MS,
  assumptions,
  historical,
  scored,
  fairWeather,
  facts,
  timeline,
  mutations,
  ownMitigations: ['per-client-rate-limit', 'fixed-client', 'auth-service-alert'],
  populations: ['people', 'portal', 'sessions', 'callers'],
  authLoad: { counter: 'idp.requests', capacityPerSecond },
};
