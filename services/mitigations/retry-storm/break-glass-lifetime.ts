/** Tokens honoured for longer while the house is on fire. */
import { withRole, type Mitigation } from '../../../simulator/contract/index.ts';
import { idp } from '../../idp/index.ts';
import { diff } from '../diff.ts';
import { hasAuthService, NO_AUTH_SERVICE } from './auth-door.ts';

const ID = 'break-glass-lifetime';

/** A week and a day: ours. */
const BREAK_GLASS = { refreshLeewayMs: 7 * 86_400_000, accessTokenLifetimeMs: 86_400_000 };

export const breakGlassLifetime: Mitigation = {
  id: ID,
  family: 'retry-storm',
  place: 'auth-service',
  sentence: 'Refresh tokens are accepted for a week after their expiry, and access tokens live for a day.',
  source: 'Emergency (“break-glass”) token lifetimes; a week and a day are ours.',
  hurtsWhen:
    'A stolen or revoked credential works as much longer: access tokens cannot be taken back before their end.',
  change: diff(
    '-  refresh_token: { leeway: 0 }, access_token: { ttl: 1h }',
    '+  refresh_token: { leeway: 7d }, access_token: { ttl: 24h }',
  ),
  apply: (scenario) =>
    hasAuthService(scenario)
      ? withRole(scenario, idp, (options) => ({ ...options, breakGlass: { ...BREAK_GLASS, actedAs: ID } }))
      : NO_AUTH_SERVICE,
};
