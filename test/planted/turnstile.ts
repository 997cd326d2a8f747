/**
 * An incident made for tests, a few thousand events long: one door, some users, ten minutes in which it refuses a share of
 * them. Small enough to be replayed on many seeds within a test.
 */
import {
  ACTED,
  cast,
  keyOf,
  withRole,
  type Draws,
  type FaultSpec,
  type Handler,
  type Mitigation,
  type Process,
  type Request,
  type Role,
  type Scenario,
  type World,
} from '../../simulator/contract/index.ts';
import type { AssumptionValues, Incident, RecordView, RunFact, SweepFact } from '../../simulator/experiment/index.ts';

const MINUTE_MS = 60_000;
export const FROM_MS = 5 * MINUTE_MS;
export const UNTIL_MS = 15 * MINUTE_MS;
export const END_MS = 30 * MINUTE_MS;
export const USER_COUNT = 10;

interface VisitorOptions {
  readonly tries: number;
  /** The mitigation that second tries are noted for. */
  readonly actedAs?: string;
}

export const visitors: Role<VisitorOptions> = { name: 'visitors', main: visit };
const door: Role<undefined> = { name: 'door', main: open };

function* open(world: World): Process<void> {
  yield* world.timers.sleep(1_000);
  const requests = world.journal.counter('door.requests');
  world.network.listen(function* (request) {
    requests.add();
    yield* world.timers.sleep(20);
    return { status: 200, body: request.path };
  });
  world.journal.note('door.open');
}

function* visit(world: World, options: VisitorOptions): Process<void> {
  for (let user = 0; user < USER_COUNT; user++) world.tasks.spawn(oneVisitor(world, options, user));
  yield* world.timers.sleep(Infinity);
}

function* oneVisitor(world: World, options: VisitorOptions, user: number): Process<void> {
  const { journal, timers, clock } = world;
  const think = world.drawsOf('population/visitors', 'think');
  const intentions = journal.counter('user.intentions', { population: 'visitors' });
  const failures = journal.counter('user.intentions-failed', { population: 'visitors' });
  yield* timers.sleep(MINUTE_MS);
  for (let action = 0; ; action++) {
    intentions.add();
    const startMs = clock.nowMs();
    const status = yield* enter(world, options, user, action);
    if (status !== 200) {
      failures.add();
      journal.disrupted('visitors', user, startMs, clock.nowMs());
    }
    journal.step(`v${user}`, status === 200 ? `entry ${action}: ok` : `entry ${action}: refused`, { status });
    yield* timers.sleep(think.exponential(MINUTE_MS, user, action));
  }
}

function* enter(world: World, { tries, actedAs }: VisitorOptions, user: number, action: number): Process<number> {
  let status = 0;
  for (let attempt = 0; attempt < tries; attempt++) {
    if (attempt > 0) {
      world.journal.note(ACTED, { mitigation: actedAs ?? '' });
      yield* world.timers.sleep(1_000);
    }
    const name = `v${user}`;
    const request: Request = {
      method: 'GET',
      path: '/in',
      source: name,
      chain: name,
      key: keyOf(user, action, attempt),
    };
    status = (yield* world.network.call('door', request, { timeoutMs: 5_000 })).status;
    if (status === 200) break;
  }
  return status;
}

/** Refuses a share of the requests from 5 to 15 minutes. */
export function refusal(ratio: number, untilMs: number = UNTIL_MS): FaultSpec {
  return {
    id: 'refusal',
    mechanism: 'status',
    target: 'door',
    fromMs: FROM_MS,
    untilMs,
    sentence: `the door refuses ${ratio * 100} % of the visitors`,
    wrap: (inner, world) => refusing(inner, world, world.draws('refusal'), ratio, untilMs),
  };
}

function refusing(inner: Handler, world: World, draws: Draws, ratio: number, untilMs: number): Handler {
  const hits = world.journal.counter('fault.hits', { fault: 'refusal' });
  return function* (request) {
    const nowMs = world.clock.nowMs();
    if (nowMs < FROM_MS || nowMs >= untilMs || !draws.chance(ratio, request.key)) return yield* inner(request);
    hits.add();
    world.journal.step(request.chain, 'is refused at the door', { fault: 'refusal' });
    return { status: 401 };
  };
}

