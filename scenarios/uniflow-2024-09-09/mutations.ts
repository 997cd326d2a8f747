/** Breaks of the mechanism, each with the facts that must then fail: what shows that a fact is not true by itself. */
import {
  hostsOf,
  withRole,
  type Handler,
  type Process,
  type Request,
  type Response,
  type Scenario,
} from '../../simulator/contract/index.ts';
import type { Mutation } from '../../simulator/experiment/index.ts';
import { backend, type BackendOptions } from '../../services/backend/index.ts';
import { browserSessions } from '../../services/clients/browser-session.ts';
import { operator, orchestrator, type DatedActions } from '../../services/operator/index.ts';
import { router } from '../../services/router/index.ts';
import { T0_MS } from './clock.ts';
import { edgeOf, HARDWARE } from './system.ts';

export const mutations: readonly Mutation[] = [
  {
    id: 'shared-key',
    sentence: 'Session keys do not depend on the platform.',
    breaks: ['U2', 'U3', 'U4', 'U5', 'U6', 'U7', 'U9', 'U10'],
    apply: (scenario) => withRole(scenario, backend, sharedKey),
  },
  {
    id: 'key-per-host',
    sentence: 'Each instance has a platform value of its own, which cycling on the same hosts cannot change.',
    breaks: ['U2', 'U4', 'U5', 'U9', 'U10'],
    apply: keyPerHost,
  },
  {
    id: 'answers-401',
    sentence: 'Rejected sessions are answered with a 401 instead of a redirect to the login screen.',
    breaks: ['U3'],
    apply: answers401,
  },
  {
    id: 'one-connection',
    sentence: 'A browser uses a single connection.',
    breaks: ['U4'],
    apply: (scenario) =>
      withRole(scenario, browserSessions, (options) => ({ ...options, page: { ...options.page, connectionCount: 1 } })),
  },
  {
    id: 'connections-stay-open',
    sentence: 'Idle connections are never closed.',
    breaks: ['U7'],
    apply: (scenario) => withRole(scenario, router, (options) => ({ ...options, connectionIdleMs: Infinity })),
  },
  {
    id: 'every-stamp-touched',
    sentence: 'The scaling event hits every stamp of the EU deployment.',
    breaks: ['U5'],
    apply: (scenario) => touchAlso(scenario, 'eu-'),
  },
  {
    id: 'both-deployments-touched',
    sentence: 'The scaling event hits the other deployment as well.',
    breaks: ['U8'],
    apply: (scenario) => touchAlso(scenario, 'us-'),
  },
  {
    id: 'admins-on-one-stamp',
    sentence: 'All administrators are served by a stamp that is not touched.',
    breaks: ['U6'],
    apply: (scenario) =>
      withRole(scenario, browserSessions, (options) => {
        return options.population === 'admins' ? { ...options, edges: [edgeOf('eu-1')] } : options;
      }),
  },
  {
    id: 'no-cycle',
    sentence: 'Nobody cycles the web roles on September 9.',
    breaks: ['U9', 'U10'],
    apply: (scenario) => withRole(scenario, operator, (options) => ({ ...options, response: [] })),
  },
  {
    id: 'no-further-events',
    sentence: 'There is no scaling event on September 25 and 27.',
    breaks: ['U10'],
    apply: (scenario) =>
      withRole(scenario, orchestrator, (options) => ({
        ...options,
        events: options.events.filter(({ atMs }) => atMs === T0_MS),
      })),
  },
];

function sharedKey(options: BackendOptions): BackendOptions {
  if (options.session === undefined) return options;
  const { platformValue: _bond, ...session } = options.session;
  return { ...options, session };
}

function keyPerHost(scenario: Scenario): Scenario {
  const named = scenario.cast.map((host) => ({ ...host, platform: { ...host.platform, [HARDWARE]: host.name } }));
  const still = (events: readonly DatedActions[]): readonly DatedActions[] =>
    events.map((event) => ({ ...event, actions: event.actions.filter(({ kind }) => kind !== 'set-platform') }));
  return withRole({ ...scenario, cast: named }, orchestrator, (options) => ({
    ...options,
    events: still(options.events),
  }));
}

function answers401(scenario: Scenario): Scenario {
  const wrap =
    (inner: Handler): Handler =>
    (request) =>
      unauthorized(inner, request);
  const hosts = scenario.cast.map((host) => {
    return (host.role as unknown) === backend ? { ...host, wraps: [...(host.wraps ?? []), wrap] } : host;
  });
  return { ...scenario, cast: hosts };
}

function* unauthorized(inner: Handler, request: Request): Process<Response> {
  const response = yield* inner(request);
  const isRejection = request.path.startsWith('/app/') && response.status === 302;
  return isRejection ? { ...response, status: 401 } : response;
}

/** What happens to a stamp at T0 happens to all whose name begins so. */
function touchAlso(scenario: Scenario, prefix: string): Scenario {
  const pools = new Map<string, string[]>();
  for (const { name, pool } of hostsOf(scenario, backend)) {
    if (pool.startsWith(prefix)) pools.set(pool, [...(pools.get(pool) ?? []), name]);
  }
  const further = [...pools].map(([pool, instances]): DatedActions => {
    const moved = instances.slice(-1);
    return {
      atMs: T0_MS,
      label: `scaling event at ${pool}`,
      actions: [
        { kind: 'set-platform', instances, values: { [HARDWARE]: 'generation-2' } },
        { kind: 'move', instances: moved, downMs: 60_000, graceMs: 10_000 },
      ],
    };
  });
  return withRole(scenario, orchestrator, (options) => {
    const others = options.events.filter(({ atMs, label }) => atMs !== T0_MS || !label.includes(` ${prefix}`));
    return { ...options, events: [...others, ...further] };
  });
}
