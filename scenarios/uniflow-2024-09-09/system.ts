/** uniFLOW Online as far as sessions go: deployments of stamps, each a balancer with web roles that serve its tenants. */
import { cast, type HostSpec } from '../../simulator/contract/index.ts';
import type { AssumptionValues } from '../../simulator/experiment/index.ts';
import { backend, defaultBackendOptions, type BackendOptions } from '../../services/backend/index.ts';
import { defaultRouterOptions, router, type RouterOptions } from '../../services/router/index.ts';
import { MINUTE_MS } from './clock.ts';

/** What the platform tells a process about the hardware below; one of the sources of the session key (U2). */
export const HARDWARE = 'hardware';

export interface Stamp {
  readonly deployment: 'eu' | 'us';
  /** Also the pool of its instances. */
  readonly name: string;
  /** Its balancer. */
  readonly edge: string;
  readonly instances: readonly string[];
}

const US_STAMPS = 1;

export function stampsOf(values: AssumptionValues, deployment: Stamp['deployment']): readonly Stamp[] {
  const count = deployment === 'eu' ? values['stamps']! : US_STAMPS;
  return Array.from({ length: count }, (_, index) => {
    const name = `${deployment}-${index + 1}`;
    const instances = Array.from({ length: values['rolesPerStamp']! }, (_role, role) => `${name}-role-${role + 1}`);
    return { deployment, name, edge: edgeOf(name), instances };
  });
}

/** The balancer of a stamp. */
export function edgeOf(stamp: string): string {
  return `${stamp}-edge`;
}

/** The stamp that an instance of this name belongs to. */
export function stampOf(instance: string): string {
  return instance.replace(/-role-\d+$/, '');
}

export function system(values: AssumptionValues): readonly HostSpec[] {
  const stamps = [...stampsOf(values, 'eu'), ...stampsOf(values, 'us')];
  return stamps.flatMap((stamp) => [
    ...stamp.instances.map((name) => webRole(name, stamp, values)),
    edge(stamp, values),
  ]);
}

/** @param startAtMs `never` for an instance that a scale-out starts */
export function webRole(name: string, stamp: Stamp, values: AssumptionValues, startAtMs: 0 | 'never' = 0): HostSpec {
  const options: BackendOptions = {
    ...defaultBackendOptions,
    // Cookies only: nothing here asks an identity provider.
    idp: { host: 'none', issuer: 'none', audience: 'none' },
    bootMs: values['bootMs']!,
    session: {
      secrets: ['configured secret'],
      platformValue: HARDWARE,
      destructiveRejection: true,
      resignOnRead: false,
      lifetimeMs: values['sessionLifetimeMs']!,
      loginState: true,
    },
  };
  return cast({ name, pool: stamp.name, role: backend, options, platform: { [HARDWARE]: 'generation-1' }, startAtMs });
}

function edge(stamp: Stamp, values: AssumptionValues): HostSpec {
  const options: RouterOptions = {
    ...defaultRouterOptions,
    pool: stamp.name,
    stickiness: 'connection',
    distribution: 'hash',
    connectionIdleMs: values['connectionIdleMs']!,
    // Every 30 s is the default probe of Azure's Application Gateway.
    health: { path: '/readyz', periodMs: MINUTE_MS / 2, timeoutMs: 1_000, fallCount: 3, riseCount: 1 },
  };
  return cast({ name: stamp.edge, pool: 'edge', role: router, options });
}
