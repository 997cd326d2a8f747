/** The play: a key that signs every token is removed from the metadata, and put back two hours later. */
import { cast, type HostSpec, type Scenario } from '../../simulator/contract/index.ts';
import type { AssumptionValues } from '../../simulator/experiment/index.ts';
import { attacker } from '../../services/clients/attacker.ts';
import { defaultIdpOptions, idp, KEYS_PATH, type KeyPlan, type KeyRequest } from '../../services/idp/index.ts';
import { operator, orchestrator, type DatedActions } from '../../services/operator/index.ts';
import { applications, AUDIENCE, edgeOf, hostsOfApplication, INVALIDATED, ISSUER } from './applications.ts';
import { HISTORY_END_MS, HORIZON_MS, MINUTE_MS, OPENING_MS, REVERT_MS, ROLLBACK_MS, T0_MS } from './clock.ts';
import { sessionHolders, sessionSystem, users } from './people.ts';

/** The key marked “retain”, with which tokens are signed. */
export const RETAINED = 'retained';
/** Published beside it; signs nothing today. */
const OTHER = 'other';
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

export function scored(values: AssumptionValues, response: Response): Scenario {
  return play(values, HORIZON_MS, response);
}

function play(values: AssumptionValues, endMs: number, response: Response): Scenario {
  // Only what is restarted can fail to come up; to look at everything each second would be half of the run.
  const supervised = [INVALIDATED];
  return {
    id: 'azure-ad-2021-03-15',
    cast: [
      provider(values, keysOfTheDay()),
      ...system(values),
      cast({ name: 'orchestrator', pool: 'platform', role: orchestrator, options: { events: [], supervised } }),
      cast({ name: 'operator', pool: 'people', role: operator, options: operatorOptions(values, response) }),
      ...applications.map(({ name }) => users(name, values, endMs)),
      sessionHolders(values, endMs),
      ...attackers(OPENING_MS),
    ],
    faults: [],
    links: LINKS,
    windows: [{ fromMs: OPENING_MS, untilMs: endMs }],
    endMs,
  };
}

/** A1: removed while it signs, by a clean-up that did not look at its mark. */
function keysOfTheDay(): readonly KeyPlan[] {
  return [
    { kid: OTHER, publishedAtMs: LONG_AGO_MS, signsFromMs: LONG_AGO_MS, retiredAtMs: LONG_AGO_MS + MINUTE_MS },
    { kid: RETAINED, publishedAtMs: LONG_AGO_MS, signsFromMs: LONG_AGO_MS, removedAtMs: T0_MS },
  ];
}

export function provider(values: AssumptionValues, keys: readonly KeyPlan[]): HostSpec {
  const options = {
    ...defaultIdpOptions,
    issuer: ISSUER,
    audience: AUDIENCE,
    keys,
    accessTokenLifetimeMs: values['tokenLifetimeMs']!,
  };
  return cast({ name: 'idp', pool: 'idp', role: idp, options, zone: 'wan' });
}

/** The applications, and one that knows its users by a session of its own. */
export function system(values: AssumptionValues): readonly HostSpec[] {
  return [...applications.flatMap((application) => hostsOfApplication(application, values)), ...sessionSystem()];
}

/** Token requests a second that the provider could do: ample. */
export function idpCapacityPerSecond(): number {
  const { capacity, serviceTimes } = defaultIdpOptions;
  return (capacity.concurrency * 1000) / serviceTimes.token.meanMs;
}

/** The same in every run, at the applications with a short, a middling and a long memory; see services/clients/attacker.ts. */
export function attackers(startAtMs: number): readonly HostSpec[] {
  return ['asks-10m', 'waits-60m', 'keeps'].map((name) =>
    cast({
      name: `attacker-${name}`,
      pool: 'attackers',
      role: attacker,
      options: { everyMs: 30 * MINUTE_MS, tokens: { idp: 'idp', edge: edgeOf(name), path: '/api/data' } },
      zone: 'wan',
      startAtMs,
    }),
  );
}

export function operatorOptions(values: AssumptionValues, respondsTo: Response) {
  return {
    orchestrator: 'orchestrator',
    response: response(values),
    reports: { thresholdCount: values['reportsNeeded']!, triageMs: values['triageMs']! },
    onPage: {
      reactionMedianMs: values['reactionMedianMs']!,
      reactionSigma: 0.5,
      rightActionProbability: values['rightActionProbability']!,
    },
    respondsTo,
  };
}

/** The first step was wrong, and whoever begins earlier begins with it, too: the cause was found after it. */
function response(values: AssumptionValues): readonly DatedActions[] {
  const restored: KeyRequest = { changes: [{ kid: RETAINED, does: 'publish' }] };
  return [
    {
      atMs: REVERT_MS,
      label: 'last deployment reverted (A5)',
      actions: [{ kind: 'restart', pool: 'idp', everyMs: MINUTE_MS, graceMs: 10_000 }],
    },
    {
      atMs: ROLLBACK_MS,
      label: 'key metadata rolled back (A7)',
      actions: [{ kind: 'request', host: 'idp', path: KEYS_PATH, body: restored }],
    },
    {
      atMs: T0_MS + values['invalidationStartsMs']!,
      label: 'cached metadata invalidated (A9)',
      actions: [{ kind: 'restart', pool: INVALIDATED, everyMs: values['restartEveryMs']!, graceMs: 10_000 }],
    },
  ];
}
