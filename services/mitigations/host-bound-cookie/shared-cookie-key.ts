/** uniFLOW's plan: a session key that every instance has, whatever it runs on. */
import { withRole, type Mitigation, type NotApplicable, type Scenario } from '../../../simulator/contract/index.ts';
import { backend, type BackendOptions } from '../../backend/index.ts';
import { deployOf, deployedToAll } from '../roll-out.ts';
import { sessionInstances, sessionPools } from './session-instances.ts';
import { diff } from '../diff.ts';

const ID = 'shared-cookie-key';

/**
 * The configured secret alone is the key. It acts each time a cookie is opened on an instance with another platform value
 * than the one that issued it: exactly those that a key bound to the value would have rejected.
 *
 * Rolled out on a running system it is a change of the key: everybody signs in once more, some of them several times while
 * old and new processes stand side by side. That is its price; two deploys, the first of which only opens with the new key
 * and the second of which keeps the old one for opening, would avoid it.
 */
export const sharedCookieKey: Mitigation = {
  id: ID,
  family: 'host-bound-cookie',
  place: 'backend',
  sentence: 'Session keys derive from the configured secret alone, so that every instance opens every cookie.',
  source:
    'uniFLOW Online’s report (October 17 2024): “a cookie handling architecture independent of the Azure offering”.',
  hurtsWhen: 'The secret leaks: it now opens every instance. Rolled out in one phase it signs everybody out once.',
  change: diff('-  const key = hash(secret + os.hostname());', '+  const key = hash(secret);'),
  apply: (scenario) => shared(scenario, 0),
  rollOut,
};

function rollOut(scenario: Scenario): Scenario | NotApplicable {
  const deploy = deployOf(scenario);
  if (deploy === undefined) return { notApplicable: 'nothing is deployed on this day' };
  const changed = shared(scenario, deploy.atMs);
  return 'notApplicable' in changed ? changed : deployedToAll(changed, deploy, sessionPools(scenario));
}

function shared(scenario: Scenario, fromMs: number): Scenario | NotApplicable {
  const instances = sessionInstances(scenario);
  if (instances.length === 0) return { notApplicable: 'no session cookie here' };
  if (!instances.some(({ options }) => options.session?.platformValue !== undefined)) {
    return { notApplicable: 'the session key does not depend on the host' };
  }
  return withRole(scenario, backend, (options) => released(options, fromMs));
}

function released(options: BackendOptions, fromMs: number): BackendOptions {
  if (options.session?.platformValue === undefined) return options;
  const { platformValue, ...session } = options.session;
  return { ...options, session: { ...session, releasedFrom: { platformValue, actedAs: ID, fromMs } } };
}
