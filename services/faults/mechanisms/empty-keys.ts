/** A key set that is right in form and says that nobody signs: it replaces a good set in every cache that believes it. */
import { alteringKeys } from '../key-set.ts';
import type { FaultAbout, FaultMechanism } from '../mechanism.ts';

export const EMPTY_KEYS: FaultAbout = {
  name: 'empty-keys',
  sentence: 'The key set is {"keys":[]}.',
  source: 'nextcloud/user_oidc#1127: "JWK Set did not contain any keys", daily',
  layer: 'document',
};

export function emptyKeys(): FaultMechanism {
  return alteringKeys(EMPTY_KEYS, 'publishes an empty key set', (keys) => (keys.length === 0 ? undefined : []));
}
