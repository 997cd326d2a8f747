/** A key that signs and is not published: removed too early, or not published yet by the replica or cache that answers. */
import { alteringKeys } from '../key-set.ts';
import type { FaultAbout, FaultMechanism } from '../mechanism.ts';
import { requireNames } from '../option-check.ts';

export const KEYS_MISSING: FaultAbout = {
  name: 'keys-missing',
  sentence: 'The key set lacks some of its keys.',
  source: 'Azure AD, 15 March 2021: a key marked to be retained was removed while tokens signed with it were in use',
  layer: 'document',
};

export interface KeysMissingOptions {
  /** The `kid`s that are left out; at least one. */
  readonly kids: readonly string[];
}

/** Felt only where one of them would have been published. */
export function keysMissing({ kids }: KeysMissingOptions): FaultMechanism {
  requireNames('keys-missing', 'kids', kids, '');
  const missing = new Set<string | undefined>(kids);
  return alteringKeys(KEYS_MISSING, `leaves ${kids.join(', ')} out of the key set`, (keys) => {
    const left = keys.filter(({ kid }) => !missing.has(kid));
    return left.length === keys.length ? undefined : left;
  });
}
