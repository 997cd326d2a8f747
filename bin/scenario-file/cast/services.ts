/** The machines of a scenario file as hosts of the model: what the file leaves out is filled in with the defaults of the role. */
import { cast, type HostSpec } from '../../../simulator/contract/index.ts';
import {
  backend,
  defaultBackendOptions,
  sessionPreset,
  verifierPreset,
  verifierProfile,
  type BackendOptions,
  type SessionOptions,
  type VerifierProfile,
} from '../../../services/backend/index.ts';
import { defaultIdpOptions, idp, withRotation, type IdpOptions } from '../../../services/idp/index.ts';
import { defaultRouterOptions, router, routerPreset, type RouterOptions } from '../../../services/router/index.ts';
import type { BackendGroup, IdpGroup, RouterGroup } from '../schema/scenario.ts';
import { grantsAt } from './grants.ts';
import type { PlacedHost } from './placed-hosts.ts';
import type { Stage } from './stage.ts';

const HOUR_MS = 3_600_000;

/** Of a session that the file says nothing more about. */
export const DEFAULT_SESSION: SessionOptions = {
  secrets: ['configured secret'],
  destructiveRejection: false,
  resignOnRead: false,
  lifetimeMs: 10 * HOUR_MS,
};

export function machines(stage: Stage): readonly HostSpec[] {
  return stage.hosts.map((host) => {
    const { group } = host;
    if (group.role === 'idp') {
      return cast({ ...placeOf(host), role: idp, options: idpOptions(stage, host.name, group) });
    }
    if (group.role === 'backend') {
      return cast({ ...placeOf(host), role: backend, options: backendOptions(stage, { ...host, group }) });
    }
    return cast({ ...placeOf(host), role: router, options: routerOptions(stage, { ...host, group }) });
  });
}

function placeOf({ name, pool, group, isSpare }: PlacedHost): Pick<HostSpec, 'name' | 'pool'> {
  const { zone, platform, startAtMs, clockErrorMs } = group;
  return {
    name,
    pool,
    ...(zone === undefined ? {} : { zone }),
    ...(platform === undefined ? {} : { platform }),
    ...(isSpare ? { startAtMs: 'never' as const } : startAtMs === undefined ? {} : { startAtMs }),
    ...(clockErrorMs === undefined ? {} : { clockErrorMs }),
  };
}

/** What a group says beyond its place. */
function own<G extends object>(group: G): Omit<G, PlaceKey> {
  const entries = Object.entries(group).filter(([key]) => !(PLACE_KEYS as readonly string[]).includes(key));
  return Object.fromEntries(entries) as Omit<G, PlaceKey>;
}

const PLACE_KEYS = ['role', 'count', 'spare', 'pool', 'zone', 'platform', 'startAtMs', 'clockErrorMs'] as const;
type PlaceKey = (typeof PLACE_KEYS)[number];

function idpOptions(stage: Stage, name: string, group: IdpGroup): IdpOptions {
  const { keys = defaultIdpOptions.keys, rotations = [], serviceTimes, ...rest } = own(group);
  return {
    ...defaultIdpOptions,
    issuer: stage.issuerOf(name),
    ...rest,
    keys: rotations.reduce(withRotation, keys),
    serviceTimes: { ...defaultIdpOptions.serviceTimes, ...serviceTimes },
    preissued: grantsAt(stage, name),
  };
}

function backendOptions(stage: Stage, host: PlacedHost & { readonly group: BackendGroup }): BackendOptions {
  const { idp: _named, audience, verifier, session, ...rest } = own(host.group);
  const provider = stage.idpOf(host);
  const trusted = {
    host: provider ?? 'none',
    issuer: provider === undefined ? 'none' : stage.issuerOf(provider),
    audience: audience ?? (provider === undefined ? 'none' : stage.audienceOf(provider)),
  };
  const profile = profileOf(verifier);
  return {
    ...defaultBackendOptions,
    ...rest,
    idp: trusted,
    ...(profile === undefined ? {} : { verifier: profile }),
    ...(session === undefined ? {} : { session: sessionOf(session) }),
  };
}

function sessionOf(session: NonNullable<BackendGroup['session']>): SessionOptions {
  const { preset, secrets, ...rest } = session;
  const behaviour = preset === undefined ? {} : sessionPreset(preset).behaviour;
  return {
    ...DEFAULT_SESSION,
    ...behaviour,
    ...rest,
    secrets: (secrets ?? DEFAULT_SESSION.secrets) as SessionOptions['secrets'],
  };
}

/** @throws SimulatorError for knobs that contradict each other */
export function profileOf(verifier: BackendGroup['verifier']): VerifierProfile | undefined {
  if (verifier === undefined || verifier === 'none') return undefined;
  if (typeof verifier === 'string') return verifierPreset(verifier).profile;
  const { preset, ...knobs } = verifier;
  const base = preset === undefined ? {} : verifierPreset(preset).profile;
  return verifierProfile({ ...base, ...knobs } as Partial<VerifierProfile>);
}

function routerOptions(stage: Stage, host: PlacedHost & { readonly group: RouterGroup }): RouterOptions {
  const { preset, balancedPool: _named, health, ejection, retry, ...rest } = own(host.group);
  const base = preset === undefined ? defaultRouterOptions : routerPreset(preset).options;
  const { health: baseHealth, ejection: baseEjection, retry: baseRetry, ...plain } = base;
  const checks = health === 'none' ? undefined : { ...(baseHealth ?? defaultRouterOptions.health!), ...health };
  const hasChecks = health !== undefined || baseHealth !== undefined;
  return {
    ...plain,
    ...rest,
    pool: stage.poolBehind(host)!,
    ...(checks === undefined || !hasChecks ? {} : { health: checks }),
    ...chosen('ejection', ejection, baseEjection),
    ...chosen('retry', retry, baseRetry),
  };
}

function chosen<K extends string, S, B>(
  key: K,
  said: S | 'none' | undefined,
  base: B | undefined,
): { [key in K]?: S | B } {
  const value = said === 'none' ? undefined : (said ?? base);
  return (value === undefined ? {} : { [key]: value }) as { [key in K]?: S | B };
}
