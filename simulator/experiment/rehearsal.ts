/**
 * The smallest incident there is: a crowd whose door is shut for a while, and three things that somebody could have done
 * about it. For trying out experiments without waiting for a real one.
 */
import {
  ACTED,
  cast,
  hostsOf,
  withRole,
  type Handler,
  type Mitigation,
  type Process,
  type Request,
  type Response,
  type Role,
  type Scenario,
  type World,
} from '../contract/index.ts';
import type { AssumptionValues, Incident } from './incident.ts';

const MINUTE_MS = 60_000;
export const T0_MS = 10 * MINUTE_MS;

interface DoorOptions {
  readonly shutFromMs: number;
  readonly shutUntilMs: number;
  /** Opens it at once when it finds it shut. */
  readonly keeper?: string;
}

const door: Role<DoorOptions> = { name: 'door', main: keepDoor };

function* keepDoor(world: World, options: DoorOptions): Process<void> {
  const service = new Door(world, options);
  world.network.listen((request) => service.answer(request));
}

class Door {
  readonly #world: World;
  readonly #options: DoorOptions;

  constructor(world: World, options: DoorOptions) {
    this.#world = world;
    this.#options = options;
  }

  *answer(_request: Request): Process<Response> {
    const { clock, journal } = this.#world;
    const { shutFromMs, shutUntilMs, keeper } = this.#options;
    journal.counter('door.requests').add();
    if (clock.nowMs() < shutFromMs || clock.nowMs() >= shutUntilMs) return { status: 200 };
    if (keeper === undefined) return { status: 503 };
    journal.note(ACTED, { mitigation: keeper });
    return { status: 200 };
  }
}

const crowd: Role<number> = { name: 'crowd', main: come };

function* come(world: World, userCount: number): Process<void> {
  for (let user = 0; user < userCount; user++) world.tasks.spawn(visit(world, user));
  yield* world.timers.sleep(Infinity);
}

/** Each user wants one thing every few minutes, at moments of their own. */
function* visit(world: World, user: number): Process<void> {
  const think = world.drawsOf('population/users', 'think');
  const labels = { population: 'users' };
  const { journal, timers, clock, network } = world;
  for (let action = 0; ; action++) {
    yield* timers.sleep(think.exponential(3 * MINUTE_MS, user, action));
    journal.counter('user.intentions', labels).add();
    const sentMs = clock.nowMs();
    const request: Request = { method: 'GET', path: '/', source: `u${user}`, key: user * 1_000 + action };
    const reply = yield* network.call('door', request);
    if (reply.status === 200) continue;
    journal.counter('user.intentions-failed', labels).add();
    journal.disrupted('users', user, sentMs, clock.nowMs());
  }
}

function play(values: AssumptionValues, endMs: number, shutUntilMs: number): Scenario {
  const shut: DoorOptions = { shutFromMs: T0_MS, shutUntilMs };
  return {
    id: 'rehearsal',
    cast: [
      cast({ name: 'door', pool: 'doors', role: door, options: shut }),
      cast({ name: 'crowd', pool: 'users', role: crowd, options: values['users']! }),
    ],
    faults: [],
    links: { default: { baseMs: 1, jitterMeanMs: 1 } },
    windows: [{ fromMs: 0, untilMs: endMs }],
    endMs,
  };
}

export const incident: Incident = {
  id: 'rehearsal',
  title: 'A rehearsal',
  sentence: 'A door is shut for twenty minutes.',
  clock: { zone: 'UTC', utcOffsetMinutes: 0, startsAt: '2025-01-01T12:00', t0Ms: T0_MS },
  publishedDurationMs: 20 * MINUTE_MS,
  assumptions: [
    { id: 'users', value: 20, low: 1, high: 1_000, unit: 'users', sentence: 'Who comes.' },
    { id: 'shutMs', value: 20 * MINUTE_MS, low: 0, high: 30 * MINUTE_MS, unit: 'ms', sentence: 'How long it is shut.' },
  ],
  historical: (values) => play(values, T0_MS + 40 * MINUTE_MS, T0_MS + values['shutMs']!),
  scored: (values) => play(values, T0_MS + 30 * MINUTE_MS, T0_MS + values['shutMs']!),
  fairWeather: (values) => play(values, T0_MS + 10 * MINUTE_MS, T0_MS),
  facts: [],
  timeline: () => [],
  mutations: [],
  populations: ['users'],
  authLoad: { counter: 'door.requests', capacityPerSecond: () => 1 },
};

function mitigation(id: string, apply: Mitigation['apply']): Mitigation {
  const kind = { family: 'keys-missing-at-start', place: 'edge', hurtsWhen: 'Never.', change: '+ made up' } as const;
  return { id, ...kind, sentence: `The mitigation ${id}.`, source: 'Made up.', apply };
}

/** Opens the door whenever it is found shut, and says so. */
export const doorKeeper = mitigation('door-keeper', (scenario) =>
  withRole(scenario, door, (options) => ({ ...options, keeper: 'door-keeper' })),
);

const pass = (inner: Handler): Handler => inner;

/** A wrap around every handler that does nothing. */
export const idleWrap = mitigation('idle-wrap', (scenario) => ({
  ...scenario,
  cast: scenario.cast.map((host) => ({ ...host, wraps: [pass] })),
}));

export const windowCleaner = mitigation('window-cleaner', (scenario) =>
  hostsOf(scenario, { name: 'window', main: keepDoor }).length === 0 ? { notApplicable: 'no window here' } : scenario,
);
