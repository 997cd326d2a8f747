/** The play: tokens of old clients expire, each client presents its dead token again and again, the auth service drowns. */
import { cast, type HostSpec, type Scenario } from '../../simulator/contract/index.ts';
import type { AssumptionValues } from '../../simulator/experiment/index.ts';
import { operator, orchestrator, type DatedActions, type OperatorOptions } from '../../services/operator/index.ts';
import { attacker } from '../../services/clients/attacker.ts';
import { RATE_LIMIT_PATH, type RateLimitOptions } from '../../services/admission/index.ts';
import { HISTORY_END_MS, HORIZON_MS, HOUR_MS, RECOVERY_MS } from './clock.ts';
import { people } from './people.ts';
import { system } from './system.ts';

type ResponseMode = OperatorOptions['respondsTo'];

/** The same in every run; see services/clients/attacker.ts. */
const attackers: HostSpec = cast({
  name: 'attacker',
  pool: 'attackers',
  role: attacker,
  options: {
    everyMs: HOUR_MS,
    tokens: { idp: 'auth', edge: 'auth', path: '/userinfo' },
    cookies: { edge: 'messaging', path: '/app/messages' },
  },
  zone: 'wan',
});

export function historical(values: AssumptionValues): Scenario {
  return play(values, HISTORY_END_MS, 'published');
}

export function scored(values: AssumptionValues, response: NonNullable<ResponseMode>): Scenario {
  return play(values, HORIZON_MS, response);
}

/** The incident’s cast and timetable up to `endMs`. */
export function play(values: AssumptionValues, endMs: number, respondsTo: NonNullable<ResponseMode>): Scenario {
  return {
    id: 'cytracom-2021-03-16',
    cast: [...system(values), ...organisation(values, respondsTo), ...people(values, endMs), attackers],
    faults: [],
    links: {
      default: { baseMs: 0.5, jitterMeanMs: 0.5 },
      'wan>lan': { baseMs: 25, jitterMeanMs: 15 },
      'lan>wan': { baseMs: 25, jitterMeanMs: 15 },
    },
    windows: [{ fromMs: 0, untilMs: endMs }],
    endMs,
  };
}

function organisation(values: AssumptionValues, respondsTo: NonNullable<ResponseMode>): readonly HostSpec[] {
  const options: OperatorOptions = {
    orchestrator: 'orchestrator',
    response: [recovery(values)],
    reports: { thresholdCount: Math.ceil(values['reportsNeeded']! * values['scale']!), triageMs: values['triageMs']! },
    onPage: {
      reactionMedianMs: values['reactionMedianMs']!,
      reactionSigma: 0.5,
      rightActionProbability: values['rightActionProbability']!,
    },
    respondsTo,
  };
  return [
    cast({ name: 'orchestrator', pool: 'platform', role: orchestrator, options: { events: [], supervised: [] } }),
    cast({ name: 'operator', pool: 'people', role: operator, options }),
  ];
}

/** C9: the services are recovered (restarted, which empties their queue) and a rate limit is set. */
function recovery(values: AssumptionValues): DatedActions {
  const body: RateLimitOptions = ownersRateLimit(values);
  return {
    atMs: RECOVERY_MS,
    label: 'auth service recovered, rate limiting set (C9)',
    actions: [
      { kind: 'restart', pool: 'auth', everyMs: 5_000, graceMs: 1_000 },
      { kind: 'request', host: 'auth', path: RATE_LIMIT_PATH, body },
    ],
  };
}

export function ownersRateLimit(values: AssumptionValues): RateLimitOptions {
  return {
    ratePerSecond: values['rateLimitPerMinute']! / 60,
    burstCount: values['rateLimitBurst']!,
    clientKey: 'source',
    paths: ['/token'],
    retryAfterSeconds: 60,
  };
}
