/** Breaks of the mechanism, each with the facts that must then fail: what shows that a fact is not true by itself. */
import { withRole, type Scenario } from '../../simulator/contract/index.ts';
import type { Mutation } from '../../simulator/experiment/index.ts';
import { backend, verifierPreset } from '../../services/backend/index.ts';
import { spa } from '../../services/clients/spa.ts';
import { orchestrator } from '../../services/operator/index.ts';
import { router } from '../../services/router/index.ts';

const lazyKeys = (scenario: Scenario): Scenario =>
  withRole(scenario, backend, (options) => ({ ...options, verifier: verifierPreset('jose').profile }));

export const mutations: readonly Mutation[] = [
  {
    id: 'lazy-keys',
    sentence: 'Instances fetch keys on demand instead of once at boot.',
    breaks: ['N1', 'N3', 'N4', 'N5', 'N7', 'N10'],
    apply: lazyKeys,
  },
  {
    id: 'sticky-connections',
    sentence: 'The balancer keeps each user on one instance instead of taking turns.',
    breaks: ['N5'],
    apply: (scenario) => withRole(scenario, router, (options) => ({ ...options, stickiness: 'connection' as const })),
  },
  {
    id: 'all-instances-inside',
    sentence: 'The platform restarts every instance inside the outage.',
    breaks: ['N3'],
    apply: (scenario) =>
      withRole(scenario, orchestrator, (options) => ({
        ...options,
        events: options.events.map((event) => ({
          ...event,
          actions: [...event.actions, { kind: 'restart' as const, pool: 'api', everyMs: 1_000, graceMs: 0 }],
        })),
      })),
  },
  {
    id: 'retry-on-401',
    sentence: 'The balancer tries another instance upon a 401.',
    breaks: ['N4', 'N6'],
    apply: (scenario) =>
      withRole(scenario, router, (options) => ({
        ...options,
        retry: { attemptCount: 3, retries: ['no-answer', '401'] as const },
      })),
  },
  {
    id: 'no-users-afternoon',
    sentence: 'Everybody leaves before the restart.',
    breaks: ['N10'],
    apply: (scenario) =>
      withRole(scenario, spa, (options) => ({ ...options, leaveMeanMs: 5_400_000, leaveSdMs: 60_000 })),
  },
];
