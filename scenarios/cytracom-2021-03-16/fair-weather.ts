/**
 * A good day of the same system, twelve hours of it: the tokens of fixed clients expire in a wave, a key rotates, the auth
 * service is deployed and fails for five minutes. Old clients are there, their tokens live. There is no scale-out: the
 * auth service is one service with workers.
 */
import { withRole, type Scenario } from '../../simulator/contract/index.ts';
import type { AssumptionValues } from '../../simulator/experiment/index.ts';
import { desktopFleet } from '../../services/clients/desktop-fleet.ts';
import { bindFault, status } from '../../services/faults/index.ts';
import { idp, withRotation } from '../../services/idp/index.ts';
import { orchestrator } from '../../services/operator/index.ts';
import { at, HOUR_MS, MINUTE_MS } from './clock.ts';
import { play } from './scenario.ts';

const END_MS = at(0, 17);

export function fairWeather(values: AssumptionValues): Scenario {
  const deploy = {
    atMs: at(0, 14),
    label: 'deploy',
    actions: [{ kind: 'restart' as const, pool: 'auth', everyMs: 5_000, graceMs: 10_000 }],
  };
  const fault = bindFault(status({ status: 503 }), {
    id: 'fair-weather-dependency',
    target: 'auth',
    fromMs: at(0, 11),
    untilMs: at(0, 11, 5),
  });
  const calm = { ...play(values, END_MS, 'reports'), id: 'cytracom-2021-03-16/fair-weather', faults: [fault] };
  const deployed = withRole(calm, orchestrator, (options) => ({ ...options, events: [deploy] }));
  return withRole(withLivingTokens(deployed), idp, (options) => ({
    ...options,
    keys: withRotation(options.keys, {
      kid: 'key-2',
      atMs: at(0, 13),
      publishAheadMs: HOUR_MS,
      retainMs: 30 * MINUTE_MS,
    }),
  }));
}

/** Tokens of old clients live beyond the day. */
function withLivingTokens(scenario: Scenario): Scenario {
  return withRole(scenario, desktopFleet, (options) => ({
    ...options,
    clients: options.clients.map((client) =>
      client.version === 'old' ? { ...client, expiresAtMs: at(2, 0) } : client,
    ),
  }));
}
