/**
 * People without a session who want to sign in: each day at moments of their own, with limited patience. A sign-in that
 * does not come to an end in that time has hung; they try again later, and after some tries give up the planned visit.
 */
import { keyOf, TIMED_OUT, type Process, type Request, type Role, type World } from '../../simulator/contract/index.ts';
import { makeBrowser, signIn, type Browser, type FlowCall } from '../idp/client.ts';
import { FLEET_AGENTS } from './desktop-fleet-options.ts';
import type { ReportOptions } from './spa-options.ts';
import { mayReport } from './reports.ts';
import { Tally } from './tally.ts';
import { TELEMETRY_PATH, tellTelemetry } from './telemetry.ts';
import { momentOfDay } from './working-day.ts';

export interface SignInUsersOptions {
  readonly population: string;
  readonly auth: string;
  readonly operator: string;
  readonly signInsPerDay: number;
  /** Midnights of the days on which people come, in ms of the scenario; the first may be negative. */
  readonly midnightsMs: readonly number[];
  /** Relative weight of each of the 24 hours. */
  readonly weights: readonly number[];
  /** Patience with a whole sign-in: median and sigma of a log-normal. */
  readonly patienceMedianMs: number;
  readonly patienceSigma: number;
  /** Patience of the client with one request of it. */
  readonly requestTimeoutMs: number;
  readonly retryAfterMeanMs: number;
  readonly triesBeforeGivingUp: number;
  /** How long the person meant to work: mean of an exponential. Somebody who gives up is harmed so long. */
  readonly visitMeanMs: number;
  readonly endMs: number;
  readonly reports: ReportOptions;
  /** Which version of the desktop client they have; not told to the service by default. */
  readonly versions?: ClientVersions;
  /** Each request says when the person gives up. False by default. */
  readonly sendsDeadline?: boolean;
  /** Host that their clients tell of tries that hung. None by default. */
  readonly telemetry?: string;
}

export interface ClientVersions {
  /** Share of people whose client is the old version. */
  readonly oldRatio: number;
  /** Who is told to update (426) does so, and signs in then: time that takes, median of a log-normal (sigma 0.5). */
  readonly updateMedianMs: number;
}

export const signInUsers: Role<SignInUsersOptions> = { name: 'sign-in-users', main };

function* main(world: World, options: SignInUsersOptions): Process<void> {
  const people = new People(world, options);
  for (const [day, midnightMs] of options.midnightsMs.entries()) {
    for (let index = 0; index < options.signInsPerDay; index++) {
      const user = day * options.signInsPerDay + index;
      const atMs = midnightMs + momentOfDay(options.weights, people.draws.moment, user, 0);
      if (atMs > 0 && atMs < options.endMs) world.tasks.spawn(people.come(user, atMs));
    }
  }
  yield* world.timers.sleep(Infinity);
}

/** How one try at signing in went. */
type Ended = 'in' | 'failed' | 'must-update';

class People {
  readonly #world: World;
  readonly #options: SignInUsersOptions;
  readonly #tally: Tally;
  readonly #hung;
  readonly draws;

  constructor(world: World, options: SignInUsersOptions) {
    this.#world = world;
    this.#options = options;
    this.#tally = new Tally(world, options.population);
    this.#hung = world.journal.counter('user.sign-ins-hung', { population: options.population });
    const scope = `population/${options.population}`;
    this.draws = {
      moment: world.drawsOf(scope, 'moment'),
      patience: world.drawsOf(scope, 'patience'),
      pause: world.drawsOf(scope, 'pause'),
      visit: world.drawsOf(scope, 'visit'),
      report: world.drawsOf(scope, 'report'),
      version: world.drawsOf(scope, 'client-version'),
      update: world.drawsOf(scope, 'update'),
    };
  }

