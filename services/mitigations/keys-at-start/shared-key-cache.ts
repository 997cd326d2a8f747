/** One fetcher for all instances: they ask it, it asks the provider, and it never forgets the last good set. */
import {
  cast,
  withRole,
  type Mitigation,
  type NotApplicable,
  type Scenario,
} from '../../../simulator/contract/index.ts';
import { backend, keyDepot, type KeyDepotOptions } from '../../backend/index.ts';
import { diff } from '../diff.ts';
import { NO_TOKENS, tokenInstances } from './token-instances.ts';

const ID = 'shared-key-cache';

/** Every 5 minutes, Nimbus’ and Spring’s time to live; 5 s to the next try after a failure is ours. */
const FETCHES: Omit<KeyDepotOptions, 'idp'> = {
  atMs: [0],
  everyMs: 300_000,
  retryMs: 5_000,
  timeoutMs: 5_000,
  actedAs: ID,
};

export const sharedKeyCache: Mitigation = {
  id: ID,
  family: 'keys-missing-at-start',
  place: 'platform',
  sentence: 'Instances get their keys from a cache of their own platform that renews them every 5 minutes.',
  source:
    'As istiod does for its proxies (one fetcher, keys pushed); 5 minutes is the time to live of Nimbus and Spring.',
  hurtsWhen:
    'It is wrong or away: then it is so for everybody at once. A new key is unknown, a withdrawn one good, for up to its period more.',
  change: diff("-  jwksUri: 'https://idp.example/jwks',", "+  jwksUri: 'http://key-cache.internal/jwks',"),
  apply: sharing,
};

function sharing(scenario: Scenario): Scenario | NotApplicable {
  const provider = tokenInstances(scenario)[0]?.options.idp.host;
  if (provider === undefined) return NO_TOKENS;
  const changed = withRole(scenario, backend, (options) => {
    return options.verifier === undefined ? options : { ...options, idp: { ...options.idp, keysFrom: ID } };
  });
  const cache = cast({ name: ID, pool: 'platform', role: keyDepot, options: { ...FETCHES, idp: provider } });
  return { ...changed, cast: [...changed.cast, cache] };
}
