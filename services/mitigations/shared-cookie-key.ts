/** uniFLOW's plan: a session key that every instance has, whatever it runs on. */
import { withRole, type Mitigation, type NotApplicable, type Scenario } from '../../simulator/contract/index.ts';
import { backend, type BackendOptions } from '../backend/index.ts';
import { sessionInstances } from './session-instances.ts';

const ID = 'shared-cookie-key';

/**
 * The configured secret alone is the key. It acts each time a cookie is opened on an instance with another platform value
 * than the one that issued it: exactly those that a key bound to the value would have rejected.
 *
 * Not in the price: rolled out on a running system it is a change of the key, which signs everybody in once more, unless
 * the old key is kept for opening until the last old cookie has ended.
 */
export const sharedCookieKey: Mitigation = {
  id: ID,
  sentence: 'Session keys derive from the configured secret alone, so that every instance opens every cookie.',
  source:
    'uniFLOW Online’s report (October 17 2024): “a cookie handling architecture independent of the Azure offering”.',
  apply: shared,
};

function shared(scenario: Scenario): Scenario | NotApplicable {
  const instances = sessionInstances(scenario);
  if (instances.length === 0) return { notApplicable: 'no session cookie here' };
  if (!instances.some(({ options }) => options.session?.platformValue !== undefined)) {
    return { notApplicable: 'the session key does not depend on the host' };
  }
  return withRole(scenario, backend, released);
}

function released(options: BackendOptions): BackendOptions {
  if (options.session?.platformValue === undefined) return options;
  const { platformValue, ...session } = options.session;
  return { ...options, session: { ...session, releasedFrom: { platformValue, actedAs: ID } } };
}
