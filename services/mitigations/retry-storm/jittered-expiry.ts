/** Tokens that were made together do not end together. */
import {
  hostsOf,
  withRole,
  type Mitigation,
  type NotApplicable,
  type Scenario,
} from '../../../simulator/contract/index.ts';
import { desktopFleet } from '../../clients/desktop-fleet.ts';
import { idp } from '../../idp/index.ts';
import { diff } from '../diff.ts';
import { hasAuthService, NO_AUTH_SERVICE } from './auth-door.ts';

const ID = 'jittered-expiry';

/** A tenth of the lifetime: ours. */
const RATIO = 0.1;

export const jitteredExpiry: Mitigation = {
  id: ID,
  family: 'retry-storm',
  place: 'auth-service',
  sentence:
    'Each token ends at a moment of its own: refresh tokens up to a tenth of their lifetime earlier or later, access tokens earlier.',
  source:
    'AWS Builders’ Library, “Timeouts, retries, and backoff with jitter” (jitter for all timers); a tenth is ours.',
  hurtsWhen:
    'Clients that never stop asking add up all the same, only not at once; lifetimes are no longer a round number.',
  change: diff('-  exp: now + lifetime,', '+  exp: now + lifetime * (0.9 + 0.2 * Math.random()),'),
  apply: spread,
};

function spread(scenario: Scenario): Scenario | NotApplicable {
  if (!hasAuthService(scenario)) return NO_AUTH_SERVICE;
  const issued = withRole(scenario, idp, (options) => ({
    ...options,
    expirySpread: { ratio: RATIO, actedAs: ID },
  }));
  return withRole(issued, desktopFleet, (options) => {
    const service = hostsOf(scenario, idp).find(({ name }) => name === options.auth);
    if (service === undefined) return options;
    return { ...options, expirySpreadMs: RATIO * service.options.refreshTokenLifetimeMs };
  });
}
