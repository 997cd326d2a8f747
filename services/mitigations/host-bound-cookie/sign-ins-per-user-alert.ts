/** Page somebody when people sign in again and again: what a login loop looks like to whoever counts sign-ins. */
import {
  cast,
  hostsOf,
  type Mitigation,
  type NotApplicable,
  type Scenario,
} from '../../../simulator/contract/index.ts';
import { METRICS_PATH, REPEATED_SIGN_INS } from '../../backend/index.ts';
import { growthAlert, operator, type GrowthAlertOptions } from '../../operator/index.ts';
import { diff } from '../diff.ts';
import { sessionPools } from './session-instances.ts';

const ID = 'sign-ins-per-user-alert';

/** Each instance counts its own, so that no user's name has to be a label: repetitions over several are seen in part. */
export const signInsPerUserAlert: Mitigation = {
  id: ID,
  family: 'host-bound-cookie',
  place: 'monitoring',
  sentence: 'Five or more sign-ins within 5 minutes of the same user’s last one, within 5 minutes, page the team.',
  source:
    'Idea: the login loops of uniFLOW Online’s first status post (“once logged in are immediately logged out”); numbers ours.',
  hurtsWhen: 'A shared account or a test that signs in all day makes the same noise.',
  change: diff(
    '+  - alert: SameUsersSignInAgainAndAgain',
    '+    expr: sum(increase(sign_ins_repeated_total[5m])) >= 5',
  ),
  apply: watched,
};

function watched(scenario: Scenario): Scenario | NotApplicable {
  const pools = sessionPools(scenario);
  if (pools.length === 0) return { notApplicable: 'no session cookie here' };
  const people = hostsOf(scenario, operator)[0];
  if (people === undefined) return { notApplicable: 'nobody to page here' };
  const options: GrowthAlertOptions = {
    alert: 'the same users sign in again and again',
    pools,
    path: METRICS_PATH,
    member: REPEATED_SIGN_INS,
    periodMs: 300_000,
    thresholdPerPeriod: 5,
    badPeriodsInRow: 1,
    operator: people.name,
    actedAs: ID,
  };
  return { ...scenario, cast: [...scenario.cast, cast({ name: ID, pool: 'monitoring', role: growthAlert, options })] };
}
