/**
 * People who sign in to a console that runs in their browser and judges the ID token there, with a key set that the browser
 * fetches and keeps as it is told: every browser is a verifier with a cache of its own, and nobody can purge it.
 */
import { keyOf, type Process, type Reply, type Role, type World } from '../../simulator/contract/index.ts';
import { makeBrowser, signIn, type Browser } from '../idp/client.ts';
import { BrowserCache } from './browser-cache.ts';
import type { ConsoleUsersOptions } from './console-users-options.ts';
import { judgeIdToken, type Judgement } from './id-token.ts';
import { mayReport } from './reports.ts';
import { Tally } from './tally.ts';

/**
 * Leaves behind, beside what every population counts, `console.sign-ins{population,outcome,keys}`: outcome `ok`,
 * `unknown-key`, `bad-keys` (no key set could be had) or `refused` (no token); keys from the `cache` of the browser, the
 * `network`, or `none`.
 */
export const consoleUsers: Role<ConsoleUsersOptions> = { name: 'console-users', main };

function* main(world: World, options: ConsoleUsersOptions): Process<void> {
  const crowd = new Crowd(world, options);
  for (let user = 0; user < options.userCount; user++) world.tasks.spawn(crowd.live(user));
  yield* world.timers.sleep(Infinity);
}

class Crowd {
  readonly world: World;
  readonly options: ConsoleUsersOptions;
  readonly tally: Tally;
  readonly draws;

  constructor(world: World, options: ConsoleUsersOptions) {
    this.world = world;
    this.options = options;
    this.tally = new Tally(world, options.population);
    const scope = `population/${options.population}`;
    this.draws = {
      visit: world.drawsOf(scope, 'visit'),
      pause: world.drawsOf(scope, 'pause'),
      remedy: world.drawsOf(scope, 'remedy'),
      report: world.drawsOf(scope, 'report'),
    };
  }

  *live(index: number): Process<void> {
    const { fromMs, untilMs, visitEveryMeanMs } = this.options;
    const user = new ConsoleUser(this, index);
    let atMs = fromMs + this.draws.visit.exponential(visitEveryMeanMs, index, 0);
    for (let visit = 1; atMs < untilMs; visit++) {
      yield* this.world.timers.sleepUntil(atMs);
      yield* user.visit(visit);
      atMs = this.world.clock.nowMs() + this.draws.visit.exponential(visitEveryMeanMs, index, visit);
    }
  }

  count(outcome: string, keys: string): void {
    const { population } = this.options;
    this.world.journal.counter('console.sign-ins', { population, outcome, keys }).add();
  }
}

class ConsoleUser {
  readonly #crowd: Crowd;
  readonly #world: World;
  readonly #index: number;
  readonly #browser: Browser;
  readonly #cache = new BrowserCache();
  #troubleCount = 0;

  constructor(crowd: Crowd, index: number) {
    this.#crowd = crowd;
    this.#world = crowd.world;
    this.#index = index;
    const user = `${crowd.options.population}-${index}`;
    this.#browser = makeBrowser({ user, clientId: crowd.options.clientId, idp: crowd.options.idp });
  }

  /** A sign-in, tried until it works or the person has had enough. */
  *visit(visit: number): Process<void> {
    const { tally, options, draws } = this.#crowd;
    const { clock, timers, journal } = this.#world;
    const { population, triesBeforeGivingUp, retryAfterMeanMs, visitMs } = options;
    tally.intentions.add();
    for (let attempt = 0; attempt < triesBeforeGivingUp; attempt++) {
      const startMs = clock.nowMs();
      const isPrivate = this.#opensPrivateWindow(visit, attempt);
      if (yield* this.#try(visit, attempt, isPrivate)) {
        if (attempt > 0) tally.recoveredIntentions.add();
        return;
      }
      if (attempt === 0) tally.failedIntentions.add();
      this.#trouble();
      journal.disrupted(population, this.#index, startMs, clock.nowMs());
      yield* timers.sleep(draws.pause.exponential(retryAfterMeanMs, this.#index, keyOf(visit, attempt)));
    }
    journal.step(this.#browser.user, 'gives up for the rest of the planned visit');
    const nowMs = clock.nowMs();
    journal.disrupted(population, this.#index, nowMs, Math.min(nowMs + visitMs, options.untilMs));
  }

  /** What support advises; most try it only once other things have failed. */
  #opensPrivateWindow(visit: number, attempt: number): boolean {
    const { privateWindowAfterTries, privateWindowProbability } = this.#crowd.options;
    if (attempt < privateWindowAfterTries) return false;
    return this.#crowd.draws.remedy.chance(privateWindowProbability, this.#index, visit);
  }

  *#try(visit: number, attempt: number, isPrivate: boolean): Process<boolean> {
    const { tally, options } = this.#crowd;
    const { clock, journal } = this.#world;
    const startMs = clock.nowMs();
    const call = { key: keyOf(this.#index, visit, attempt, 0xc0), timeoutMs: options.patienceMs };
    const flow = yield* signIn(this.#world, this.#browser, call);
    (attempt === 0 ? tally.signIns : tally.forcedSignIns).add();
    const judged = flow.ok
      ? yield* this.#judge(flow.tokens.idToken, isPrivate, call.key)
      : ({ outcome: 'refused', keys: 'none' } as const);
    this.#crowd.count(judged.outcome, judged.keys);
    journal.step(this.#browser.user, `signs in to the console: ${judged.outcome}, keys from ${judged.keys}`);
    if (judged.outcome === 'ok') tally.latency.observe(clock.nowMs() - startMs);
    else tally.failedSignIns.add();
    return judged.outcome === 'ok';
  }

  *#judge(token: Parameters<typeof judgeIdToken>[1], isPrivate: boolean, key: number): Process<Judgement> {
    const { keysFrom, keysPath, patienceMs } = this.#crowd.options;
    const { clock, network } = this.#world;
    const cache = isPrivate ? new BrowserCache() : this.#cache;
    const held = cache.find(keysPath, clock.nowMs());
    if (held !== undefined) return { outcome: yield* judgeIdToken(this.#world, token, held), keys: 'cache' };
    const { user } = this.#browser;
    const request = { method: 'GET', path: keysPath, source: user, chain: user, key: keyOf(key, 1) } as const;
    const reply: Reply = yield* network.call(keysFrom, request, { timeoutMs: patienceMs });
    cache.keep(keysPath, reply, clock.nowMs());
    return { outcome: yield* judgeIdToken(this.#world, token, reply), keys: 'network' };
  }

  #trouble(): void {
    const { options, draws } = this.#crowd;
    this.#troubleCount++;
    if (this.#troubleCount !== options.reports.afterTroubles) return;
    mayReport(this.#world, options, draws.report, this.#index, this.#browser.user);
  }
}
