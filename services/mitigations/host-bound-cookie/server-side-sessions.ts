/** Sessions in a store that all instances ask: no key to disagree about, and one thing more that everybody depends on. */
import { cast, type Mitigation, type NotApplicable, type Scenario } from '../../../simulator/contract/index.ts';
import type { SessionStoreUse } from '../../backend/index.ts';
import { defaultSessionStoreOptions, sessionStore } from '../../session-store/index.ts';
import { diff } from '../diff.ts';
import { deployedToAll, deployOf } from '../roll-out.ts';
import { askedAboutRevocation } from './revocation-question.ts';
import { everywhereMs } from './ring-roll-out.ts';
import { objection, sharedPools, withFailureOf, withSessions } from './shared-sessions.ts';

const ID = 'server-side-sessions';
const STORE = 'session-store';

/**
 * Rolled out with one deploy: restarted processes put new sessions into the store and still open the cookies of before;
 * those not yet restarted know nothing of the store.
 */
export const serverSideSessions: Mitigation = {
  id: ID,
  family: 'host-bound-cookie',
  place: 'backend',
  sentence: 'Sessions are kept in a store (Redis) that every instance asks; the cookie carries only a name.',
  source:
    'express-session with connect-redis, Spring Session: the common way. A patience of 1 s is ours; when the store does not answer the page is a 503, as express-session 1.19 hands an error of its store to the error handler.',
  hurtsWhen: 'The store fails: then nobody has a session, on any instance. Every request waits for it, too.',
  change: diff(
    '-app.use(cookieSession({ keys }));',
    '+app.use(session({ store: new RedisStore({ client }), secret, saveUninitialized: false, resave: false }));',
  ),
  apply: (scenario) => stored(scenario, 0, 0),
  rollOut,
};

function rollOut(scenario: Scenario): Scenario | NotApplicable {
  const deploy = deployOf(scenario);
  if (deploy === undefined) return { notApplicable: 'nothing is deployed on this day' };
  const changed = stored(scenario, deploy.atMs, everywhereMs(scenario, deploy));
  if ('notApplicable' in changed) return changed;
  return withFailureOf(deployedToAll(changed, deploy, sharedPools(scenario)), STORE);
}

/** @param fromMs of the first process that uses the store @param everywhereFromMs of the last one */
function stored(scenario: Scenario, fromMs: number, everywhereFromMs: number): Scenario | NotApplicable {
  const refusal = objection(scenario);
  if (refusal !== undefined) return refusal;
  const store: SessionStoreUse = { host: STORE, timeoutMs: 1_000, onFailure: 'unavailable', actedAs: ID, fromMs };
  const changed = withSessions(scenario, (session) => ({ ...session, store }));
  const host = cast({ name: STORE, pool: STORE, role: sessionStore, options: defaultSessionStoreOptions });
  return askedAboutRevocation({ ...changed, cast: [...changed.cast, host] }, everywhereFromMs);
}
