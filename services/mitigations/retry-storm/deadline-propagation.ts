/** Work that nobody waits for any more is not begun. */
import {
  hostsOf,
  withRole,
  type Mitigation,
  type NotApplicable,
  type Scenario,
} from '../../../simulator/contract/index.ts';
import { desktopFleet } from '../../clients/desktop-fleet.ts';
import { signInUsers } from '../../clients/sign-in-users.ts';
import { idp } from '../../idp/index.ts';
import { diff } from '../diff.ts';
import { hasAuthService, NO_AUTH_SERVICE } from './auth-door.ts';

const ID = 'deadline-propagation';

export const deadlinePropagation: Mitigation = {
  id: ID,
  family: 'retry-storm',
  place: 'auth-service',
  sentence: 'Desktop clients say when they give up, and the service begins no work for whoever has given up by then.',
  source:
    'Deadlines of gRPC (“gRPC and Deadlines”, 2018); told as a moment, not as a time left, so that waiting counts.',
  hurtsWhen: 'Clocks that disagree throw live requests away; where the line is short nobody in it has given up yet.',
  change: diff(
    '+  headers["x-deadline-ms"] = String(Date.now() + timeoutMs);',
    '   // service',
    '+  if (Date.now() >= Number(request.headers["x-deadline-ms"])) return { status: 504 };',
  ),
  apply: told,
};

function told(scenario: Scenario): Scenario | NotApplicable {
  if (!hasAuthService(scenario)) return NO_AUTH_SERVICE;
  const callers = hostsOf(scenario, desktopFleet).length + hostsOf(scenario, signInUsers).length;
  if (callers === 0) return { notApplicable: 'no client here that tells its deadline' };
  const known = withRole(scenario, idp, (options) => ({
    ...options,
    admission: { ...options.admission, deadlines: { actedAs: ID } },
  }));
  const fleets = withRole(known, desktopFleet, (options) => ({ ...options, sendsDeadline: true }));
  return withRole(fleets, signInUsers, (options) => ({ ...options, sendsDeadline: true }));
}
