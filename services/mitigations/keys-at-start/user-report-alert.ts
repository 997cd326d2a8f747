/** Users’ reports as an alert of their own: counted by a machine, without support between them and the people on call. */
import {
  hostsOf,
  withRole,
  type Mitigation,
  type NotApplicable,
  type Scenario,
} from '../../../simulator/contract/index.ts';
import { operator } from '../../operator/index.ts';
import { diff } from '../diff.ts';
import { NOBODY_TO_PAGE } from './token-instances.ts';

const ID = 'user-report-alert';

/** Ours: below three it is one unlucky user; within half an hour they are about the same thing. */
const COUNT = 3;
const WITHIN_MS = 1_800_000;

export const userReportAlert: Mitigation = {
  id: ID,
  family: 'keys-missing-at-start',
  place: 'monitoring',
  sentence: 'Three reports of users within half an hour page the team, without support in between.',
  source: 'Ours; in Napta’s report (December 23 2025) users’ reports were how the team came to know, 92 minutes in.',
  hurtsWhen: 'Users write for other reasons, too: on a large product three reports in half an hour are any day.',
  change: diff(
    '+  - alert: UsersReportTrouble',
    '+    expr: sum(increase(support_tickets_total{topic="sign-in"}[30m])) >= 3',
  ),
  apply: listening,
};

function listening(scenario: Scenario): Scenario | NotApplicable {
  if (hostsOf(scenario, operator).length === 0) return NOBODY_TO_PAGE;
  return withRole(scenario, operator, (options) => {
    const paging = { count: COUNT, withinMs: WITHIN_MS, actedAs: ID };
    return { ...options, reports: { ...options.reports, paging } };
  });
}
