/**
 * Users of a single-page application with bearer tokens: they act at planned moments; a 401 ends their session in the
 * app, they sign in again and can be hit again; some of them write to support.
 */
import {
  keyOf,
  type Handle,
  type Process,
  type Reply,
  type Request,
  type Role,
  type World,
} from '../../simulator/contract/index.ts';
import { makeBrowser, refresh, signIn, type Browser } from '../idp/client.ts';
import { mayReport } from './reports.ts';
import { retryAfterMs } from './retry-after.ts';
import type { SpaOptions } from './spa-options.ts';
import { Tally } from './tally.ts';

export const spa: Role<SpaOptions> = { name: 'spa-users', main };

/** Renew when the access token has less than this to live, as browser libraries commonly do. */
const RENEW_AHEAD_MS = 30_000;
const RETRY_PAUSE_MS = 5_000;

function* main(world: World, options: SpaOptions): Process<void> {
  const crowd = new Crowd(world, options);
  for (let user = 0; user < options.userCount; user++) world.tasks.spawn(crowd.visit(user));
  yield* world.timers.sleep(Infinity);
}

class Crowd {
  readonly world: World;
  readonly options: SpaOptions;
  readonly tally: Tally;
  readonly draws;

  constructor(world: World, options: SpaOptions) {
    this.world = world;
    this.options = options;
    this.tally = new Tally(world, options.population);
    const scope = `population/${options.population}`;
    this.draws = {
      arrival: world.drawsOf(scope, 'arrival'),
      leaving: world.drawsOf(scope, 'leaving'),
      think: world.drawsOf(scope, 'think'),
      effort: world.drawsOf(scope, 'sign-in-effort'),
      report: world.drawsOf(scope, 'report'),
    };
  }

  *visit(index: number): Process<void> {
    const { arriveFromMs, arriveUntilMs, actionMeanMs } = this.options;
    const arriveMs = this.draws.arrival.between(arriveFromMs, arriveUntilMs, index);
    const leaveMs = this.#leaveMs(arriveMs, index);
    const user = new User(this, index, leaveMs);
    let atMs = arriveMs;
    for (let action = 0; atMs < leaveMs; action++) {
      yield* this.world.timers.sleepUntil(atMs);
      this.tally.intentions.add();
      user.intends(action);
      // The next intention is planned whatever becomes of this one: trouble does not thin out the demand.
      atMs += this.draws.think.exponential(actionMeanMs, index, action);
    }
    yield* user.finish();
  }

  #leaveMs(arriveMs: number, index: number): number {
    const { visitMeanMs, leaveMeanMs, leaveSdMs } = this.options;
    if (visitMeanMs !== undefined) return arriveMs + this.draws.leaving.exponential(visitMeanMs, index);
    return Math.max(arriveMs, this.draws.leaving.normal(leaveMeanMs, leaveSdMs, index));
  }
}

class User {
  readonly #crowd: Crowd;
  readonly #world: World;
  readonly #index: number;
  readonly #leaveMs: number;
  readonly #name: string;
  readonly #browser: Browser;
  /** Actions that wait for the one under way to end. */
  readonly #waiting: number[] = [];
  #acting: Handle<void> | undefined = undefined;
  #hasGivenUp = false;
  #troubleCount = 0;

  constructor(crowd: Crowd, index: number, leaveMs: number) {
    this.#crowd = crowd;
    this.#world = crowd.world;
    this.#index = index;
    this.#leaveMs = leaveMs;
    this.#name = `u${index}`;
    this.#browser = makeBrowser({ user: this.#name, clientId: crowd.options.clientId, idp: crowd.options.idp });
  }

