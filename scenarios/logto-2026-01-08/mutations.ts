/** Breaks of the mechanism, each with the facts that must then fail: what shows that a fact is not true by itself. */
import {
  withRole,
  type Handler,
  type Process,
  type Request,
  type Response,
  type Scenario,
} from '../../simulator/contract/index.ts';
import type { Mutation } from '../../simulator/experiment/index.ts';
import { backend, INSTANCE_HEADER, type BackendOptions } from '../../services/backend/index.ts';
import { edgeCache, PURGE_PATH, type CacheRule } from '../../services/edge-cache/index.ts';
import { idp, type KeyPlan } from '../../services/idp/index.ts';
import { operator } from '../../services/operator/index.ts';
import { HOUR_MS, MINUTE_MS, T0_MS } from './clock.ts';
import { NEW_KEY, OLD_KEY } from './scenario.ts';

function withKeys(scenario: Scenario, change: (plan: KeyPlan) => KeyPlan): Scenario {
  return withRole(scenario, idp, (options) => ({ ...options, keys: options.keys.map(change) }));
}

function withRules(scenario: Scenario, change: (rules: readonly CacheRule[]) => readonly CacheRule[]): Scenario {
  return withRole(scenario, edgeCache, (options) => ({ ...options, rules: change(options.rules) }));
}

export const mutations: readonly Mutation[] = [
  {
    id: 'caching-off',
    sentence: 'The setting is off on both domains.',
    breaks: ['L3', 'L4'],
    apply: (scenario) => withRules(scenario, () => []),
  },
  {
    id: 'with-overlap',
    sentence: 'The new key is published a day before it signs, the old one stays for a day.',
    breaks: ['L1', 'L3', 'L4', 'L8', 'L10', 'L11'],
    apply: (scenario) =>
      withKeys(scenario, (plan) =>
        plan.kid === OLD_KEY
          ? { ...plan, removedAtMs: T0_MS + 24 * HOUR_MS }
          : { ...plan, publishedAtMs: T0_MS - 24 * HOUR_MS },
      ),
  },
  {
    id: 'rotated-later',
    sentence: 'The key is rotated ten minutes later.',
    breaks: ['L1'],
    apply: (scenario) => {
      const atMs = T0_MS + 10 * MINUTE_MS;
      return withKeys(scenario, (plan) =>
        plan.kid === NEW_KEY
          ? { ...plan, publishedAtMs: atMs, signsFromMs: atMs }
          : { ...plan, retiredAtMs: atMs, removedAtMs: atMs },
      );
    },
  },
  {
    id: 'nothing-cleared',
    sentence: 'Nobody clears the cache of the edge.',
    breaks: ['L8', 'L9'],
    apply: (scenario) =>
      withRole(scenario, operator, (options) => ({
        ...options,
        response: options.response.map((step) => ({
          ...step,
          actions: step.actions.filter((action) => action.kind !== 'request' || action.path !== PURGE_PATH),
        })),
      })),
  },
  {
    id: 'everybody-asks',
    sentence: 'Every verifier fetches for a kid that it does not know.',
    breaks: ['L8'],
    apply: (scenario) => withVerifiers(scenario, { unknownKid: 'refetch', cooldownAfterSuccessMs: 1_000 }),
  },
  {
    id: 'patient-verifiers',
    sentence: 'Verifiers that wait keep their keys 25 minutes.',
    breaks: ['L9'],
    apply: (scenario) => withVerifiers(scenario, { ttlMs: 25 * MINUTE_MS }),
  },
  {
    id: 'browsers-keep-nothing',
    sentence: 'Browsers are told not to keep the key set.',
    breaks: ['L11'],
    apply: (scenario) => withRules(scenario, (rules) => rules.map((rule) => ({ ...rule, readerMaxAgeMs: 0 }))),
  },
  {
    id: 'takes-any-token',
    sentence: 'During the incident somebody switches verification off, so that users can work.',
    breaks: ['L3', 'L12'],
    apply: (scenario) => ({
      ...scenario,
      cast: scenario.cast.map((host) => {
        if ((host.role as unknown) !== backend) return host;
        return { ...host, wraps: [(inner, world) => openDoor(inner, () => world.clock.nowMs(), world.host.name)] };
      }),
    }),
  },
];

/** Of the verifiers that fetch for no kid. */
function withVerifiers(scenario: Scenario, knobs: Partial<NonNullable<BackendOptions['verifier']>>): Scenario {
  return withRole(scenario, backend, (options): BackendOptions => {
    if (options.verifier?.unknownKid !== 'never') return options;
    return { ...options, verifier: { ...options.verifier, ...knobs } };
  });
}

function openDoor(inner: Handler, nowMs: () => number, instance: string): Handler {
  return (request) => (nowMs() >= T0_MS + 5 * MINUTE_MS ? welcome(request, instance) : inner(request));
}

function* welcome(_: Request, instance: string): Process<Response> {
  return { status: 200, headers: { [INSTANCE_HEADER]: instance } };
}
