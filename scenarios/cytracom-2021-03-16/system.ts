/** Cytracom's system: one auth service with little capacity, the portal, messaging for those with a session, and voice. */
import { cast, type HostSpec } from '../../simulator/contract/index.ts';
import type { AssumptionValues } from '../../simulator/experiment/index.ts';
import { backend, defaultBackendOptions, type BackendOptions } from '../../services/backend/index.ts';
import type { FleetClient } from '../../services/clients/desktop-fleet.ts';
import {
  defaultIdpOptions,
  idp,
  type EndpointName,
  type IdpOptions,
  type ServiceTime,
} from '../../services/idp/index.ts';
import { at, HOUR_MS } from './clock.ts';

const DAY_MS = 24 * HOUR_MS;

export function system(values: AssumptionValues): readonly HostSpec[] {
  return [
    cast({ name: 'auth', pool: 'auth', role: idp, options: authOptions(values) }),
    cast({ name: 'portal', pool: 'portal', role: backend, options: serviceOptions(values) }),
    cast({ name: 'messaging', pool: 'messaging', role: backend, options: serviceOptions(values) }),
    cast({ name: 'voice', pool: 'voice', role: backend, options: serviceOptions(values) }),
  ];
}

function authOptions(values: AssumptionValues): IdpOptions {
  const workers = workersOf(values);
  const dear: ServiceTime = { meanMs: values['serviceMs']!, shape: 'exponential' };
  const cheap: ServiceTime = { meanMs: 1, shape: 'fixed' };
  const dearEndpoints: readonly EndpointName[] = ['authorize', 'sign-in', 'token', 'introspect'];
  const serviceTimes = Object.fromEntries(
    Object.keys(defaultIdpOptions.serviceTimes).map((name) => [
      name,
      dearEndpoints.includes(name as EndpointName) ? dear : cheap,
    ]),
  ) as Record<EndpointName, ServiceTime>;
  return {
    ...defaultIdpOptions,
    issuer: 'https://auth',
    capacity: { concurrency: workers, queueLimit: workers * values['acceptQueuePerWorker']!, overflow: 'drop' },
    serviceTimes,
    preissued: [...clientsOf(values).map(preissued), portalGrant],
  };
}

export function workersOf(values: AssumptionValues): number {
  return Math.max(1, Math.round(values['workersPerScale']! * values['scale']!));
}

/** Requests a second that the auth service can do. */
export function capacityPerSecond(values: AssumptionValues): number {
  return (workersOf(values) * 1000) / values['serviceMs']!;
}

function serviceOptions(values: AssumptionValues): BackendOptions {
  return {
    ...defaultBackendOptions,
    idp: { host: 'auth', issuer: 'https://auth', audience: 'portal' },
    bootMs: 1_000,
    session: { secrets: ['session secret'], destructiveRejection: false, resignOnRead: false, lifetimeMs: 30 * DAY_MS },
    dependencyTimeoutMs: values['portalTimeoutMs']!,
  };
}

/** The grant of whoever uses the portal during the scenario. */
const portalGrant = {
  refreshToken: 'refresh/portal',
  username: 'portal',
  clientId: 'portal',
  scope: 'openid',
  expiresAtMs: 30 * DAY_MS,
};

/**
 * Old and fixed clients with tokens that expire alike: half on Tuesday, half on Wednesday morning. Evenly spread rather
 * than drawn, so that every seed has the same storm to weather; when exactly a client acts is drawn by the client.
 */
export function clientsOf(values: AssumptionValues): readonly FleetClient[] {
  return [...versionClients(values, 'old', 0), ...versionClients(values, 'fixed', count(values, 'oldClients'))];
}

function versionClients(values: AssumptionValues, version: 'old' | 'fixed', offset: number): readonly FleetClient[] {
  const size = count(values, version === 'old' ? 'oldClients' : 'fixedClients');
  return Array.from({ length: size }, (_, index) => ({
    index: offset + index,
    refreshToken: `refresh/desktop-${offset + index}`,
    expiresAtMs: expiryOf(values, index, size),
    version,
  }));
}

function expiryOf(values: AssumptionValues, index: number, size: number): number {
  const onTuesday = index % 2 === 0;
  const day = onTuesday ? 'tuesday' : 'wednesday';
  const from = values[`${day}ExpiryFromHour`]!;
  const until = values[`${day}ExpiryUntilHour`]!;
  return at(onTuesday ? 0 : 1, from + ((until - from) * index) / size);
}

export function count(values: AssumptionValues, id: string): number {
  return Math.round(values[id]! * values['scale']!);
}

function preissued(client: FleetClient) {
  const name = `desktop-${client.index}`;
  const { refreshToken, expiresAtMs } = client;
  return { refreshToken, username: name, clientId: name, scope: 'openid offline_access', expiresAtMs };
}
