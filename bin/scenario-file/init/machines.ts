/** One machine of a published play in the words of a scenario file: what differs from its role's defaults. */
import type { HostSpec } from '../../../simulator/contract/index.ts';
import {
  backend,
  defaultBackendOptions,
  VERIFIER_PRESETS,
  verifierProfile,
  type BackendOptions,
  type SessionOptions,
  type VerifierProfile,
} from '../../../services/backend/index.ts';
import { defaultIdpOptions, idp, type IdpOptions } from '../../../services/idp/index.ts';
import { defaultRouterOptions, router, ROUTER_PRESETS, type RouterOptions } from '../../../services/router/index.ts';
import { DEFAULT_SESSION } from '../cast/services.ts';
import type { BackendGroup, HostGroup, IdpGroup, RouterGroup } from '../schema/scenario.ts';
import { difference, same } from './difference.ts';

/** What is said of a provider elsewhere in the cast. */
export interface Providers {
  readonly names: readonly string[];
  readonly audienceOf: (idp: string) => string;
}

/** Undefined for a host of another role. */
export function machineGroup(spec: HostSpec, providers: Providers): HostGroup | undefined {
  const role: unknown = spec.role;
  const place = placeOf(spec);
  if (role === idp) return { role: 'idp', ...place, ...idpWords(spec.name, spec.options as IdpOptions) } as IdpGroup;
  if (role === backend) {
    return { role: 'backend', ...place, ...backendWords(spec.options as BackendOptions, providers) } as BackendGroup;
  }
  if (role === router)
    return { role: 'router', ...place, ...routerWords(spec.options as RouterOptions) } as RouterGroup;
  return undefined;
}

function placeOf({ pool, zone, platform, startAtMs, clockErrorMs }: HostSpec): object {
  return {
    pool,
    ...(zone === undefined ? {} : { zone }),
    ...(platform === undefined ? {} : { platform }),
    ...(typeof startAtMs === 'number' && startAtMs > 0 ? { startAtMs } : {}),
    ...(clockErrorMs === undefined ? {} : { clockErrorMs }),
  };
}

function idpWords(name: string, options: IdpOptions): object {
  const { issuer, preissued: _derived, serviceTimes, ...rest } = options;
  const times = difference(serviceTimes, defaultIdpOptions.serviceTimes);
  return {
    ...(issuer === `https://${name}` ? {} : { issuer }),
    ...difference(rest, defaultIdpOptions),
    ...(Object.keys(times).length === 0 ? {} : { serviceTimes: times }),
  };
}

function backendWords(options: BackendOptions, providers: Providers): object {
  const { idp: trusted, verifier, session, ...rest } = options;
  const isOnly = providers.names.length === 1 && providers.names[0] === trusted.host;
  const isNone = trusted.host === 'none';
  const usualAudience = isNone ? 'none' : providers.audienceOf(trusted.host);
  return {
    ...(isOnly || (isNone && providers.names.length === 0) ? {} : { idp: trusted.host }),
    ...(trusted.audience === usualAudience ? {} : { audience: trusted.audience }),
    ...(verifier === undefined ? {} : { verifier: verifierWords(verifier) }),
    ...difference(rest, defaultBackendOptions),
    ...(session === undefined ? {} : { session: sessionWords(session) }),
  };
}

function sessionWords(session: SessionOptions): object {
  return difference(session, DEFAULT_SESSION);
}

/** A preset by name, or the nearest one with what differs. */
function verifierWords(profile: VerifierProfile): BackendGroup['verifier'] {
  const preset = VERIFIER_PRESETS.find((candidate) => same(candidate.profile, profile));
  if (preset !== undefined) return preset.id;
  const options = [
    difference(profile, verifierProfile()),
    ...VERIFIER_PRESETS.map(({ id, profile: base }) => ({ preset: id, ...difference(profile, base) })),
  ];
  const shortest = options.sort((one, other) => Object.keys(one).length - Object.keys(other).length)[0]!;
  return shortest as BackendGroup['verifier'];
}

function routerWords({ pool, ...options }: RouterOptions): object {
  const bases = [
    { said: {}, base: defaultRouterOptions },
    ...ROUTER_PRESETS.map(({ id, options: base }) => ({ said: { preset: id }, base })),
  ];
  const written = bases.map(({ said, base }) => ({ ...said, ...routerDifference(options, base) }));
  const shortest = written.sort((one, other) => Object.keys(one).length - Object.keys(other).length)[0]!;
  return { balancedPool: pool, ...shortest };
}

function routerDifference(options: Omit<RouterOptions, 'pool'>, base: Omit<RouterOptions, 'pool'>): object {
  const parts = ['health', 'ejection', 'retry'] as const;
  const gone = parts.filter((part) => options[part] === undefined && base[part] !== undefined);
  const { health, ...rest } = difference(options, base);
  return {
    ...rest,
    ...(health === undefined ? {} : { health: difference(health, base.health ?? defaultRouterOptions.health!) }),
    ...Object.fromEntries(gone.map((part) => [part, 'none'])),
  };
}
