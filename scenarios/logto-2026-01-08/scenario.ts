/** The play: a key is rotated while a cache that nobody thought of goes on serving the old key set. */
import { cast, type HostSpec, type Scenario } from '../../simulator/contract/index.ts';
import type { AssumptionValues } from '../../simulator/experiment/index.ts';
import { attacker } from '../../services/clients/attacker.ts';
import { consoleUsers } from '../../services/clients/console-users.ts';
import { defaultEdgeCacheOptions, edgeCache, type CacheRule } from '../../services/edge-cache/index.ts';
import { defaultIdpOptions, idp, type KeyPlan } from '../../services/idp/index.ts';
import { operator, orchestrator } from '../../services/operator/index.ts';
import { HISTORY_END_MS, HORIZON_MS, MINUTE_MS, OPENING_MS, T0_MS } from './clock.ts';
import { response } from './response.ts';
import { AUDIENCE, CACHED_DOMAIN, hostsOfTenants, ISSUER, OTHER_DOMAIN, routerOf, tenants, users } from './tenants.ts';

export const OLD_KEY = 'key-1';
export const NEW_KEY = 'key-2';
export const CONSOLE = 'console';
const LONG_AGO_MS = -30 * 86_400_000;

type Response = 'published' | 'reports';

export const LINKS: Scenario['links'] = {
  default: { baseMs: 0.5, jitterMeanMs: 0.5 },
  'wan>lan': { baseMs: 15, jitterMeanMs: 10 },
  'lan>wan': { baseMs: 5, jitterMeanMs: 3 },
  'wan>wan': { baseMs: 20, jitterMeanMs: 10 },
};

export function historical(values: AssumptionValues): Scenario {
  return play(values, HISTORY_END_MS, 'published');
}

export function scored(values: AssumptionValues, respondsTo: Response): Scenario {
  return play(values, HORIZON_MS, respondsTo);
}

function play(values: AssumptionValues, endMs: number, respondsTo: Response): Scenario {
  const supervised = tenants.map(({ name }) => name);
  return {
    id: 'logto-2026-01-08',
    cast: [
      ...system(values, keysOfTheDay(values)),
      cast({ name: 'orchestrator', pool: 'platform', role: orchestrator, options: { events: [], supervised } }),
      cast({ name: 'operator', pool: 'people', role: operator, options: operatorOptions(values, respondsTo) }),
      ...people(values, endMs),
      ...attackers,
    ],
    faults: [],
    links: LINKS,
    windows: [{ fromMs: 0, untilMs: endMs }],
    endMs,
  };
}

/** L2: without overlap, the new key takes the place of the old one. */
function keysOfTheDay(values: AssumptionValues): readonly KeyPlan[] {
  return [
    {
      kid: OLD_KEY,
      publishedAtMs: LONG_AGO_MS,
      signsFromMs: LONG_AGO_MS,
      retiredAtMs: T0_MS,
      removedAtMs: T0_MS + values['retainOldKeyMs']!,
    },
    { kid: NEW_KEY, publishedAtMs: T0_MS, signsFromMs: T0_MS },
  ];
}

/** The provider, the edges before its two domains, and the tenants. */
export function system(values: AssumptionValues, keys: readonly KeyPlan[]): readonly HostSpec[] {
  const options = {
    ...defaultIdpOptions,
    issuer: ISSUER,
    audience: AUDIENCE,
    keys,
    accessTokenLifetimeMs: values['tokenLifetimeMs']!,
  };
  return [
    cast({ name: 'idp', pool: 'idp', role: idp, options, zone: 'wan' }),
    edge(CACHED_DOMAIN, [keySetRule(values)], values),
    edge(OTHER_DOMAIN, [], values),
    ...tenants.flatMap((group) => hostsOfTenants(group, values)),
  ];
}

function edge(name: string, rules: readonly CacheRule[], values: AssumptionValues): HostSpec {
  const options = { ...defaultEdgeCacheOptions, origin: 'idp', rules, locationCount: values['locations']!, warm: true };
  return cast({ name, pool: 'edges', role: edgeCache, options, zone: 'wan' });
}

/** The setting that was to be off. */
function keySetRule(values: AssumptionValues): CacheRule {
  return {
    path: '/jwks',
    maxAgeMs: values['edgeMaxAgeMs']!,
    staleWhileRevalidateMs: 0,
    staleIfErrorMs: 0,
    readerMaxAgeMs: values['browserMaxAgeMs']!,
  };
}

/** Token requests a second that the provider could do: ample. */
export function idpCapacityPerSecond(): number {
  const { capacity, serviceTimes } = defaultIdpOptions;
  return (capacity.concurrency * 1000) / serviceTimes.token.meanMs;
}

/** The same in every run, at each group of tenants; see services/clients/attacker.ts. */
export const attackers: readonly HostSpec[] = tenants.map(({ name }) =>
  cast({
    name: `attacker-${name}`,
    pool: 'attackers',
    role: attacker,
    options: { everyMs: 15 * MINUTE_MS, tokens: { idp: 'idp', edge: routerOf(name), path: '/api/data' } },
    zone: 'wan',
  }),
);

export function people(values: AssumptionValues, endMs: number): readonly HostSpec[] {
  return [...tenants.map(({ name }) => users(name, values, endMs)), consolePeople(values, endMs)];
}

function consolePeople(values: AssumptionValues, endMs: number): HostSpec {
  const options = {
    population: CONSOLE,
    userCount: values['consoleUsers']!,
    idp: 'idp',
    clientId: 'console',
    keysFrom: CACHED_DOMAIN,
    keysPath: '/jwks',
    operator: 'operator',
    fromMs: OPENING_MS,
    untilMs: endMs,
    visitEveryMeanMs: values['consoleVisitEveryMs']!,
    visitMs: 15 * MINUTE_MS,
    patienceMs: 15_000,
    retryAfterMeanMs: 20_000,
    triesBeforeGivingUp: 4,
    privateWindowAfterTries: 2,
    privateWindowProbability: values['privateWindowProbability']!,
    reports: {
      afterTroubles: 3,
      probability: values['reportProbability']!,
      delayMedianMs: values['reportDelayMedianMs']!,
      delaySigma: 0.8,
    },
  };
  return cast({ name: 'console-people', pool: 'users', role: consoleUsers, options, zone: 'wan' });
}

export function operatorOptions(values: AssumptionValues, respondsTo: Response) {
  return {
    orchestrator: 'orchestrator',
    response,
    reports: { thresholdCount: values['reportsNeeded']!, triageMs: values['triageMs']! },
    onPage: {
      reactionMedianMs: values['reactionMedianMs']!,
      reactionSigma: 0.5,
      rightActionProbability: values['rightActionProbability']!,
    },
    respondsTo,
  };
}