  /** One planned visit: a sign-in, tried until it works or the person has had enough. */
  *come(user: number, atMs: number): Process<void> {
    const { timers, clock, journal } = this.#world;
    const { triesBeforeGivingUp, retryAfterMeanMs, population, visitMeanMs, endMs } = this.#options;
    yield* timers.sleepUntil(atMs);
    const leaveMs = Math.min(endMs, atMs + this.draws.visit.exponential(visitMeanMs, user));
    let browser = this.#browserOf(user);
    this.#tally.intentions.add();
    for (let attempt = 0; attempt < triesBeforeGivingUp; attempt++) {
      const startMs = clock.nowMs();
      const ended = yield* this.#try(browser, user, attempt);
      if (ended === 'in') break;
      if (attempt === 0) this.#tally.failedIntentions.add();
      if (ended === 'must-update') browser = yield* this.#update(user);
      journal.disrupted(population, user, startMs, clock.nowMs());
      if (attempt + 1 === this.#options.reports.afterTroubles) {
        mayReport(this.#world, this.#options, this.draws.report, user, browser.user);
      }
      if (attempt === triesBeforeGivingUp - 1) {
        journal.step(browser.user, 'gives up for the rest of the planned visit');
        journal.disrupted(population, user, clock.nowMs(), Math.max(leaveMs, clock.nowMs()));
      } else if (ended === 'failed') {
        yield* timers.sleep(this.draws.pause.exponential(retryAfterMeanMs, user, attempt));
      }
    }
  }

  #browserOf(user: number, isUpdated = false): Browser {
    const { auth, versions } = this.#options;
    const spec = { user: `p${user}`, clientId: 'desktop', idp: auth };
    if (versions === undefined) return makeBrowser(spec);
    const isOld = !isUpdated && this.draws.version.chance(versions.oldRatio, user);
    return makeBrowser({ ...spec, userAgent: isOld ? FLEET_AGENTS.old : FLEET_AGENTS.fixed });
  }

  /** The client says that it is too old; after the update its user tries again at once. */
  *#update(user: number): Process<Browser> {
    const { updateMedianMs } = this.#options.versions!;
    yield* this.#world.timers.sleep(this.draws.update.logNormal(updateMedianMs, 0.5, user));
    this.#world.journal.step(`p${user}`, 'has updated the client');
    return this.#browserOf(user, true);
  }

  *#try(browser: Browser, user: number, attempt: number): Process<Ended> {
    const { tasks, journal, clock } = this.#world;
    const { patienceMedianMs, patienceSigma, requestTimeoutMs } = this.#options;
    const startMs = clock.nowMs();
    const patienceMs = this.draws.patience.logNormal(patienceMedianMs, patienceSigma, user, attempt);
    const call: FlowCall = { key: keyOf(user, attempt, 0x51911), timeoutMs: requestTimeoutMs };
    const isTold = this.#options.sendsDeadline === true;
    const flow = signIn(this.#world, browser, isTold ? { ...call, deadlineMs: startMs + patienceMs } : call);
    const result = yield* tasks.timeout(patienceMs, flow);
    this.#tally.signIns.add();
    if (result !== TIMED_OUT && result.ok) {
      this.#tally.latency.observe(clock.nowMs() - startMs);
      return 'in';
    }
    this.#tally.failedSignIns.add();
    const why = result === TIMED_OUT ? 'hangs' : `fails (${result.step}: ${result.failure})`;
    // A request that its own time-out ended hung as well: nobody answered.
    if (result === TIMED_OUT || result.failure === 'timeout') this.#tellHung(user, attempt);
    journal.step(browser.user, `the sign-in ${why} after ${Math.round((clock.nowMs() - startMs) / 1000)} s`);
    const isOutdated = result !== TIMED_OUT && result.status === 426 && this.#options.versions !== undefined;
    return isOutdated ? 'must-update' : 'failed';
  }

  #tellHung(user: number, attempt: number): void {
    this.#hung.add();
    const { telemetry } = this.#options;
    if (telemetry === undefined) return;
    const request: Request = {
      method: 'POST',
      path: TELEMETRY_PATH,
      source: `p${user}`,
      key: keyOf(user, attempt, 0x7e1e),
    };
    this.#world.tasks.background(tellTelemetry(this.#world, telemetry, request));
  }
}