  /** Begins the action, or waits until the one before is over: a user does one thing at a time. */
  intends(action: number): void {
    if (this.#hasGivenUp) {
      this.#crowd.tally.failedIntentions.add();
      return;
    }
    this.#waiting.push(action);
    if (this.#acting === undefined || this.#acting.settled) this.#acting = this.#world.tasks.spawn(this.#actOnAll());
  }

  *#actOnAll(): Process<void> {
    for (let action = this.#waiting.shift(); action !== undefined; action = this.#waiting.shift()) {
      if (yield* this.#act(action)) continue;
      // What they had in mind for the rest of the visit fails with it.
      this.#hasGivenUp = true;
      if (this.#waiting.length > 0) this.#crowd.tally.failedIntentions.add(this.#waiting.length);
      this.#waiting.length = 0;
    }
  }

  /** One intended action, tried until it works or the user has had enough. False when they gave up the visit. */
  *#act(action: number): Process<boolean> {
    const { giveUpAfterAttempts } = this.#crowd.options;
    let failed = false;
    for (let attempt = 0; attempt < giveUpAfterAttempts; attempt++) {
      const good = yield* this.#attempt(action, attempt, failed);
      if (good && failed) this.#crowd.tally.recoveredIntentions.add();
      if (good) return true;
      if (!failed) this.#crowd.tally.failedIntentions.add();
      failed = true;
    }
    this.#harm(this.#world.clock.nowMs(), this.#leaveMs);
    this.#world.journal.step(this.#name, 'gives up for the rest of the planned visit');
    return false;
  }

  *#attempt(action: number, attempt: number, forced: boolean): Process<boolean> {
    const { clock, timers, journal } = this.#world;
    const startMs = clock.nowMs();
    if (!(yield* this.#ensureToken(keyOf(this.#index, action, attempt), forced))) {
      this.#trouble();
      yield* timers.sleep(RETRY_PAUSE_MS);
      this.#harm(startMs, clock.nowMs());
      return false;
    }
    const sentMs = clock.nowMs();
    const reply = yield* this.#callApi(action, attempt);
    const outcome = this.#crowd.tally.attempt('api', reply, clock.nowMs() - sentMs);
    journal.step(this.#name, `action ${action}: ${outcome}`, { status: reply.status });
    if (outcome === 'ok') return true;
    this.#harm(startMs, clock.nowMs());
    this.#trouble();
    if (outcome === 'unauthorized') this.#signedOut();
    else yield* timers.sleep(retryAfterMs(reply) ?? RETRY_PAUSE_MS);
    return false;
  }

  *#callApi(action: number, attempt: number): Process<Reply> {
    const { options } = this.#crowd;
    const token = this.#browser.tokens!.accessToken;
    const request: Request = {
      method: 'GET',
      path: '/api/data',
      bearer: token,
      source: this.#name,
      key: keyOf(this.#index, action, attempt, 1),
      chain: this.#name,
    };
    return yield* this.#world.network.call(options.edge, request, { timeoutMs: options.patienceMs });
  }

  /** The app drops its session on a 401 (N6). The one at the identity provider lives on. */
  #signedOut(): void {
    delete this.#browser.tokens;
    this.#crowd.tally.signOuts.add();
    this.#world.journal.step(this.#name, 'is signed out of the app');
  }

  /** A token with some life left: held, renewed, or fetched by a sign-in that costs the user time. */
  *#ensureToken(key: number, forced: boolean): Process<boolean> {
    const { options, tally, draws } = this.#crowd;
    const { clock, timers, journal } = this.#world;
    const held = this.#browser.tokens;
    if (held !== undefined && held.expiresAtMs - RENEW_AHEAD_MS > clock.nowMs()) return true;
    const call = { key, timeoutMs: options.patienceMs };
    if (held !== undefined && (yield* refresh(this.#world, this.#browser, call)).ok) return true;
    if (forced) yield* timers.sleep(draws.effort.logNormal(options.signInEffortMs, 0.4, key));
    const result = yield* signIn(this.#world, this.#browser, call);
    (forced ? tally.forcedSignIns : tally.signIns).add();
    journal.step(this.#name, result.ok ? 'signs in' : `cannot sign in (${result.failure})`);
    if (!result.ok) tally.failedSignIns.add();
    return result.ok;
  }

  #harm(fromMs: number, toMs: number): void {
    this.#world.journal.disrupted(this.#crowd.options.population, this.#index, fromMs, Math.max(fromMs, toMs));
  }

  #trouble(): void {
    const { options, draws } = this.#crowd;
    this.#troubleCount++;
    if (this.#troubleCount === options.reports.afterTroubles) {
      mayReport(this.#world, options, draws.report, this.#index, this.#name);
    }
  }

  /** Somebody whose time is over ends what they are doing. */
  *finish(): Process<void> {
    if (this.#acting !== undefined) yield* this.#acting.join();
  }
}
