/** Keys that come with the program: whoever starts has those that were good when the image was built. */
import {
  cast,
  hostsOf,
  type HostSpec,
  type Mitigation,
  type NotApplicable,
  type Scenario,
} from '../../../simulator/contract/index.ts';
import { keyDepot, type KeyDepotOptions } from '../../backend/index.ts';
import { orchestrator } from '../../operator/index.ts';
import { diff } from '../diff.ts';
import { NO_TOKENS, tokenInstances, withVerifier } from './token-instances.ts';

const ID = 'last-good-keys-in-image';

/** Between the build of an image and its deploy. Ours. */
const BUILT_AHEAD_MS = 600_000;

export const lastGoodKeysInImage: Mitigation = {
  id: ID,
  family: 'keys-missing-at-start',
  place: 'platform',
  sentence: 'The key set of build time is part of the image; a process that gets no keys judges by it.',
  source: 'Ours; akin to the static public keys of Kong’s jwt plugin (rsa_public_key).',
  hurtsWhen:
    'The provider has rotated since the build: the new key is unknown, and the old one stays good for whoever holds its private half, until the next build.',
  change: diff('+  RUN curl --fail --retry 5 $ISSUER/jwks > /app/jwks.json', '   CMD ["node", "server.js"]'),
  apply: baked,
};

function baked(scenario: Scenario): Scenario | NotApplicable {
  const provider = tokenInstances(scenario)[0]?.options.idp.host;
  if (provider === undefined) return NO_TOKENS;
  const changed = withVerifier(scenario, (profile) => {
    return { ...profile, fallbacks: { ...profile.fallbacks, image: { host: ID, actedAs: ID } } };
  });
  return { ...changed, cast: [...changed.cast, image(scenario, provider)] };
}

/** Built before the play begins, and again for each deploy. */
function image(scenario: Scenario, provider: string): HostSpec {
  const deploys = hostsOf(scenario, orchestrator)
    .flatMap(({ options }) => options.events)
    .filter(({ label }) => label.startsWith('deploy'))
    .map(({ atMs }) => Math.max(0, atMs - BUILT_AHEAD_MS));
  const times = { atMs: [0, ...deploys], retryMs: 5_000, timeoutMs: 5_000 };
  const options: KeyDepotOptions = { ...times, idp: provider, weightless: true };
  return cast({ name: ID, pool: 'platform', role: keyDepot, options });
}
