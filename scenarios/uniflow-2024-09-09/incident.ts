/** uniFLOW Online, September 9 2024: session cookies bound to the platform they were made on. */
import type { Incident } from '../../simulator/experiment/index.ts';
import { assumptions } from './assumptions.ts';
import { clock, PUBLISHED_DURATION_MS } from './clock.ts';
import { facts } from './facts.ts';
import { fairWeather } from './fair-weather.ts';
import { mutations } from './mutations.ts';
import { POPULATIONS } from './people.ts';
import { historical, scored } from './scenario.ts';
import { timeline } from './timeline.ts';

export const uniflow: Incident = {
  id: 'uniflow-2024-09-09',
  title: 'uniFLOW Online, September 9 2024: session cookies bound to the platform they were made on',
  sentence:
    'A scaling event changes a platform value that session keys derive from, so instances of one stamp reject each other’s cookies and users land in login loops until every role is cycled.',
  clock,
  publishedDurationMs: PUBLISHED_DURATION_MS,
  assumptions,
  historical,
  scored,
  fairWeather,
  facts,
  timeline,
  mutations,
  ownMitigations: ['shared-cookie-key', 'early-revocation-alert', 'cycle-instances'],
  populations: POPULATIONS,
  authLoad: {
    counter: 'user.sign-ins',
    capacityPerSecond: (values) => values['signInCapacityPerSecond']! * values['scale']!,
  },
};
