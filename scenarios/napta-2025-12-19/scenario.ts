/** The play: two instances start while the key endpoints fail, swallow the error, and answer 401 until restarted. */
import { cast, type FaultSpec, type HostSpec, type Scenario } from '../../simulator/contract/index.ts';
import type { AssumptionValues } from '../../simulator/experiment/index.ts';
import { backend, defaultBackendOptions, verifierPreset, type BackendOptions } from '../../services/backend/index.ts';
import { attacker } from '../../services/clients/attacker.ts';
import { spa } from '../../services/clients/spa.ts';
import { bindFault, refuse } from '../../services/faults/index.ts';
import { defaultIdpOptions, idp } from '../../services/idp/index.ts';
import { operator, orchestrator, type DatedActions } from '../../services/operator/index.ts';
import { defaultRouterOptions, router } from '../../services/router/index.ts';
import { DETECTED_MS, HISTORY_END_MS, HORIZON_MS, MINUTE_MS, RESTART_MS, T0_MS } from './clock.ts';

const ISSUER = 'https://idp';
export const POOL = 'api';

type Response = 'published' | 'reports';

export const LINKS: Scenario['links'] = {
  default: { baseMs: 0.5, jitterMeanMs: 0.5 },
  'wan>lan': { baseMs: 15, jitterMeanMs: 10 },
  'lan>wan': { baseMs: 5, jitterMeanMs: 3 },
  'wan>wan': { baseMs: 20, jitterMeanMs: 10 },
};

/** The same in every run; see services/clients/attacker.ts. */
export const attackers: HostSpec = cast({
  name: 'attacker',
  pool: 'attackers',
  role: attacker,
  options: { everyMs: 30 * MINUTE_MS, tokens: { idp: 'idp', edge: 'router', path: '/api/data' } },
  zone: 'wan',
});

export function historical(values: AssumptionValues): Scenario {
  return play(values, HISTORY_END_MS, 'published');
}

export function scored(values: AssumptionValues, response: Response): Scenario {
  return play(values, HORIZON_MS, response);
}

function play(values: AssumptionValues, endMs: number, response: Response): Scenario {
  return {
    id: 'napta-2025-12-19',
    cast: [
      ...system(values),
      cast({
        name: 'orchestrator',
        pool: 'platform',
        role: orchestrator,
        options: { events: [scaleOut(values)], supervised: [POOL] },
      }),
      cast({ name: 'operator', pool: 'people', role: operator, options: operatorOptions(values, response) }),
      users(values, endMs),
      attackers,
    ],
    faults: [keysUnreachable(values)],
    links: LINKS,
    windows: [{ fromMs: 0, untilMs: endMs }],
    endMs,
  };
}

/** The identity provider, the balancer and the instances. */
export function system(values: AssumptionValues): readonly HostSpec[] {
  const instances = Array.from({ length: values['instances']! }, (_, index) => instance(index, values));
  const idpOptions = {
    ...defaultIdpOptions,
    issuer: ISSUER,
    audience: POOL,
    accessTokenLifetimeMs: values['tokenLifetimeMs']!,
  };
  return [
    cast({ name: 'idp', pool: 'idp', role: idp, options: idpOptions, zone: 'wan' }),
    ...instances,
    cast({ name: 'router', pool: 'edge', role: router, options: { ...defaultRouterOptions, pool: POOL } }),
  ];
}

/** Token requests a second that the provider could do: ample, it is somebody else’s cloud service. */
export function idpCapacityPerSecond(): number {
  const { capacity, serviceTimes } = defaultIdpOptions;
  return (capacity.concurrency * 1000) / serviceTimes.token.meanMs;
}

function instance(index: number, values: AssumptionValues): HostSpec {
  const options: BackendOptions = {
    ...defaultBackendOptions,
    idp: { host: 'idp', issuer: ISSUER, audience: POOL },
    verifier: verifierPreset('boot-fetch-swallowed').profile,
    bootMs: values['bootMs']!,
  };
  const isNew = index >= values['instances']! - values['startedInside']!;
  // The old ones have been up since before the scenario: they boot at its beginning, when the provider is well.
  return cast({ name: instanceName(index), pool: POOL, role: backend, options, startAtMs: isNew ? 'never' : 0 });
}

export function instanceName(index: number): string {
  return `api-${String(index + 1).padStart(2, '0')}`;
}

/** N3: the instances that start inside the window. */
function scaleOut(values: AssumptionValues): DatedActions {
  const first = values['instances']! - values['startedInside']!;
  const actions = Array.from({ length: values['startedInside']! }, (_, index) => ({
    kind: 'start' as const,
    instance: instanceName(first + index),
  }));
  return { atMs: T0_MS - values['startBeforeT0Ms']!, label: 'scale-out', actions };
}

/** N2: only what instances need to verify tokens is unreachable; sign-in keeps working. */
function keysUnreachable(values: AssumptionValues): FaultSpec {
  return bindFault(refuse(), {
    id: 'idp-keys-unreachable',
    target: 'idp',
    endpoints: ['/jwks', '/.well-known/openid-configuration'],
    fromMs: T0_MS + values['outageFromMs']!,
    untilMs: T0_MS + values['outageUntilMs']!,
  });
}

export function operatorOptions(values: AssumptionValues, respondsTo: Response) {
  return {
    orchestrator: 'orchestrator',
    response: [
      { atMs: DETECTED_MS, label: 'detected after user reports (N8)', actions: [] },
      {
        atMs: RESTART_MS,
        label: 'restart of the affected services (N9)',
        actions: [{ kind: 'restart' as const, pool: POOL, everyMs: values['restartEveryMs']!, graceMs: 10_000 }],
      },
    ],
    reports: { thresholdCount: values['reportsNeeded']!, triageMs: values['triageMs']! },
    onPage: {
      reactionMedianMs: values['reactionMedianMs']!,
      reactionSigma: 0.5,
      rightActionProbability: values['rightActionProbability']!,
    },
    respondsTo,
  };
}

export function users(values: AssumptionValues, endMs: number): HostSpec {
  const options = {
    population: 'users',
    userCount: values['users']!,
    edge: 'router',
    idp: 'idp',
    operator: 'operator',
    clientId: 'web-app',
    // Everybody is at work when the scenario begins; sign-ins are spread so that tokens do not expire together.
    arriveFromMs: 2 * MINUTE_MS,
    arriveUntilMs: 12 * MINUTE_MS,
    leaveMeanMs: Math.min(values['leaveMeanMs']!, endMs),
    leaveSdMs: values['leaveSdMs']!,
    actionMeanMs: values['actionMeanMs']!,
    patienceMs: 15_000,
    signInEffortMs: values['signInEffortMs']!,
    giveUpAfterAttempts: values['giveUpAfterAttempts']!,
    reports: {
      afterTroubles: 2,
      probability: values['reportProbability']!,
      delayMedianMs: values['reportDelayMedianMs']!,
      delaySigma: 0.8,
    },
  };
  return cast({ name: 'crowd', pool: 'users', role: spa, options, zone: 'wan' });
}
