/**
 * A good day of the same system, four hours of it: a key rotation as its owner knows to do it (published ahead of every cache,
 * kept until the last token has expired), with the edge cache on; a deploy, a scale-out, the expiry of tokens, and five
 * minutes in which the provider's key endpoints are slow. What a mitigation costs when it is not needed shows here.
 */
import { cast, type HostSpec, type Scenario } from '../../simulator/contract/index.ts';
import type { AssumptionValues } from '../../simulator/experiment/index.ts';
import { bindFault, slow } from '../../services/faults/index.ts';
import { withRotation, type KeyPlan } from '../../services/idp/index.ts';
import { operator, orchestrator, type DatedActions } from '../../services/operator/index.ts';
import { HOUR_MS, MINUTE_MS } from './clock.ts';
import { attackers, LINKS, NEW_KEY, OLD_KEY, operatorOptions, people, system } from './scenario.ts';
import { instanceName, tenants } from './tenants.ts';

const END_MS = 4 * HOUR_MS;
const SIGNS_MS = 2 * HOUR_MS;
const LONG_AGO_MS = -30 * 24 * HOUR_MS;
const DEPLOYED = 'app-asking';

export function fairWeather(values: AssumptionValues): Scenario {
  const events = [deploy(), scaleOut(values)];
  const supervised = tenants.map(({ name }) => name);
  return {
    id: 'logto-2026-01-08/fair-weather',
    cast: [
      ...system(values, rotatedKeys(values)).map((host) => startedLater(host, values)),
      cast({ name: 'orchestrator', pool: 'platform', role: orchestrator, options: { events, supervised } }),
      // Nothing is published about a good day: whoever is paged or hears reports responds as in the incident.
      cast({ name: 'operator', pool: 'people', role: operator, options: operatorOptions(values, 'reports') }),
      ...people(values, END_MS),
      ...attackers,
    ],
    faults: [
      bindFault(slow({ delayMs: 2_000 }), {
        id: 'fair-weather-dependency',
        target: 'idp',
        endpoints: ['/jwks', '/.well-known/openid-configuration'],
        fromMs: 180 * MINUTE_MS,
        untilMs: 190 * MINUTE_MS,
      }),
    ],
    links: LINKS,
    windows: [{ fromMs: 0, untilMs: END_MS }],
    endMs: END_MS,
  };
}

/** Ahead by what the edge, the browser after it, and the verifier may keep, one after the other. */
function rotatedKeys(values: AssumptionValues): readonly KeyPlan[] {
  const keys = [{ kid: OLD_KEY, publishedAtMs: LONG_AGO_MS, signsFromMs: LONG_AGO_MS }];
  const caches = values['edgeMaxAgeMs']! + values['browserMaxAgeMs']! + values['waitingTtlMs']!;
  return withRotation(keys, {
    kid: NEW_KEY,
    atMs: SIGNS_MS,
    publishAheadMs: caches,
    retainMs: values['tokenLifetimeMs']! + 10 * MINUTE_MS,
  });
}

function startedLater(host: HostSpec, values: AssumptionValues): HostSpec {
  return host.name === scaledOut(values) ? { ...host, startAtMs: 'never' } : host;
}

function scaledOut(values: AssumptionValues): string {
  return instanceName(DEPLOYED, values['askingInstances']! - 1);
}

function deploy(): DatedActions {
  return {
    atMs: 40 * MINUTE_MS,
    label: 'deploy',
    actions: [{ kind: 'restart', pool: DEPLOYED, everyMs: MINUTE_MS, graceMs: 10_000 }],
  };
}

function scaleOut(values: AssumptionValues): DatedActions {
  return { atMs: 90 * MINUTE_MS, label: 'scale-out', actions: [{ kind: 'start', instance: scaledOut(values) }] };
}
