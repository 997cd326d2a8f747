/** Sign-ins move to an identity provider with sessions of its own: who is rejected comes back without seeing a page. */
import {
  cast,
  hostsOf,
  withRole,
  type Mitigation,
  type NotApplicable,
  type Scenario,
} from '../../../simulator/contract/index.ts';
import type { SignOnUse } from '../../backend/index.ts';
import { browserSessions } from '../../clients/browser-session.ts';
import type { SignOnOptions } from '../../clients/browser-session-options.ts';
import { defaultIdpOptions, idp } from '../../idp/index.ts';
import { diff } from '../diff.ts';
import { objection, withFailureOf, withSessions } from './shared-sessions.ts';

const ID = 'silent-reauthentication';
const PROVIDER = 'identity-provider';

/**
 * Browsers stop after about 20 redirects in a row; a detour is four of them (to the sign-in, to the provider, back, to the
 * page). One that ends at an instance with another key begins again, and costs the provider a code and a token each time.
 */
const RENEWALS = 5;

export const silentReauthentication: Mitigation = {
  id: ID,
  family: 'host-bound-cookie',
  place: 'auth-service',
  sentence: 'Users sign in at an identity provider; a rejected session is begun anew from its session, without a page.',
  source:
    'OpenID Connect Core 1.0, 3.1.2.1 (prompt=none); 20 redirects: the usual limit of browsers. The provider is ours.',
  hurtsWhen: 'The provider fails: nobody signs in. Instances that go on disagreeing send it a code and a token a page.',
  change: diff(
    '-  if (!session) return res.redirect("/login");',
    '+  if (!session) return res.redirect(authorizeUrl({ prompt: "none", state, code_challenge }));',
  ),
  apply: signedOn,
  rollOut: (scenario) => {
    const changed = signedOn(scenario);
    return 'notApplicable' in changed ? changed : withFailureOf(changed, PROVIDER);
  },
};

function signedOn(scenario: Scenario): Scenario | NotApplicable {
  const refusal = objection(scenario);
  if (refusal !== undefined) return refusal;
  if (hostsOf(scenario, browserSessions).length === 0) {
    return { notApplicable: 'nobody here signs in with a browser' };
  }
  const server: SignOnUse = { host: PROVIDER, clientId: 'web', timeoutMs: 5_000 };
  const signOn: SignOnOptions = { idp: PROVIDER, clientId: 'web', renewalLimit: RENEWALS, actedAs: ID };
  const options = { ...defaultIdpOptions, issuer: `https://${PROVIDER}`, audience: 'web' };
  const changed = withRole(
    withSessions(scenario, (session) => ({ ...session, signOn: server })),
    browserSessions,
    (people) => ({ ...people, signOn }),
  );
  return { ...changed, cast: [...changed.cast, cast({ name: PROVIDER, pool: PROVIDER, role: idp, options })] };
}
