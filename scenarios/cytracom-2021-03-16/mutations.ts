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

export const mutations: readonly Mutation[] = [
  {
    id: 'all-fixed',
    sentence: 'Every client has the fixed version.',
    breaks: ['C0', 'C1', 'C2', 'C3', 'C4', 'C7', 'C8', 'C9'],
    apply: allFixed,
  },
  {
    id: 'overflow-refused',
    sentence: 'The full accept queue refuses connections instead of dropping them.',
    breaks: ['C1'],
    apply: (scenario) =>
      withRole(scenario, idp, (options) => ({
        ...options,
        capacity: { ...options.capacity, overflow: 'refuse' as const },
      })),
  },
  {
    id: 'no-rate-limit',
    sentence: 'The service is restarted, and no rate limit is set.',
    breaks: ['C9'],
    apply: (scenario) =>
      withRole(scenario, operator, (options) => ({
        ...options,
        response: options.response.map((step) => ({
          ...step,
          actions: step.actions.filter(({ kind }) => kind === 'restart'),
        })),
      })),
  },
  {
    id: 'recovered-on-tuesday',
    sentence: 'The service is recovered and limited on Tuesday at 18:00, before the second morning.',
    breaks: ['C3', 'C9'],
    apply: (scenario) =>
      withRole(scenario, operator, (options) => ({
        ...options,
        response: options.response.map((step) => ({ ...step, atMs: at(0, 18) })),
      })),
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
    apply: (scenario) => withRole(scenario, desktopFleet, (options) => ({ ...options, fixedLoops: true })),
  },
];
