/** uniFLOW's facts: each statement of the report and what the record must show (U1 to U10). */
import type { Fact } from '../../simulator/experiment/index.ts';
import { comesBack, cyclingHeals } from './cycle-facts.ts';
import {
  backAtTheLoginScreen,
  bothSidesReject,
  laterTriesSucceed,
  loginLoops,
  partOfSomeStampsMoved,
} from './session-facts.ts';
import { bothPopulationsAlike, otherDeploymentUntouched, someTenantsSomeUsers } from './spread-facts.ts';
import { growth } from './sweep-facts.ts';

const run = { scope: 'run' } as const;

export const facts: readonly Fact[] = [
  {
    ...run,
    id: 'U1',
    kind: 'input',
    report: 'a “scaling event as the underlying Azure hardware changed”',
    check: partOfSomeStampsMoved,
  },
  {
    ...run,
    id: 'U2',
    kind: 'stated',
    report: 'the cookie “is derived from several information sources”, “one of these sources could change”',
    check: bothSidesReject,
  },
  {
    ...run,
    id: 'U3',
    kind: 'stated',
    report: 'sessions “revoked prematurely”, “the user passed back to the login screen”',
    check: backAtTheLoginScreen,
  },
  {
    ...run,
    id: 'U4',
    kind: 'stated',
    report: '“once logged in are immediately logged out”; “cannot log into their tenant”',
    check: loginLoops,
  },
  {
    ...run,
    id: 'U5',
    kind: 'fitted',
    fittedBy: ['stampsTouched'],
    report: '“not across all tenants”, “a percentage of the users”, “a set of Web Roles”',
    check: someTenantsSomeUsers,
  },
  growth,
  { ...run, id: 'U6', kind: 'stated', report: '“both admin and user logins”', check: bothPopulationsAlike },
  { ...run, id: 'U7', kind: 'stated', report: '“please wait 5 minutes and try again”', check: laterTriesSucceed },
  { ...run, id: 'U8', kind: 'stated', report: '“EU Deployment”', check: otherDeploymentUntouched },
  {
    ...run,
    id: 'U9',
    kind: 'stated',
    report: 'cycling gave “a consistent session token”, “allowing login to take place”',
    check: cyclingHeals,
  },
  {
    ...run,
    id: 'U10',
    kind: 'stated',
    report: '“this incident happened twice, once on the 25th of September and the 27th”',
    check: comesBack,
  },
];
