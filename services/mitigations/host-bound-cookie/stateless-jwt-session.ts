/** Sessions as signed tokens that every instance judges alike and by itself; so nobody can take one back. */
import {
  isNotApplicable,
  type Mitigation,
  type NotApplicable,
  type Scenario,
} from '../../../simulator/contract/index.ts';
import { diff } from '../diff.ts';
import { deployOf } from '../roll-out.ts';
import { askedAboutRevocation } from './revocation-question.ts';
import { everywhereMs, rolledOut, rotated } from './ring-roll-out.ts';

const ID = 'stateless-jwt-session';

/**
 * A token with its end in it, signed with one configured key: to whoever opens it the same thing as a cookie sealed with
 * a shared key. Its life is that of the sessions before it. Rolled out with one deploy, after which both kinds are read
 * until the last old session has ended.
 */
export const statelessJwtSession: Mitigation = {
  id: ID,
  family: 'host-bound-cookie',
  place: 'backend',
  sentence: 'The session is a JWT signed with one configured key; instances check signature and expiry and ask nobody.',
  source: 'RFC 7519, RFC 8725; a common replacement for sessions of servers. That it lives as long as they did: ours.',
  hurtsWhen: 'A session must end early (sign-out, stolen cookie, dismissal): the token is taken until it expires.',
  change: diff(
    '-  res.cookie("session", seal(hash(secret + os.hostname()), { user }));',
    '+  res.cookie("session", await new SignJWT({ sub: user }).setExpirationTime("10h").sign(key));',
  ),
  apply: (scenario) => asked(rotated(scenario, ID, [{ fromMs: 0, ring: ['new'] }]), 0),
  rollOut: (scenario) => {
    const deploy = deployOf(scenario);
    const changed = rolledOut(scenario, ID, [['new', 'old'], ['new']]);
    return asked(changed, deploy === undefined ? 0 : everywhereMs(scenario, deploy));
  },
};

function asked(changed: Scenario | NotApplicable, fromMs: number): Scenario | NotApplicable {
  return isNotApplicable(changed) ? changed : askedAboutRevocation(changed, fromMs);
}
