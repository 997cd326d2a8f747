/** Who uses uniFLOW Online: administrators and end users of the EU tenants, and users of the other deployment. */
import { cast, type HostSpec, type Window } from '../../simulator/contract/index.ts';
import type { AssumptionValues } from '../../simulator/experiment/index.ts';
import { browserSessions, type Arrivals, type BrowserSessionOptions } from '../../services/clients/browser-session.ts';
import { HOUR_MS, MINUTE_MS } from './clock.ts';
import { stampsOf, type Stamp } from './system.ts';

/** Administrators, end users, users of the other deployment. */
export const POPULATIONS = ['admins', 'end-users', 'us-users'] as const;
export type Population = (typeof POPULATIONS)[number];

/** A day on which people come: its midnight, and the part of it that is watched. */
export interface WatchedDay {
  readonly midnightMs: number;
  readonly window: Window;
}

/** Share of a population that comes in each hour from 04:00 UTC on; offices in Central Europe open at 06:00 UTC. */
const FIRST_HOUR = 4;
const ARRIVALS_BY_HOUR = [0.05, 0.13, 0.22, 0.22, 0.11, 0.07, 0.05, 0.05, 0.04, 0.03, 0.02, 0.01];
/** Everything has booted by then. */
const SETTLED_MS = 2 * MINUTE_MS;

export function people(values: AssumptionValues, days: readonly WatchedDay[]): readonly HostSpec[] {
  const visitDays = days.map(({ midnightMs, window }) => ({
    ...window,
    arrivals: arrivalsIn(midnightMs, { ...window, fromMs: window.fromMs + SETTLED_MS }),
  }));
  return POPULATIONS.map((population) => {
    const options = { ...optionsOf(values, population), days: visitDays };
    return cast({ name: population, pool: 'people', zone: 'wan', role: browserSessions, options });
  });
}

/** The hours of a day that fall into a window, with what comes in them. */
function arrivalsIn(midnightMs: number, window: Window): readonly Arrivals[] {
  return ARRIVALS_BY_HOUR.flatMap((ratio, index) => {
    const hourMs = midnightMs + (FIRST_HOUR + index) * HOUR_MS;
    const fromMs = Math.max(hourMs, window.fromMs);
    const untilMs = Math.min(hourMs + HOUR_MS, window.untilMs);
    return untilMs > fromMs ? [{ fromMs, untilMs, ratio: (ratio * (untilMs - fromMs)) / HOUR_MS }] : [];
  });
}

function optionsOf(values: AssumptionValues, population: Population): Omit<BrowserSessionOptions, 'days'> {
  const isOther = population === 'us-users';
  const stamps: readonly Stamp[] = stampsOf(values, isOther ? 'us' : 'eu');
  const userCounts = { admins: 'admins', 'end-users': 'users', 'us-users': 'otherUsers' } as const;
  return {
    population,
    userCount: Math.round(values[userCounts[population]]! * values['scale']!),
    tenantCount: isOther ? stamps.length : values['tenants']!,
    edges: stamps.map((stamp) => stamp.edge),
    operator: 'operator',
    visitMeanMs: values['visitMeanMs']!,
    pageMeanMs: values['pageMeanMs']!,
    page: {
      requestCount: values['requestsPerPage']!,
      connectionCount: values['connectionsPerBrowser']!,
      crossedSubmitRatio: values['crossedSubmitRatio']!,
    },
    patienceMs: 15_000,
    signInEffortMs: values['signInEffortMs']!,
    persistence: {
      quickTryCount: values['quickTries']!,
      waitMedianMs: values['waitMedianMs']!,
      waitSigma: 0.1,
      roundCount: values['rounds']!,
    },
    reports: {
      afterTroubles: 2,
      probability: values['reportProbability']!,
      delayMedianMs: values['reportDelayMedianMs']!,
      delaySigma: 0.8,
    },
  };
}
