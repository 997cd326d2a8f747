/**
 * People with browser sessions: they come, sign in, look at planned pages. A rejected session puts them back at the login
 * screen; they sign in again, and again, wait some minutes, begin anew, and at last give up the visit.
 */
import { keyOf, type Handle, type Process, type Role, type World } from '../../simulator/contract/index.ts';
import { SessionBrowser, type PageOutcome } from './browser-session-http.ts';
import type { BrowserSessionOptions, VisitDay } from './browser-session-options.ts';
import { BrowserSessionTally } from './browser-session-tally.ts';
import { reportToSupport } from './reports.ts';
import { Tally } from './tally.ts';

export type * from './browser-session-options.ts';

export const browserSessions: Role<BrowserSessionOptions> = { name: 'browser-sessions', main };

const RETRY_PAUSE_MS = 5_000;

function* main(world: World, options: BrowserSessionOptions): Process<void> {
  const crowd = new Crowd(world, options);
  const { population, userCount, tenantCount } = options;
  world.journal.note('browser.crowd', { population, userCount, tenantCount: Math.min(tenantCount, userCount) });
  for (let user = 0; user < userCount; user++) world.tasks.spawn(new Visitor(crowd, user).live());
  yield* world.timers.sleep(Infinity);
}

class Crowd {
  readonly world: World;
  readonly options: BrowserSessionOptions;
  readonly tally: Tally;
  readonly sessionTally: BrowserSessionTally;
  readonly draws;

  constructor(world: World, options: BrowserSessionOptions) {
    this.world = world;
    this.options = options;
    this.tally = new Tally(world, options.population);
    this.sessionTally = new BrowserSessionTally(world, options.population);
    const scope = `population/${options.population}`;
    this.draws = {
      arrival: world.drawsOf(scope, 'arrival'),
      stay: world.drawsOf(scope, 'stay'),
      think: world.drawsOf(scope, 'think'),
      effort: world.drawsOf(scope, 'sign-in-effort'),
      crossing: world.drawsOf(scope, 'crossing'),
      wait: world.drawsOf(scope, 'wait'),
      report: world.drawsOf(scope, 'report'),
    };
  }

  /** When a user comes on a day; undefined when they stay away. */
  arrivalMs(user: number, day: number): number | undefined {
    let left = this.draws.arrival.uniform(user, day);
    for (const { fromMs, untilMs, ratio } of this.options.days[day]!.arrivals) {
      if (left < ratio) return fromMs + (untilMs - fromMs) * (left / ratio);
      left -= ratio;
    }
    return undefined;
  }
}

class Visitor {
  readonly #crowd: Crowd;
  readonly #world: World;
  readonly #index: number;
  readonly #tenant: number;
  readonly #name: string;
  readonly #edge: string;
  readonly #browser: SessionBrowser;
  #day = 0;
  #signedInAtMs = -Infinity;
  /** Whether the session was taken away, whatever the browser still holds. */
  #expelled = false;
  #rejectionStreak = 0;
  #troubleCount = 0;
  #report: Handle<void> | undefined = undefined;

  constructor(crowd: Crowd, index: number) {
    const { population, tenantCount, edges } = crowd.options;
    this.#crowd = crowd;
    this.#world = crowd.world;
    this.#index = index;
    this.#tenant = index % tenantCount;
    this.#name = `${population}-${index}`;
    this.#edge = edges[this.#tenant % edges.length]!;
    this.#browser = new SessionBrowser(crowd.world, crowd.options, crowd.tally, this.#name, this.#edge);
  }

  *live(): Process<void> {
    for (const [day, hours] of this.#crowd.options.days.entries()) {
      const arriveMs = this.#crowd.arrivalMs(this.#index, day);
      if (arriveMs !== undefined) yield* this.#visit(day, hours, arriveMs);
    }
  }

