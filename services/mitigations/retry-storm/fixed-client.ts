/** The client without the defect, taken up over time: what Cytracom had already released, adopted earlier. */
import {
  hostsOf,
  withRole,
  type Mitigation,
  type NotApplicable,
  type Scenario,
} from '../../../simulator/contract/index.ts';
import { desktopFleet, type Adoption } from '../../clients/desktop-fleet.ts';
import { diff } from '../diff.ts';

const DAY_MS = 86_400_000;

/**
 * The update was released 14 days before the scenario and a client takes it after 7 days on average, exponentially: 86 %
 * have it when the scenario begins. Both numbers are ours; desktop updates without a forced restart are slower.
 */
const ADOPTION: Adoption = { fromMs: -14 * DAY_MS, meanMs: 7 * DAY_MS, actedAs: 'fixed-client' };

export const fixedClient: Mitigation = {
  id: 'fixed-client',
  family: 'retry-storm',
  place: 'client',
  sentence: 'Old clients take the fixed version over time: 86 % of them have it when the scenario begins.',
  source: 'Cytracom’s report (March 19 2021): “the version where the defect was fixed”; the adoption curve is ours.',
  hurtsWhen:
    'The update itself is what a broken client cannot fetch, or its adoption is slower than the next expiry of the old tokens.',
  change: diff(
    '-  if (response.status === 400) scheduleRefresh(10_000);',
    '+  if (response.body.error === "invalid_grant") signOut("Please sign in again.");',
  ),
  apply: adopted,
};

function adopted(scenario: Scenario): Scenario | NotApplicable {
  const hasOld = hostsOf(scenario, desktopFleet).some(({ options }) =>
    options.clients.some(({ version }) => version === 'old'),
  );
  if (!hasOld) return { notApplicable: 'no old client version here' };
  return withRole(scenario, desktopFleet, (options) => ({ ...options, adoption: ADOPTION }));
}
