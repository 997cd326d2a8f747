/**
 * A good day of the same system, four hours of it: a key rotation as its owner knows to do it (published a day ahead, because
 * some caches live so long, and kept until the last token has expired), a deploy, a scale-out, the expiry of tokens, and
 * five minutes in which the provider's key endpoints are slow. What a mitigation costs when it is not needed shows here.
 */
import { cast, type HostSpec, type Scenario } from '../../simulator/contract/index.ts';
import type { AssumptionValues } from '../../simulator/experiment/index.ts';
import { bindFault, slow } from '../../services/faults/index.ts';
import { withRotation, type KeyPlan } from '../../services/idp/index.ts';
import { operator, orchestrator, type DatedActions } from '../../services/operator/index.ts';
import { applications, instanceName } from './applications.ts';
import { HOUR_MS, MINUTE_MS } from './clock.ts';
import { sessionHolders, users } from './people.ts';
import { attackers, LINKS, operatorOptions, provider, RETAINED, system } from './scenario.ts';

const END_MS = 4 * HOUR_MS;
const SIGNS_MS = 2 * HOUR_MS;
const LONG_AGO_MS = -30 * 24 * HOUR_MS;
const DEPLOYED = 'asks-10m';

export function fairWeather(values: AssumptionValues): Scenario {
  const events = [deploy(values), scaleOut(values)];
  const supervised = applications.map(({ name }) => name);
  return {
    id: 'azure-ad-2021-03-15/fair-weather',
    cast: [
      provider(values, rotatedKeys(values)),
      ...system(values).map((host) => startedEarly(host, values)),
      cast({ name: 'orchestrator', pool: 'platform', role: orchestrator, options: { events, supervised } }),
      // Nothing is published about a good day: whoever is paged or hears reports responds as in the incident.
      cast({ name: 'operator', pool: 'people', role: operator, options: operatorOptions(values, 'reports') }),
      ...applications.map(({ name }) => users(name, values, END_MS, 5 * MINUTE_MS)),
      sessionHolders(values, END_MS),
      ...attackers(0),
    ],
    faults: [
      bindFault(slow({ delayMs: 2_000 }), {
        id: 'fair-weather-dependency',
        target: 'idp',
        endpoints: ['/jwks', '/.well-known/openid-configuration'],
        fromMs: 180 * MINUTE_MS,
        untilMs: 185 * MINUTE_MS,
      }),
    ],
    links: LINKS,
    windows: [{ fromMs: 0, untilMs: END_MS }],
    endMs: END_MS,
  };
}

function rotatedKeys(values: AssumptionValues): readonly KeyPlan[] {
  const keys = [{ kid: RETAINED, publishedAtMs: LONG_AGO_MS, signsFromMs: LONG_AGO_MS }];
  return withRotation(keys, {
    kid: 'next',
    atMs: SIGNS_MS,
    publishAheadMs: values['longLifetimeMs']! + SIGNS_MS,
    retainMs: values['tokenLifetimeMs']! + 10 * MINUTE_MS,
  });
}

/** Everything is up when the day begins, but for the instance that is started in the middle of it. */
function startedEarly(host: HostSpec, values: AssumptionValues): HostSpec {
  return { ...host, startAtMs: host.name === scaledOut(values) ? 'never' : 0 };
}

function scaledOut(values: AssumptionValues): string {
  return instanceName(DEPLOYED, values['instances']! - 1);
}

function deploy(values: AssumptionValues): DatedActions {
  const everyMs = values['restartEveryMs']!;
  return {
    atMs: 40 * MINUTE_MS,
    label: 'deploy',
    actions: [{ kind: 'restart', pool: DEPLOYED, everyMs, graceMs: 10_000 }],
  };
}

function scaleOut(values: AssumptionValues): DatedActions {
  return { atMs: 90 * MINUTE_MS, label: 'scale-out', actions: [{ kind: 'start', instance: scaledOut(values) }] };
}
