/** Whose services judge the tokens: two groups of tenants behind the domain that is cached by mistake, one behind the other. */
import { cast, type HostSpec } from '../../simulator/contract/index.ts';
import type { AssumptionValues } from '../../simulator/experiment/index.ts';
import {
  backend,
  defaultBackendOptions,
  verifierPreset,
  verifierProfile,
  type BackendOptions,
  type VerifierProfile,
} from '../../services/backend/index.ts';
import { spa } from '../../services/clients/spa.ts';
import { defaultRouterOptions, router } from '../../services/router/index.ts';
import { OPENING_MS } from './clock.ts';

export const ISSUER = 'https://idp';
export const AUDIENCE = 'tenants';
/** The edge before `*.logto.io`, on which caching was left on, and the one before `*.logto.app`, on which it was off. */
export const CACHED_DOMAIN = 'edge-io';
export const OTHER_DOMAIN = 'edge-app';

export interface Tenants {
  /** Of the pool and of the users. */
  readonly name: string;
  /** Host from which they fetch keys. */
  readonly domain: string;
  readonly instanceCount: (values: AssumptionValues) => number;
  readonly verifier: (values: AssumptionValues) => VerifierProfile;
}

export const tenants: readonly Tenants[] = [
  {
    name: 'io-asking',
    domain: CACHED_DOMAIN,
    instanceCount: (values) => values['askingInstances']!,
    verifier: () => verifierPreset('jose').profile,
  },
  {
    name: 'io-waiting',
    domain: CACHED_DOMAIN,
    instanceCount: (values) => values['waitingInstances']!,
    verifier: (values) => verifierProfile({ ttlMs: values['waitingTtlMs']!, unknownKid: 'never' }),
  },
  {
    name: 'app-asking',
    domain: OTHER_DOMAIN,
    instanceCount: (values) => values['askingInstances']!,
    verifier: () => verifierPreset('jose').profile,
  },
];

/** Balancer and instances of a group. */
export function hostsOfTenants(
  { name, domain, instanceCount, verifier }: Tenants,
  values: AssumptionValues,
): readonly HostSpec[] {
  const options: BackendOptions = {
    ...defaultBackendOptions,
    idp: { host: domain, issuer: ISSUER, audience: AUDIENCE },
    verifier: verifier(values),
    bootMs: 1_000,
  };
  const instances = Array.from({ length: instanceCount(values) }, (_, index) =>
    cast({
      name: instanceName(name, index),
      pool: name,
      role: backend,
      options,
      startAtMs: startsAtMs(index, values),
    }),
  );
  return [
    ...instances,
    cast({ name: routerOf(name), pool: 'routers', role: router, options: { ...defaultRouterOptions, pool: name } }),
  ];
}

/**
 * One after the other, so that the ages of their key sets are spread over the lifetime of the patient ones. The first is up
 * before anybody comes.
 */
function startsAtMs(index: number, values: AssumptionValues): number {
  const turn = (index % values['waitingInstances']!) / values['waitingInstances']!;
  return turn === 0 ? 0 : OPENING_MS + turn * Math.min(values['waitingTtlMs']!, 10 * OPENING_MS);
}

export function routerOf(name: string): string {
  return `router-${name}`;
}

export function instanceName(name: string, index: number): string {
  return `${name}-${index + 1}`;
}

/** As many users come as go. */
export function users(name: string, values: AssumptionValues, endMs: number): HostSpec {
  const visitMeanMs = values['visitMeanMs']!;
  const options = {
    population: name,
    userCount: Math.round((values['concurrentUsers']! * (endMs - OPENING_MS)) / visitMeanMs),
    edge: routerOf(name),
    idp: 'idp',
    operator: 'operator',
    clientId: name,
    arriveFromMs: OPENING_MS,
    arriveUntilMs: endMs,
    leaveMeanMs: endMs,
    leaveSdMs: 0,
    visitMeanMs,
    actionMeanMs: values['actionMeanMs']!,
    patienceMs: 15_000,
    signInEffortMs: values['signInEffortMs']!,
    giveUpAfterAttempts: values['giveUpAfterAttempts']!,
    reports: {
      afterTroubles: 3,
      probability: values['reportProbability']!,
      delayMedianMs: values['reportDelayMedianMs']!,
      delaySigma: 0.8,
    },
  };
  return cast({ name: `users-${name}`, pool: 'users', role: spa, options, zone: 'wan' });
}
