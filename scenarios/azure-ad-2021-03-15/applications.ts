/**
 * The applications that trust the provider's metadata: alike in everything but how their verifier gets its keys. Each stands
 * for many of its kind, with a balancer and users of its own.
 */
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
import { defaultRouterOptions, router } from '../../services/router/index.ts';
import { HOUR_MS, MINUTE_MS, OPENING_MS, T0_MS } from './clock.ts';

/** A small service; the key fetches at boot follow. */
const BOOT_MS = 5_000;

export const ISSUER = 'https://idp';
export const AUDIENCE = 'apps';

/** The application whose cached metadata had to be invalidated by an update (A9). */
export const INVALIDATED = 'waits-24h';

/** `asks`: an unknown kid makes it fetch. `waits`: only the clock does. `keeps`: it never fetches again by itself. */
export type Habit = 'asks' | 'waits' | 'keeps';

export interface Application {
  /** Of its pool and its users. */
  readonly name: string;
  readonly sentence: string;
  readonly habit: Habit;
  /** How long what it fetched counts, or from one fetch by the clock to the next. */
  readonly lifetimeMs: (values: AssumptionValues) => number;
  readonly verifier: (values: AssumptionValues) => VerifierProfile;
}

export const applications: readonly Application[] = [
  {
    name: 'asks-5m',
    sentence: 'keeps keys 5 minutes, fetches for every unknown kid (the defaults of Spring Security on Nimbus)',
    habit: 'asks',
    lifetimeMs: () => 5 * MINUTE_MS,
    verifier: () => verifierProfile({ ttlMs: 5 * MINUTE_MS, cooldownAfterSuccessMs: 0, fetchTimeoutMs: 30_000 }),
  },
  {
    name: 'asks-10m',
    sentence: 'keeps keys 10 minutes, fetches for an unknown kid at most every 30 s (the defaults of jose)',
    habit: 'asks',
    lifetimeMs: () => 10 * MINUTE_MS,
    verifier: () => verifierPreset('jose').profile,
  },
  {
    name: 'waits-20m',
    sentence: 'fetches every 20 minutes and for no token (istiod)',
    habit: 'waits',
    lifetimeMs: () => 20 * MINUTE_MS,
    verifier: () => byTheClock(20 * MINUTE_MS),
  },
  {
    name: 'waits-60m',
    sentence: 'fetches every hour and for no token (a background refresh without a look at the kid)',
    habit: 'waits',
    lifetimeMs: () => HOUR_MS,
    verifier: () => byTheClock(HOUR_MS),
  },
  {
    name: 'asks-24h',
    sentence:
      'fetches once a day; an unknown kid starts a fetch in the background, one in 5 minutes (Microsoft.IdentityModel)',
    habit: 'asks',
    lifetimeMs: (values) => values['longLifetimeMs']!,
    verifier: (values) =>
      verifierProfile({
        ...byTheClock(values['longLifetimeMs']!),
        unknownKid: { limit: 1, perMs: 5 * MINUTE_MS },
        unknownKidWaits: false,
      }),
  },
  {
    name: INVALIDATED,
    sentence: 'fetches once a day and for no token: the resources whose cached metadata had to be invalidated by hand',
    habit: 'waits',
    lifetimeMs: (values) => values['longLifetimeMs']!,
    verifier: (values) => byTheClock(values['longLifetimeMs']!),
  },
  {
    name: 'keeps',
    sentence: 'keeps keys for ever and fetches only for an unknown kid (aws-jwt-verify, go-oidc)',
    habit: 'keeps',
    lifetimeMs: () => Infinity,
    verifier: () => verifierProfile({ ttlMs: Infinity, cooldownAfterSuccessMs: 0, unknownKid: { penaltyMs: 10_000 } }),
  },
];

/** Keys at boot, then by the clock alone; what is held is used until then. */
function byTheClock(everyMs: number): VerifierProfile {
  return verifierProfile({
    ttlMs: Infinity,
    backgroundIntervalMs: everyMs,
    unknownKid: 'never',
    cooldownAfterSuccessMs: 0,
    startup: { mode: 'eager-swallow' },
  });
}

/** Balancer and instances of one application. */
export function hostsOfApplication(application: Application, values: AssumptionValues): readonly HostSpec[] {
  const { name } = application;
  const options: BackendOptions = {
    ...defaultBackendOptions,
    idp: { host: 'idp', issuer: ISSUER, audience: AUDIENCE },
    verifier: application.verifier(values),
    bootMs: BOOT_MS,
  };
  const instances = Array.from({ length: values['instances']! }, (_, index) =>
    cast({
      name: instanceName(name, index),
      pool: name,
      role: backend,
      options,
      startAtMs: startsAtMs(application, index, values),
    }),
  );
  // Readiness says nothing about keys: probes would find every instance well at every moment.
  const { health: _, ...routerOptions } = defaultRouterOptions;
  return [
    ...instances,
    cast({ name: edgeOf(name), pool: 'edges', role: router, options: { ...routerOptions, pool: name } }),
  ];
}

export function edgeOf(application: string): string {
  return `edge-${application}`;
}

export function instanceName(application: string, index: number): string {
  return `${application}-${index + 1}`;
}

/**
 * Instances were started at different times, so that their fetches by the clock are spread evenly over the lifetime: those of
 * n instances fall (i + ½)/n of it after T0. All are up when users come.
 */
function startsAtMs({ lifetimeMs }: Application, index: number, values: AssumptionValues): number {
  const lifetime = Math.min(lifetimeMs(values), values['longLifetimeMs']!);
  const phaseMs = ((index + 0.5) / values['instances']!) * lifetime;
  const wholeLifetimes = Math.ceil((T0_MS - OPENING_MS + phaseMs) / lifetime);
  const startMs = T0_MS + phaseMs - wholeLifetimes * lifetime;
  return startMs >= 0 ? startMs : OPENING_MS;
}
