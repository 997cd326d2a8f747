/** An instance that cannot open a cookie leaves it where it is: another one may. */
import type { Mitigation, NotApplicable, Scenario } from '../../../simulator/contract/index.ts';
import { diff } from '../diff.ts';
import { sessionInstances } from './session-instances.ts';
import { withSessions, objection } from './shared-sessions.ts';

const ID = 'non-destructive-rejection';

export const nonDestructiveRejection: Mitigation = {
  id: ID,
  family: 'host-bound-cookie',
  place: 'backend',
  sentence: 'A cookie that an instance cannot open is left in the browser instead of being deleted.',
  source:
    'Measured: cookie-session 2.1.1 deletes the signature of a cookie that it cannot verify, @fastify/secure-session 8.4.0 and iron-session 8.0.4 leave it alone until something is written.',
  hurtsWhen: 'A cookie that nobody can open stays as well: every request is rejected again until somebody signs in.',
  change: diff('-  if (!session) res.clearCookie("session");', '   if (!session) return res.redirect("/login");'),
  apply: spared,
};

function spared(scenario: Scenario): Scenario | NotApplicable {
  const refusal = objection(scenario);
  if (refusal !== undefined) return refusal;
  if (!sessionInstances(scenario).some(({ options }) => options.session?.destructiveRejection === true)) {
    return { notApplicable: 'no rejection deletes a cookie here' };
  }
  return withSessions(scenario, (session) =>
    session.destructiveRejection ? { ...session, destructiveRejection: false, sparedBy: ID } : session,
  );
}
