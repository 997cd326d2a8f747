/** Traffic that must not notice: users with a session, and everything that does not cross the auth service. */
import { keyOf, type Process, type Request, type Role, type World } from '../../simulator/contract/index.ts';
import { Tally } from './tally.ts';
import { momentOfDay } from './working-day.ts';

/** When everything that boots at the beginning of a scenario is up. */
const SETTLED_MS = 120_000;

export interface SteadyUsersOptions {
  readonly population: string;
  /** Kind of request, as the counters name it. */
  readonly request: string;
  readonly target: string;
  readonly path: string;
  readonly perDay: number;
  readonly midnightsMs: readonly number[];
  readonly weights: readonly number[];
  readonly patienceMs: number;
  readonly endMs: number;
  /** Whether each request bears a session cookie obtained from the target at the beginning. */
  readonly withSession: boolean;
}

export const steadyUsers: Role<SteadyUsersOptions> = { name: 'steady-users', main };

type Cookies = NonNullable<Request['cookies']>;

function* main(world: World, options: SteadyUsersOptions): Process<void> {
  const crowd = new SteadyCrowd(world, options);
  yield* crowd.signInEarlier();
  for (const [index, atMs] of plannedMoments(world, options).entries()) {
    yield* world.timers.sleepUntil(atMs);
    world.tasks.spawn(crowd.act(index));
  }
  yield* world.timers.sleep(Infinity);
}

function plannedMoments(world: World, options: SteadyUsersOptions): readonly number[] {
  const draws = world.drawsOf(`population/${options.population}`, 'moment');
  const planned: number[] = [];
  for (const [day, midnightMs] of options.midnightsMs.entries()) {
    for (let index = 0; index < options.perDay; index++) {
      planned.push(midnightMs + momentOfDay(options.weights, draws, day * options.perDay + index, 0));
    }
  }
  return planned.filter((atMs) => atMs > world.clock.nowMs() && atMs < options.endMs).sort((a, b) => a - b);
}

class SteadyCrowd {
  readonly #world: World;
  readonly #options: SteadyUsersOptions;
  readonly #tally: Tally;
  #cookies: Cookies | undefined = undefined;

  constructor(world: World, options: SteadyUsersOptions) {
    this.#world = world;
    this.#options = options;
    this.#tally = new Tally(world, options.population);
  }

  /** The session that these users have had for days: got once the target is up. */
  *signInEarlier(): Process<void> {
    const { target, population, withSession } = this.#options;
    if (!withSession) return;
    yield* this.#world.timers.sleep(SETTLED_MS);
    const body = { user: population };
    const request: Request = { method: 'POST', path: '/login', body, source: population, key: keyOf(0x5e55) };
    const reply = yield* this.#world.network.call(target, request);
    if (reply.status === 302 && reply.cookies !== undefined) this.#cookies = reply.cookies as Cookies;
  }

  *act(index: number): Process<void> {
    const { clock, network, journal } = this.#world;
    const { population, path, target, patienceMs } = this.#options;
    const startMs = clock.nowMs();
    this.#tally.intentions.add();
    const source = `${population}-${index}`;
    const request: Request = { method: 'GET', path, source, chain: source, key: keyOf(index, 0x57ea) };
    const full = this.#cookies === undefined ? request : { ...request, cookies: this.#cookies };
    const reply = yield* network.call(target, full, { timeoutMs: patienceMs });
    const outcome = this.#tally.attempt(this.#options.request, reply, clock.nowMs() - startMs);
    journal.step(source, `${this.#options.request}: ${outcome}`, { status: reply.status });
    if (outcome === 'ok') return;
    this.#tally.failedIntentions.add();
    journal.disrupted(population, index, startMs, clock.nowMs());
  }
}
