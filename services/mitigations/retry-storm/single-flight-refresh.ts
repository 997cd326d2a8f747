/** One renewal at a time in a client, whichever of its parts asks. */
import { hostsOf, type Mitigation, type NotApplicable, type Scenario } from '../../../simulator/contract/index.ts';
import { desktopFleet } from '../../clients/desktop-fleet.ts';
import { diff } from '../diff.ts';
import { withFleet } from './desktop-clients.ts';

const ID = 'single-flight-refresh';

export const singleFlightRefresh: Mitigation = {
  id: ID,
  family: 'retry-storm',
  place: 'client',
  sentence: 'One part of a client renews the token for all of its tabs and windows; the others wait for its answer.',
  source: 'The rotation race of RFC 9700 4.14.2; a shared promise in a process, Web Locks across tabs.',
  hurtsWhen: 'The one that asks hangs: all parts wait for it until its time-out.',
  change: diff(
    '-  const tokens = await refresh();',
    '+  const tokens = await navigator.locks.request("refresh", () => held.isFresh() ? held : refresh());',
  ),
  apply: flownOnce,
};

function flownOnce(scenario: Scenario): Scenario | NotApplicable {
  const hasParts = hostsOf(scenario, desktopFleet).some(({ options }) => (options.parts ?? 1) > 1);
  if (!hasParts) return { notApplicable: 'each client renews its token in one place here' };
  return withFleet(scenario, (options) => ({ ...options, singleFlight: { actedAs: ID } }));
}
