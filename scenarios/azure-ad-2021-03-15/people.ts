/** Who uses the applications: visitors with tokens, and people who hold a session and need none. */
import { cast, type HostSpec } from '../../simulator/contract/index.ts';
import type { AssumptionValues } from '../../simulator/experiment/index.ts';
import { backend, defaultBackendOptions, type BackendOptions } from '../../services/backend/index.ts';
import { spa } from '../../services/clients/spa.ts';
import { steadyUsers } from '../../services/clients/steady-users.ts';
import { AUDIENCE, edgeOf, ISSUER } from './applications.ts';
import { HOUR_MS, OPENING_MS } from './clock.ts';

export const SESSIONS = 'sessions';
const DAY_MS = 24 * HOUR_MS;
/** The scenario begins at 18:00 on the 14th. */
const MIDNIGHTS_MS = [6 * HOUR_MS, 30 * HOUR_MS];
const EVERY_HOUR_ALIKE = new Array<number>(24).fill(1);

/** Visitors of one application: as many come as go, at all hours, as befits the whole earth. */
export function users(application: string, values: AssumptionValues, endMs: number, fromMs = OPENING_MS): HostSpec {
  const concurrent = values['concurrentUsers']!;
  const visitMeanMs = values['visitMeanMs']!;
  const options = {
    population: application,
    userCount: Math.round((concurrent * (endMs - fromMs)) / visitMeanMs),
    edge: edgeOf(application),
    idp: 'idp',
    operator: 'operator',
    clientId: application,
    arriveFromMs: fromMs,
    arriveUntilMs: endMs,
    leaveMeanMs: endMs,
    leaveSdMs: 0,
    visitMeanMs,
    actionMeanMs: values['actionMeanMs']!,
    patienceMs: 15_000,
    signInEffortMs: values['signInEffortMs']!,
    giveUpAfterAttempts: values['giveUpAfterAttempts']!,
    reports: {
      afterTroubles: 3,
      probability: values['reportProbability']!,
      delayMedianMs: values['reportDelayMedianMs']!,
      delaySigma: 0.8,
    },
  };
  return cast({ name: `users-${application}`, pool: 'users', role: spa, options, zone: 'wan' });
}

/** An application that looks at the provider’s tokens once, at sign-in, and from then on at a session of its own. */
export function sessionSystem(): readonly HostSpec[] {
  const options: BackendOptions = {
    ...defaultBackendOptions,
    idp: { host: 'idp', issuer: ISSUER, audience: AUDIENCE },
    session: {
      secrets: ['session secret'],
      destructiveRejection: false,
      resignOnRead: false,
      lifetimeMs: 7 * DAY_MS,
    },
    bootMs: 0,
  };
  return [cast({ name: 'session-app', pool: 'session-app', role: backend, options })];
}

/** People who signed in before and “didn’t need to make an authentication request” (A10). */
export function sessionHolders(values: AssumptionValues, endMs: number): HostSpec {
  const options = {
    population: SESSIONS,
    request: 'page',
    target: 'session-app',
    path: '/app/home',
    perDay: values['sessionRequestsPerDay']!,
    midnightsMs: MIDNIGHTS_MS,
    weights: EVERY_HOUR_ALIKE,
    patienceMs: 15_000,
    endMs,
    withSession: true,
  };
  return cast({ name: 'session-holders', pool: 'users', role: steadyUsers, options, zone: 'wan' });
}