  *#visit(day: number, { untilMs }: VisitDay, arriveMs: number): Process<void> {
    const { draws, options, tally, sessionTally } = this.#crowd;
    const stayMs = draws.stay.exponential(options.visitMeanMs, this.#index, day);
    const leaveMs = Math.min(untilMs, arriveMs + stayMs);
    const visit = keyOf(this.#index, day);
    this.#day = day;
    this.#troubleCount = 0;
    let atMs = arriveMs;
    for (let page = 0; atMs < leaveMs; page++) {
      yield* this.#world.timers.sleepUntil(atMs);
      if (page === 0) sessionTally.visits.add();
      tally.intentions.add();
      if (!(yield* this.#act(visit, page, leaveMs))) break;
      // The next page is planned whatever became of this one: trouble does not thin out the demand.
      atMs += draws.think.exponential(options.pageMeanMs, visit, page);
    }
    // Somebody who has left still writes the report they meant to write.
    if (this.#report !== undefined) yield* this.#report.join();
    this.#report = undefined;
  }

  /** One planned page, tried until it comes or the user has had enough. False when they gave up the visit. */
  *#act(visit: number, page: number, leaveMs: number): Process<boolean> {
    const { roundCount, quickTryCount } = this.#crowd.options.persistence;
    const { clock, journal, timers } = this.#world;
    let failedAtMs = -Infinity;
    for (let round = 0; round < roundCount; round++) {
      if (round > 0) {
        const resumeMs = clock.nowMs() + this.#waitMs(visit, page, round);
        if (resumeMs >= leaveMs) break;
        this.#harm(clock.nowMs(), resumeMs);
        yield* timers.sleepUntil(resumeMs);
      }
      for (let quick = 0; quick < quickTryCount; quick++) {
        const startMs = clock.nowMs();
        const good = yield* this.#try(keyOf(visit, page, round, quick), page, quick > 0);
        const isFirst = failedAtMs === -Infinity;
        if (!isFirst) this.#crowd.sessionTally.again(startMs - failedAtMs, good);
        if (!good || !isFirst) this.#harm(startMs, clock.nowMs());
        if (good) return true;
        if (isFirst) this.#crowd.tally.failedIntentions.add();
        this.#trouble();
        failedAtMs = clock.nowMs();
      }
    }
    journal.step(this.#name, 'gives up for the rest of the planned visit');
    this.#crowd.sessionTally.gaveUp.add();
    this.#harm(clock.nowMs(), leaveMs);
    return false;
  }

  #waitMs(visit: number, page: number, round: number): number {
    const { waitMedianMs, waitSigma } = this.#crowd.options.persistence;
    return this.#crowd.draws.wait.logNormal(waitMedianMs, waitSigma, keyOf(visit, page), round);
  }

  /**
   * Signs in where there is no session, then loads the page.
   * @param looksAtLogin whether the login screen is what the user has before them; who comes back asks for the page again,
   *   which a browser that was left its cookie may be given
   */
  *#try(key: number, page: number, looksAtLogin: boolean): Process<boolean> {
    const needed = (this.#expelled && looksAtLogin) || !this.#browser.hasSession;
    if (needed && !(yield* this.#signIn(keyOf(key, 1)))) return false;
    let outcome = yield* this.#browser.loadPage(keyOf(key, 2));
    if (outcome === 'expired' && (yield* this.#signIn(keyOf(key, 3)))) {
      outcome = yield* this.#browser.loadPage(keyOf(key, 4));
    }
    if (outcome === 'login-redirect') outcome = yield* this.#renewed(outcome, keyOf(key, 5));
    this.#world.journal.step(this.#name, `page ${page}: ${outcome}`);
    if (outcome === 'ok') this.#recover();
    else if (outcome === 'login-redirect') this.#expel();
    else yield* this.#world.timers.sleep(RETRY_PAUSE_MS);
    return outcome === 'ok';
  }

  /** Where an identity provider vouches for users, a rejected page is a detour: followed so often, then given up. */
  *#renewed(rejected: PageOutcome, key: number): Process<PageOutcome> {
    const limit = this.#crowd.options.signOn?.renewalLimit ?? 0;
    let outcome = rejected;
    for (let detour = 0; detour < limit && outcome === 'login-redirect'; detour++) {
      const crossed = this.#crowd.draws.crossing.chance(this.#crowd.options.page.crossedSubmitRatio, key, detour);
      const renewed = yield* this.#browser.renew(keyOf(key, 1, detour), crossed);
      // Sent off anew: the way back ended at an instance that does not know how it began.
      if (renewed === 'login-redirect') continue;
      if (renewed !== 'ok') break;
      outcome = yield* this.#browser.loadPage(keyOf(key, 2, detour));
    }
    return outcome;
  }

  #recover(): void {
    this.#rejectionStreak = 0;
    this.#expelled = false;
  }

  /** Back at the login screen. */
  #expel(): void {
    this.#expelled = true;
    this.#rejectionStreak++;
    this.#crowd.tally.signOuts.add();
    this.#crowd.sessionTally.rejection(this.#rejectionStreak, this.#tenant, this.#edge);
    this.#world.journal.step(this.#name, 'is back at the login screen, signed out');
  }

  *#signIn(key: number): Process<boolean> {
    const { tally, sessionTally, draws, options } = this.#crowd;
    const { clock, journal } = this.#world;
    const typingMs = draws.effort.logNormal(options.signInEffortMs, 0.4, key);
    const crossed = draws.crossing.chance(options.page.crossedSubmitRatio, key);
    const outcome = yield* this.#browser.signIn(key, typingMs, crossed);
    // A way through the provider that shows no page is no sign-in to whoever sits there.
    if (!this.#browser.wasSilent) (this.#expelled ? tally.forcedSignIns : tally.signIns).add();
    journal.step(this.#name, outcome === 'ok' ? 'signs in' : `cannot sign in (${outcome})`);
    if (outcome !== 'ok') {
      tally.failedSignIns.add();
      return false;
    }
    sessionTally.signedIn(clock.nowMs() - this.#signedInAtMs);
    this.#signedInAtMs = clock.nowMs();
    this.#expelled = false;
    return true;
  }

  #harm(fromMs: number, toMs: number): void {
    this.#world.journal.disrupted(this.#crowd.options.population, this.#index, fromMs, Math.max(fromMs, toMs));
  }

  #trouble(): void {
    const { reports, operator } = this.#crowd.options;
    this.#troubleCount++;
    if (this.#troubleCount !== reports.afterTroubles) return;
    const { report } = this.#crowd.draws;
    if (!report.chance(reports.probability, this.#index, 2 * this.#day)) return;
    const delayMs = report.logNormal(reports.delayMedianMs, reports.delaySigma, this.#index, 2 * this.#day + 1);
    this.#report = this.#world.tasks.spawn(reportToSupport(this.#world, operator, this.#name, delayMs));
  }
}
