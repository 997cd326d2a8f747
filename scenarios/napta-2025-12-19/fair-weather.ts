/**
 * A good day of the same system, four hours of it: a key rotation as its owner knows to do it (publish, deploy, sign,
 * remove), a scale-out, the expiry of everybody's access token, and five minutes in which the provider's key endpoints
 * fail while nothing starts. What a mitigation costs when it is not needed shows here.
 */
import { cast, withRole, type Scenario } from '../../simulator/contract/index.ts';
import type { AssumptionValues } from '../../simulator/experiment/index.ts';
import { bindFault, refuse } from '../../services/faults/index.ts';
import { idp, withRotation } from '../../services/idp/index.ts';
import { operator, orchestrator, type DatedActions } from '../../services/operator/index.ts';
import { MINUTE_MS } from './clock.ts';
import { attackers, instanceName, LINKS, operatorOptions, POOL, system, users } from './scenario.ts';

const END_MS = 240 * MINUTE_MS;
const SIGNS_MS = 120 * MINUTE_MS;

export function fairWeather(values: AssumptionValues): Scenario {
  const events = [deploy(values), scaleOut(values)];
  const scenario: Scenario = {
    id: 'napta-2025-12-19/fair-weather',
    cast: [
      ...system(values),
      cast({ name: 'orchestrator', pool: 'platform', role: orchestrator, options: { events, supervised: [POOL] } }),
      // Nothing is published about a good day: whoever is paged or hears reports responds as in the incident.
      cast({ name: 'operator', pool: 'people', role: operator, options: operatorOptions(values, 'reports') }),
      users({ ...values, leaveMeanMs: END_MS }, END_MS),
      attackers,
    ],
    faults: [
      bindFault(refuse(), {
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
  return withRole(scenario, idp, (options) => ({
    ...options,
    keys: withRotation(options.keys, {
      kid: 'key-2',
      atMs: SIGNS_MS,
      publishAheadMs: 90 * MINUTE_MS,
      retainMs: 30 * MINUTE_MS,
    }),
  }));
}

/** After the new key is published and before it signs: every instance fetches both. */
function deploy(values: AssumptionValues): DatedActions {
  const everyMs = values['restartEveryMs']!;
  return {
    atMs: 40 * MINUTE_MS,
    label: 'deploy',
    actions: [{ kind: 'restart', pool: POOL, everyMs, graceMs: 10_000 }],
  };
}

function scaleOut(values: AssumptionValues): DatedActions {
  const first = values['instances']! - values['startedInside']!;
  const names = Array.from({ length: values['startedInside']! }, (_, index) => instanceName(first + index));
  return { atMs: 90 * MINUTE_MS, label: 'scale-out', actions: names.map((instance) => ({ kind: 'start', instance })) };
}