export function turnstilePlay(values: AssumptionValues): Scenario {
  return {
    id: 'turnstile',
    cast: [
      cast({ name: 'door', pool: 'doors', role: door, options: undefined }),
      cast({ name: 'visitors', pool: 'clients', role: visitors, options: { tries: 1 } }),
    ],
    faults: [refusal(values['refusedRatio']!)],
    links: { default: { baseMs: 1, jitterMeanMs: 1 } },
    windows: [{ fromMs: 0, untilMs: END_MS }],
    endMs: END_MS,
  };
}

const failuresAfter = (view: RecordView, fromMs: number): number =>
  view.total('user.intentions-failed', {}, { fromMs, untilMs: END_MS });

export const facts: readonly [RunFact, RunFact, SweepFact] = [
  {
    id: 'T1',
    kind: 'stated',
    scope: 'run',
    report: 'visitors were refused',
    check: (view) => {
      const count = view.total('user.intentions-failed');
      return { holds: count > 0, expected: 'some refusals', observed: `${count} refusals`, tolerance: 'more than 0' };
    },
  },
  {
    id: 'T2',
    kind: 'inferred',
    scope: 'run',
    report: 'from 10:15 on nobody was',
    check: (view) => {
      const count = failuresAfter(view, UNTIL_MS);
      return { holds: count === 0, expected: 'none after 10:15', observed: `${count} after`, tolerance: 'exact' };
    },
  },
  {
    id: 'T3',
    kind: 'fitted',
    fittedBy: ['refusedRatio'],
    scope: 'sweep',
    report: 'the more were refused, the worse',
    minimumSeeds: 3,
    variants: [{}, { refusedRatio: 0.9 }],
    observe: (view) => view.total('user.intentions-failed'),
    check: ([few = [], many = []]) => {
      const [low, high] = [few, many].map((list) => list.reduce((sum, count) => sum + count, 0));
      const holds = few.length === many.length && low! < high!;
      return { holds, expected: 'more at 0.9', observed: `${low} and ${high}`, tolerance: 'less than' };
    },
  },
];

/** Starts at 10:00 UTC on a Monday. */
export const turnstile: Incident = {
  id: 'turnstile',
  title: 'A door that refused some of its visitors',
  sentence: 'A door refuses some visitors for ten minutes.',
  clock: { zone: 'UTC', utcOffsetMinutes: 0, startsAt: '2024-01-01T10:00', t0Ms: FROM_MS },
  publishedDurationMs: UNTIL_MS - FROM_MS,
  assumptions: [
    { id: 'refusedRatio', value: 0.5, low: 0, high: 1, unit: 'share', sentence: 'Share of visitors that are refused.' },
  ],
  historical: turnstilePlay,
  scored: turnstilePlay,
  fairWeather: (values) => ({ ...turnstilePlay(values), faults: [] }),
  facts,
  timeline: () => [
    { atMs: FROM_MS, kind: 'input', text: 'the door begins to refuse' },
    { atMs: UNTIL_MS, kind: 'annotation', text: 'status post' },
  ],
  mutations: [],
  populations: ['visitors'],
  authLoad: { counter: 'door.requests', capacityPerSecond: () => 10 },
};

/** Visitors try twice. */
export const secondTry: Mitigation = {
  id: 'second-try',
  sentence: 'A refused visitor tries once more after a second.',
  source: 'made for tests',
  family: 'keys-missing-at-start',
  place: 'edge',
  hurtsWhen: 'Never.',
  change: '+ made up',
  apply: (scenario) => withRole(scenario, visitors, (options) => ({ ...options, tries: 2, actedAs: 'second-try' })),
};

/** Changes nothing, never acts. */
export const bystander: Mitigation = {
  id: 'bystander',
  sentence: 'Stands by.',
  source: 'made for tests',
  family: 'keys-missing-at-start',
  place: 'edge',
  hurtsWhen: 'Never.',
  change: '+ made up',
  apply: (scenario) => scenario,
};

export const cookieJar: Mitigation = {
  id: 'cookie-jar',
  sentence: 'Keeps cookies.',
  source: 'made for tests',
  family: 'keys-missing-at-start',
  place: 'edge',
  hurtsWhen: 'Never.',
  change: '+ made up',
  apply: () => ({ notApplicable: 'no session cookie here' }),
};
