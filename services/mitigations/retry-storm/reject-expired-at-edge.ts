/** An expired token that the edge can read costs no worker. */
import type { Mitigation } from '../../../simulator/contract/index.ts';
import { diff } from '../diff.ts';
import { hasAuthService, NO_AUTH_SERVICE, withGuard } from './auth-door.ts';

const ID = 'reject-expired-at-edge';

export const rejectExpiredAtEdge: Mitigation = {
  id: ID,
  family: 'retry-storm',
  place: 'edge',
  sentence: 'The edge reads the expiry in a refresh token and refuses an expired one itself, as the service would.',
  source:
    'A self-contained token whose `exp` (RFC 7519 4.1.4) a proxy such as Envoy jwt_authn checks; the answer is RFC 6749 5.2’s.',
  hurtsWhen:
    'Refresh tokens are opaque today: they must first become readable; and an edge with a fast clock refuses live ones.',
  change: diff(
    '+  jwt_authn: { providers: { refresh: { from_body: refresh_token, clock_skew_seconds: 60 } } }',
    '   route /token -> auth',
  ),
  apply: (scenario) =>
    hasAuthService(scenario) ? withGuard(scenario, { kind: 'expired-tokens', actedAs: ID }) : NO_AUTH_SERVICE,
};
