/** Who uses Cytracom: the desktop fleet, people who sign in, the portal, users with a session, and callers. */
import { cast, type HostSpec } from '../../simulator/contract/index.ts';
import type { AssumptionValues } from '../../simulator/experiment/index.ts';
import { desktopFleet, type FleetOptions } from '../../services/clients/desktop-fleet.ts';
import { signInUsers, type SignInUsersOptions } from '../../services/clients/sign-in-users.ts';
import { steadyUsers, type SteadyUsersOptions } from '../../services/clients/steady-users.ts';
import { at, MIDNIGHT_MS } from './clock.ts';
import { clientsOf, count } from './system.ts';

/** Relative eagerness by hour of the day: people sign in above all at the beginning of the working day (C3). */
const SIGN_IN_WEIGHTS = [1, 1, 1, 1, 1, 2, 6, 22, 26, 14, 8, 7, 6, 8, 7, 6, 5, 4, 3, 2, 2, 1, 1, 1];
const OFFICE_WEIGHTS = [1, 1, 1, 1, 1, 2, 4, 10, 14, 14, 14, 13, 10, 13, 14, 13, 11, 7, 4, 3, 2, 2, 1, 1];

export function people(values: AssumptionValues, endMs: number): readonly HostSpec[] {
  return [
    cast({ name: 'fleet', pool: 'clients', zone: 'wan', role: desktopFleet, options: fleet(values) }),
    cast({ name: 'people', pool: 'clients', zone: 'wan', role: signInUsers, options: signIns(values, endMs) }),
    steady(values, endMs, {
      population: 'portal',
      request: 'settings',
      target: 'portal',
      path: '/portal/settings',
      perDay: 'portalOperationsPerDay',
      withSession: true,
    }),
    steady(values, endMs, {
      population: 'sessions',
      request: 'message',
      target: 'messaging',
      path: '/app/messages',
      perDay: 'foregroundActionsPerDay',
      withSession: true,
    }),
    steady(values, endMs, {
      population: 'callers',
      request: 'call',
      target: 'voice',
      path: '/public/call',
      perDay: 'callsPerDay',
      withSession: false,
    }),
  ];
}

const midnightsMs = [MIDNIGHT_MS, at(1, 0)];

function fleet(values: AssumptionValues): FleetOptions {
  return {
    population: 'desktop',
    auth: 'auth',
    clients: clientsOf(values),
    officeHours: {
      midnightMs: MIDNIGHT_MS,
      onFromHour: 6.5,
      onUntilHour: 8,
      offFromHour: 16.5,
      offUntilHour: 19,
      alwaysOnRatio: values['awakeAtNightRatio']!,
    },
    retryMs: values['retryMs']!,
    timeoutMs: values['clientTimeoutMs']!,
  };
}

function signIns(values: AssumptionValues, endMs: number): SignInUsersOptions {
  return {
    population: 'people',
    auth: 'auth',
    operator: 'operator',
    signInsPerDay: count(values, 'signInsPerDay'),
    midnightsMs,
    weights: SIGN_IN_WEIGHTS,
    patienceMedianMs: values['patienceMedianMs']!,
    patienceSigma: 0.4,
    requestTimeoutMs: values['clientTimeoutMs']!,
    retryAfterMeanMs: values['retryAfterMeanMs']!,
    triesBeforeGivingUp: values['triesBeforeGivingUp']!,
    visitMeanMs: values['visitMeanMs']!,
    endMs,
    reports: {
      afterTroubles: 1,
      probability: values['reportProbability']!,
      delayMedianMs: values['reportDelayMedianMs']!,
      delaySigma: 0.8,
    },
  };
}

interface Steady extends Pick<SteadyUsersOptions, 'population' | 'request' | 'target' | 'path' | 'withSession'> {
  readonly perDay: string;
}

function steady(values: AssumptionValues, endMs: number, spec: Steady): HostSpec {
  const { population, request, target, path, withSession } = spec;
  const options: SteadyUsersOptions = {
    population,
    request,
    target,
    path,
    withSession,
    perDay: count(values, spec.perDay),
    midnightsMs,
    weights: OFFICE_WEIGHTS,
    patienceMs: 30_000,
    endMs,
  };
  return cast({ name: `${population}-users`, pool: 'clients', zone: 'wan', role: steadyUsers, options });
}
