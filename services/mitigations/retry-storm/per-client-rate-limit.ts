/** Cytracom's rate limit, in force from the start instead of after a day: each client by itself, refused at the edge. */
import {
  hostsOf,
  withRole,
  type Mitigation,
  type NotApplicable,
  type Scenario,
} from '../../../simulator/contract/index.ts';
import { RATE_LIMIT_PATH, type RateLimitOptions } from '../../admission/index.ts';
import { idp } from '../../idp/index.ts';
import { operator } from '../../operator/index.ts';
import { diff } from '../diff.ts';

const ID = 'per-client-rate-limit';

/**
 * For owners who set none themselves: a token request every two minutes after a burst of 10. A faithful client asks once
 * in the lifetime of an access token, commonly an hour; a sign-in asks once. By address, one looping machine would
 * starve its whole office behind a NAT: the key is the client.
 */
const DEFAULT: RateLimitOptions = {
  ratePerSecond: 1 / 120,
  burstCount: 10,
  clientKey: 'source',
  paths: ['/token'],
  retryAfterSeconds: 60,
};

export const perClientRateLimit: Mitigation = {
  id: ID,
  family: 'retry-storm',
  place: 'edge',
  sentence:
    'Token requests of each client are limited at the edge, from the start; the owner’s own limit where there is one.',
  source: 'Cytracom’s report (March 19 2021): “rate limiting was implemented”; a token bucket a client.',
  hurtsWhen:
    'The key is shared by many faithful clients (an address behind a NAT), or a limited client takes 429 for a reason to sign its user out.',
  change: diff(
    '+  limit_req_zone $http_authorization zone=token:10m rate=1r/m;',
    '   location = /token {',
    '+    limit_req zone=token burst=10 nodelay;',
    '+    limit_req_status 429;',
    '     proxy_pass http://auth;',
    '   }',
  ),
  apply: limited,
};

function limited(scenario: Scenario): Scenario | NotApplicable {
  if (hostsOf(scenario, idp).length === 0) return { notApplicable: 'no token endpoint here' };
  const rateLimit = { ...(ownersLimit(scenario) ?? DEFAULT), actedAs: ID };
  return withRole(scenario, idp, (options) => ({ ...options, rateLimit }));
}

/** The limit that the owner sets in the published response. */
function ownersLimit(scenario: Scenario): RateLimitOptions | undefined {
  for (const { options } of hostsOf(scenario, operator)) {
    for (const action of options.response.flatMap((step) => step.actions)) {
      if (action.kind === 'request' && action.path === RATE_LIMIT_PATH) return action.body as RateLimitOptions;
    }
  }
  return undefined;
}
