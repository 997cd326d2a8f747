/** Two alerts that look where a probe does not: at sign-ins that hang for people, and at who talks most. */
import {
  cast,
  hostsOf,
  withRole,
  type Mitigation,
  type NotApplicable,
  type Scenario,
} from '../../../simulator/contract/index.ts';
import { EXCESS_REQUESTS, TALKERS_PATH } from '../../admission/index.ts';
import { METRICS_PATH } from '../../backend/index.ts';
import { signInUsers } from '../../clients/sign-in-users.ts';
import { HUNG_SIGN_INS, telemetry } from '../../clients/telemetry.ts';
import { idp } from '../../idp/index.ts';
import { growthAlert, operator, type GrowthAlertOptions } from '../../operator/index.ts';
import { diff } from '../diff.ts';
import { NO_AUTH_SERVICE, withGuard } from './auth-door.ts';

const NOBODY_TO_PAGE: NotApplicable = { notApplicable: 'nobody to page here' };

/** Five in ten minutes: ours. One person who loses patience is no incident. */
const HUNG = { periodMs: 600_000, thresholdPerPeriod: 5, badPeriodsInRow: 1 } as const;
/** Thirty requests in ten minutes are fair (a sign-in takes four); ten a minute beyond that, three times in a row. Ours. */
const FAIR = { windowMs: 600_000, fairCount: 30 } as const;
const TALKING = { periodMs: 60_000, thresholdPerPeriod: 10, badPeriodsInRow: 3 } as const;

export const hungSignInAlert: Mitigation = {
  id: 'hung-sign-in-alert',
  family: 'retry-storm',
  place: 'monitoring',
  sentence: 'Clients tell another service of sign-ins that hung; five in ten minutes page the team.',
  source:
    'Real-user monitoring; Cytracom’s report promises alerting around authentication. Five in ten minutes is ours.',
  hurtsWhen: 'It counts people who were harmed already, and whoever is paged may not know what to do.',
  change: diff(
    '+  navigator.sendBeacon("https://telemetry.example/hung-sign-in");',
    '+  - alert: SignInsHang',
    '+    expr: increase(hung_sign_ins_total[10m]) >= 5',
  ),
  apply: (scenario) => {
    const people = hostsOf(scenario, operator)[0];
    if (hostsOf(scenario, signInUsers).length === 0) return { notApplicable: 'nobody here whose client tells of it' };
    if (people === undefined) return NOBODY_TO_PAGE;
    const desk = 'sign-in-telemetry';
    const told = withRole(scenario, signInUsers, (options) => ({ ...options, telemetry: desk }));
    const counted = { ...told, cast: [...told.cast, cast({ name: desk, pool: desk, role: telemetry, options: {} })] };
    return withAlert(counted, {
      ...HUNG,
      alert: 'sign-ins hang',
      pools: [desk],
      path: METRICS_PATH,
      member: HUNG_SIGN_INS,
      operator: people.name,
      actedAs: 'hung-sign-in-alert',
    });
  },
};

export const topTalkerAlert: Mitigation = {
  id: 'top-talker-alert',
  family: 'retry-storm',
  place: 'monitoring',
  sentence:
    'The edge counts what each client asks beyond 30 requests in ten minutes; ten a minute of that page the team.',
  source: 'Top-talker dashboards over access logs; the numbers are ours.',
  hurtsWhen: 'A whole office behind one address looks like one talker, and whoever is paged may not know what to do.',
  change: diff(
    '+  - alert: ClientsAskTooMuch',
    '+    expr: sum(rate(requests_beyond_fair_share_total[1m])) * 60 >= 10',
    '+    for: 3m',
  ),
  apply: (scenario) => {
    const services = hostsOf(scenario, idp);
    const people = hostsOf(scenario, operator)[0];
    if (services.length === 0) return NO_AUTH_SERVICE;
    if (people === undefined) return NOBODY_TO_PAGE;
    return withAlert(withGuard(scenario, { kind: 'talker-count', ...FAIR }), {
      ...TALKING,
      alert: 'some clients ask far too much',
      pools: [...new Set(services.map(({ pool }) => pool))],
      path: TALKERS_PATH,
      member: EXCESS_REQUESTS,
      operator: people.name,
      actedAs: 'top-talker-alert',
    });
  },
};

function withAlert(scenario: Scenario, options: GrowthAlertOptions): Scenario {
  const watch = cast({ name: options.actedAs, pool: 'monitoring', role: growthAlert, options });
  return { ...scenario, cast: [...scenario.cast, watch] };
}
