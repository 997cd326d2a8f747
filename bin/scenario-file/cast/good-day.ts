/**
 * The good day of a scenario file: the same system and the same people with a deploy, a scale-out, a key rotation and five
 * minutes without the provider's keys while nothing starts. What a mitigation costs when it is not needed shows here.
 */
import { withRole, type FaultSpec, type HostSpec, type Scenario } from '../../../simulator/contract/index.ts';
import { desktopFleet } from '../../../services/clients/desktop-fleet.ts';
import { spa } from '../../../services/clients/spa.ts';
import { bindFault, refuse } from '../../../services/faults/index.ts';
import { defaultIdpOptions, idp, withRotation, type Rotation } from '../../../services/idp/index.ts';
import type { CheckedScenario, Step } from '../schema/scenario.ts';
import { faultSpec } from './faults.ts';
import { alerts } from './alerts.ts';
import { people, platform } from './operations.ts';
import { DEFAULT_NETWORK, wholeCast } from './play.ts';
import { Stage } from './stage.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export function goodDay(document: CheckedScenario): Scenario {
  const stage = new Stage(withoutRotations(document));
  const said = document.goodDay ?? {};
  const endMs = said.lastsMs ?? Math.max(4 * HOUR_MS, document.clock.t0Ms + HOUR_MS);
  const windows = [{ fromMs: 0, untilMs: endMs }];
  const events = said.events ?? [...deploys(stage), ...scaleOuts(stage)];
  // Nothing goes wrong on a good day that people would answer to: whoever is paged or hears reports responds as in the trouble.
  const organisation: readonly HostSpec[] = [
    platform(stage, events),
    people(stage, 'reports', false),
    ...alerts(stage),
  ];
  const faults =
    said.faults === undefined
      ? withoutKeys(stage)
      : Object.entries(said.faults).map(([id, fault]) => faultSpec(id, fault));
  const scenario: Scenario = {
    id: `${document.id}/good-day`,
    cast: wholeCast(stage, organisation, windows),
    faults,
    links: document.network ?? DEFAULT_NETWORK,
    windows,
    endMs,
  };
  return withLivingTokens(withLongDays(rotated(scenario, stage, said.rotations), endMs), endMs);
}

/** Rotations of the trouble belong to the trouble: this day has its own. */
function withoutRotations(document: CheckedScenario): CheckedScenario {
  const hosts = Object.entries(document.hosts ?? {}).map(([key, group]) => {
    if (group.role !== 'idp') return [key, group] as const;
    const { rotations: _rotations, keys: _keys, ...rest } = group;
    return [key, rest as typeof group] as const;
  });
  return { ...document, hosts: Object.fromEntries(hosts) };
}

function deploys(stage: Stage): readonly Step[] {
  return stage.backendPools.map((pool, index): Step => {
    return { atMs: (40 + index) * MINUTE_MS, label: `deploy of ${pool}`, actions: [{ do: 'restart', hosts: pool }] };
  });
}

function scaleOuts(stage: Stage): readonly Step[] {
  const spare = stage.hosts.filter(({ isSpare }) => isSpare).map(({ name }) => name);
  if (spare.length === 0) return [];
  return [{ atMs: 90 * MINUTE_MS, label: 'scale-out', actions: [{ do: 'start', hosts: spare }] }];
}

function withoutKeys(stage: Stage): readonly FaultSpec[] {
  const idps = [...new Set(stage.verifying.map((host) => stage.idpOf(host)))].filter((name) => name !== undefined);
  return idps.map((target) =>
    bindFault(refuse(), {
      id: `good-day-dependency-${target}`,
      target,
      endpoints: ['/jwks', '/.well-known/openid-configuration'],
      fromMs: 180 * MINUTE_MS,
      untilMs: 185 * MINUTE_MS,
    }),
  );
}

/** As an owner knows to do it: publish, deploy, sign, and remove the old key when no token of it is left. */
function rotated(scenario: Scenario, stage: Stage, said: Readonly<Record<string, Rotation>> | undefined): Scenario {
  return withRole(scenario, idp, (options, { name }) => {
    const rotation = said === undefined ? usualRotation(stage, name) : said[name];
    return rotation === undefined ? options : { ...options, keys: withRotation(options.keys, rotation) };
  });
}

function usualRotation(stage: Stage, name: string): Rotation | undefined {
  if (!stage.verifying.some((host) => stage.idpOf(host) === name)) return undefined;
  const group = stage.idps.find((host) => host.name === name)!.group;
  const retainMs = group.accessTokenLifetimeMs ?? defaultIdpOptions.accessTokenLifetimeMs;
  return { kid: 'good-day-key', atMs: 120 * MINUTE_MS, publishAheadMs: 90 * MINUTE_MS, retainMs };
}

/** Nobody goes home before the day has shown what it has to show. */
function withLongDays(scenario: Scenario, endMs: number): Scenario {
  return withRole(scenario, spa, (options) => ({ ...options, leaveMeanMs: endMs }));
}

/** Tokens of old clients live beyond the day. */
function withLivingTokens(scenario: Scenario, endMs: number): Scenario {
  return withRole(scenario, desktopFleet, (options) => ({
    ...options,
    clients: options.clients.map((client) => {
      return client.version === 'old' ? { ...client, expiresAtMs: endMs + 24 * HOUR_MS } : client;
    }),
  }));
}
