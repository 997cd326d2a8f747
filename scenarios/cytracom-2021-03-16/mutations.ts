/** Breaks of the mechanism, each with the facts that must then fail: what shows that a fact is not true by itself. */
import { withRole, type Scenario } from '../../simulator/contract/index.ts';
import type { Mutation } from '../../simulator/experiment/index.ts';
import { desktopFleet } from '../../services/clients/desktop-fleet.ts';
import { steadyUsers } from '../../services/clients/steady-users.ts';
import { idp } from '../../services/idp/index.ts';
import { operator } from '../../services/operator/index.ts';
import { at } from './clock.ts';

const allFixed = (scenario: Scenario): Scenario =>
  withRole(scenario, desktopFleet, (options) => ({
    ...options,
    clients: options.clients.map((client) => ({ ...client, version: 'fixed' as const })),
  }));

const DEAD_BY_MS = at(0, 8);

function steadyStorm(scenario: Scenario): Scenario {
  const clients = withRole(scenario, desktopFleet, (options) => ({
    ...options,
    clients: options.clients.map((client) => ({ ...client, expiresAtMs: DEAD_BY_MS })),
    officeHours: { ...options.officeHours, alwaysOnRatio: 1 },
  }));
  return withRole(clients, idp, (options) => ({
    ...options,
    preissued: options.preissued.map((grant) => ({ ...grant, expiresAtMs: Math.min(grant.expiresAtMs, DEAD_BY_MS) })),
  }));
}

export const mutations: readonly Mutation[] = [
  { id: 'all-fixed', sentence: 'Every client has the fixed version.', breaks: ['C0', 'C1', 'C2', 'C3', 'C4', 'C7', 'C8', 'C9'], apply: allFixed },
  {
    id: 'overflow-refused',
    sentence: 'The full accept queue refuses connections instead of dropping them.',
    breaks: ['C1'],
    apply: (scenario) =>
      withRole(scenario, idp, (options) => ({ ...options, capacity: { ...options.capacity, overflow: 'refuse' as const } })),
  },
  {
    id: 'no-rate-limit',
    sentence: 'The service is restarted, and no rate limit is set.',
    breaks: ['C9'],
    apply: (scenario) =>
      withRole(scenario, operator, (options) => ({
        ...options,
        response: options.response.map((step) => ({ ...step, actions: step.actions.filter(({ kind }) => kind === 'restart') })),
      })),
  },
  {
    id: 'steady-storm',
    sentence: 'Every token is dead on Tuesday by 08:00 and no machine sleeps: the storm is the same by day and by night.',
    breaks: ['C0', 'C3'],
    apply: steadyStorm,
  },
  {
    id: 'everything-asks-auth',
    sentence: 'Calls and messages are authorised at the auth service, like settings in the portal.',
    breaks: ['C5', 'C6'],
    apply: (scenario) =>
      withRole(scenario, steadyUsers, (options) => ({
        ...options,
        target: 'portal',
        path: '/portal/settings',
        withSession: true,
      })),
  },
  {
    id: 'fixed-loops-too',
    sentence: 'The fixed version retries like the old one.',
    breaks: ['C7', 'C10'],
    apply: (scenario) =>
      withRole(scenario, desktopFleet, (options) => ({ ...options, fixedLoops: true })),
  },
];
