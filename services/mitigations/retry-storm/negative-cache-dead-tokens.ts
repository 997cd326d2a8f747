/** A refused token is remembered at the edge: asking again costs no worker. */
import type { Mitigation } from '../../../simulator/contract/index.ts';
import { diff } from '../diff.ts';
import { hasAuthService, NO_AUTH_SERVICE, withGuard } from './auth-door.ts';

const ID = 'negative-cache-dead-tokens';

/** An hour, 10,000 tokens: ours. A dead token does not come to life again, so the time only bounds the memory. */
const LIFETIME_MS = 3_600_000;
const ENTRY_LIMIT = 10_000;

export const negativeCacheDeadTokens: Mitigation = {
  id: ID,
  family: 'retry-storm',
  place: 'edge',
  sentence: 'The edge remembers for an hour which tokens were refused as invalid_grant, and repeats the answer itself.',
  source: 'Negative caching as in DNS (RFC 2308), keyed by a hash of the token; lifetime and size are ours.',
  hurtsWhen:
    'A token refused by mistake (a replica that lags, a clock) stays refused; distinct garbage tokens fill the memory.',
  change: diff(
    '+  const refused = cache.get(sha256(body.refresh_token));',
    '+  if (refused) return refused;',
    '   const answer = await auth.token(body);',
    '+  if (answer.error === "invalid_grant") cache.set(sha256(body.refresh_token), answer, { ttl: 3600 });',
  ),
  apply: (scenario) =>
    hasAuthService(scenario)
      ? withGuard(scenario, {
          kind: 'dead-token-cache',
          lifetimeMs: LIFETIME_MS,
          entryLimit: ENTRY_LIMIT,
          actedAs: ID,
        })
      : NO_AUTH_SERVICE,
};
