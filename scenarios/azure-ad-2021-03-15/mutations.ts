/** Breaks of the mechanism, each with the facts that must then fail: what shows that a fact is not true by itself. */
import { withRole, type Scenario } from '../../simulator/contract/index.ts';
import type { Mutation } from '../../simulator/experiment/index.ts';
import { backend, type BackendOptions, type VerifierProfile } from '../../services/backend/index.ts';
import { bindFault, refuse } from '../../services/faults/index.ts';
import { idp } from '../../services/idp/index.ts';
import { operator } from '../../services/operator/index.ts';
import { MINUTE_MS, REVERT_MS, ROLLBACK_MS } from './clock.ts';

function withVerifiers(
  scenario: Scenario,
  change: (profile: VerifierProfile, pool: string) => VerifierProfile,
): Scenario {
  return withRole(scenario, backend, (options, { pool }): BackendOptions => {
    return options.verifier === undefined ? options : { ...options, verifier: change(options.verifier, pool) };
  });
}

export const mutations: readonly Mutation[] = [
  {
    id: 'mark-respected',
    sentence: 'The clean-up leaves keys alone that are marked “retain”.',
    breaks: ['A2', 'A3', 'A4', 'A6', 'A8', 'A9', 'A11'],
    apply: (scenario) =>
      withRole(scenario, idp, (options) => ({
        ...options,
        keys: options.keys.map(({ removedAtMs: _, ...plan }) => plan),
      })),
  },
  {
    id: 'known-keys-for-ever',
    sentence: 'Every application keeps the keys that it has and never fetches again.',
    breaks: ['A2', 'A3', 'A4'],
    apply: (scenario) =>
      withVerifiers(scenario, (profile) => ({ ...profile, ttlMs: Infinity, backgroundIntervalMs: Infinity })),
  },
  {
    id: 'no-caches',
    sentence: 'Every application fetches the metadata anew for each request.',
    breaks: ['A4', 'A8', 'A9'],
    apply: (scenario) =>
      withVerifiers(scenario, (profile) => ({
        ...profile,
        ttlMs: 1,
        backgroundIntervalMs: Infinity,
        unknownKid: 'refetch',
        unknownKidWaits: true,
      })),
  },
  {
    id: 'right-at-first',
    sentence: 'The first action puts the key back.',
    breaks: ['A6'],
    apply: (scenario) =>
      withRole(scenario, operator, (options) => {
        const [revert, rollback, ...rest] = options.response;
        return {
          ...options,
          response: [{ ...revert!, actions: [...revert!.actions, ...rollback!.actions] }, rollback!, ...rest],
        };
      }),
  },
  {
    id: 'no-invalidation',
    sentence: 'Nobody invalidates cached metadata.',
    breaks: ['A9'],
    apply: (scenario) =>
      withRole(scenario, operator, (options) => ({ ...options, response: options.response.slice(0, 2) })),
  },
  {
    id: 'everybody-asks',
    sentence: 'Every application fetches for a kid that it does not know.',
    breaks: ['A8', 'A9'],
    apply: (scenario) => withVerifiers(scenario, (profile) => ({ ...profile, unknownKid: 'refetch' })),
  },
  {
    id: 'sessions-end',
    sentence: 'Sessions last half an hour, and people must sign in anew.',
    breaks: ['A10'],
    apply: (scenario) =>
      withRole(scenario, backend, (options): BackendOptions => {
        if (options.session === undefined) return options;
        return { ...options, session: { ...options.session, lifetimeMs: 30 * MINUTE_MS } };
      }),
  },
  {
    id: 'provider-down',
    sentence: 'The provider itself issues no tokens from the revert to the rollback.',
    breaks: ['A11'],
    apply: (scenario) => ({
      ...scenario,
      faults: [
        ...scenario.faults,
        bindFault(refuse(), {
          id: 'no-tokens',
          target: 'idp',
          endpoints: ['/token'],
          fromMs: REVERT_MS,
          untilMs: ROLLBACK_MS,
        }),
      ],
    }),
  },
];
