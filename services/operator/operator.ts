/**
 * The people: they hear of trouble from users or from an alert, take time to react, and do what they think is right.
 * Historically they act at the published moments; an alert can make them act earlier, if they take the right action.
 */
import {
  ACTED,
  keyOf,
  type Handle,
  type Process,
  type Request,
  type Response,
  type Role,
  type World,
} from '../../simulator/contract/index.ts';
import type { DatedActions } from './actions.ts';
import type { OperatorOptions, Page } from './operator-options.ts';

const JUDGED_FOR_MS = 3_600_000;
/** Longer than any response of the scenarios takes. Ours. */
const SECOND_LOOK_MS = 1_800_000;

export const operator: Role<OperatorOptions> = { name: 'operator', main };

function* main(world: World, options: OperatorOptions): Process<void> {
  const troubles = [{ fromMs: 0, response: options.response }, ...(options.recurrences ?? [])];
  const shifts = troubles.map(({ fromMs, response }, index) => {
    return { fromMs, people: new People(world, { ...options, response }, index) };
  });
  world.network.listen((request) => {
    const nowMs = world.clock.nowMs();
    return shifts.findLast(({ fromMs }) => fromMs <= nowMs)!.people.answer(request);
  });
  if (options.respondsTo === 'reports') return;
  for (const { people } of shifts) yield* people.respondAsPublished();
}

/** How many pages of one trouble have draws of their own. */
const PAGES_PER_TROUBLE = 1_000;

class People {
  readonly #world: World;
  readonly #options: OperatorOptions;
  readonly #draws;
  readonly #reportedAtMs: number[] = [];
  #reportCount = 0;
  #pageCount;
  /** By alert. */
  readonly #judgedUntilMs = new Map<string, number>();
  /** True once the right response has begun, whoever began it: it is given once. */
  #responding = false;
  readonly #allClear;

  /** @param trouble 0 for the first, one more for each recurrence */
  constructor(world: World, options: OperatorOptions, trouble: number) {
    this.#world = world;
    this.#options = options;
    this.#pageCount = trouble * PAGES_PER_TROUBLE;
    this.#draws = world.draws('operator/page');
    this.#allClear = world.tasks.signal<string>();
  }

  *answer(request: Request): Process<Response> {
    if (request.path === '/report') this.#hear();
    else if (request.path === '/page') this.#paged(request.body as Page);
    else if (request.path === '/all-clear') this.#cleared(request.body as Page);
    else return { status: 404 };
    return { status: 202 };
  }

  #hear(): void {
    const { reports, respondsTo } = this.#options;
    this.#reportCount++;
    this.#world.journal.note('operator.report', { count: this.#reportCount });
    this.#countReports();
    if (this.#reportCount !== reports.thresholdCount) return;
    this.#world.tasks.background(this.#triage(respondsTo === 'reports'));
  }

  #countReports(): void {
    const { paging } = this.#options.reports;
    if (paging === undefined) return;
    const nowMs = this.#world.clock.nowMs();
    this.#reportedAtMs.push(nowMs);
    const recent = this.#reportedAtMs.filter((atMs) => atMs > nowMs - paging.withinMs);
    if (recent.length < paging.count) return;
    this.#reportedAtMs.length = 0;
    this.#world.journal.note(ACTED, { mitigation: paging.actedAs });
    this.#paged({ alert: 'users report trouble', aboutDependency: false });
  }

  *#triage(acts: boolean): Process<void> {
    yield* this.#world.timers.sleep(this.#options.reports.triageMs);
    this.#world.journal.note('operator.detected-by-reports', { reports: this.#reportCount });
    if (acts) yield* this.#respond('reports', this.#options.response);
  }

  /** Whoever has misjudged a page does so again for its repetitions: only after an hour is it looked at afresh. */
  #paged(page: Page): void {
    const nowMs = this.#world.clock.nowMs();
    this.#world.journal.note('operator.paged', { alert: page.alert });
    if (nowMs < (this.#judgedUntilMs.get(page.alert) ?? 0)) return;
    this.#judgedUntilMs.set(page.alert, nowMs + JUDGED_FOR_MS);
    const number = this.#pageCount++;
    this.#world.tasks.background(this.#react(page, number));
  }

  *#react(page: Page, number: number): Process<void> {
    const { reactionMedianMs, reactionSigma, rightActionProbability } = this.#options.onPage;
    const { timers, tasks, journal } = this.#world;
    const right = this.#draws.chance(rightActionProbability, number, 1);
    const cleared = tasks.spawn(this.#untilAllClear(page.alert));
    yield* timers.sleep(this.#draws.logNormal(reactionMedianMs, reactionSigma, number, 0));
    journal.note('operator.reacted', { right });
    if (page.runbook !== undefined) {
      if (right) yield* this.#takeAll('page', page.runbook);
    } else if (right) {
      if (page.aboutDependency) yield* cleared.join();
      const begun = yield* this.#respond('page', this.#fromFirstAction());
      if (begun && page.standsWhileIll === true) yield* this.#untilHealed(cleared);
    } else if (page.aboutDependency && !this.#responding) {
      yield* this.#takeAll('page, too early', this.#fromFirstAction());
    }
  }

  /** Who still sees the alert half an hour after the response gives it again: the cause may have outlived the first time. */
  *#untilHealed(cleared: Handle<void>): Process<void> {
    for (;;) {
      yield* this.#world.timers.sleep(SECOND_LOOK_MS);
      if (cleared.settled) return;
      yield* this.#takeAll('page, still ill', this.#fromFirstAction());
    }
  }

  #cleared({ alert }: Page): void {
    this.#world.journal.note('operator.all-clear', { alert });
    this.#allClear.fire(alert);
  }

  *#untilAllClear(alert: string): Process<void> {
    for (;;) if ((yield* this.#allClear.wait()) === alert) return;
  }

  /** What is left to do once a page has told that something is wrong: how people come to know it is no part of that. */
  #fromFirstAction(): readonly DatedActions[] {
    const { response } = this.#options;
    const first = response.findIndex(({ actions }) => actions.length > 0);
    return response.slice(Math.max(0, first));
  }

  /** False when it had begun already. */
  *#respond(because: string, steps: readonly DatedActions[]): Process<boolean> {
    if (this.#responding) return false;
    this.#responding = true;
    yield* this.#takeAll(because, steps);
    return true;
  }

  /** Takes these steps from now on, as far apart as they were in the report. */
  *#takeAll(because: string, steps: readonly DatedActions[]): Process<void> {
    const startMs = this.#world.clock.nowMs();
    for (const step of steps) {
      yield* this.#world.timers.sleepUntil(startMs + step.atMs - steps[0]!.atMs);
      this.#take(step, because);
    }
  }

  /** Unless the right response has begun already; once begun it is not given a second time. */
  *respondAsPublished(): Process<void> {
    for (const [index, step] of this.#options.response.entries()) {
      yield* this.#world.timers.sleepUntil(step.atMs);
      if (index === 0 && this.#responding) return;
      this.#responding = true;
      this.#take(step, 'published');
    }
  }

  #take(step: DatedActions, because: string): void {
    const { journal, host } = this.#world;
    journal.note('operator.acted', { label: step.label, because });
    if (step.actions.length === 0) return;
    const body = { label: step.label, actions: step.actions };
    const request: Request = { method: 'POST', path: '/actions', body, source: host.name, key: keyOf(step.atMs) };
    this.#world.tasks.background(this.#send(request));
  }

  /** An action can take an hour; the people go on meanwhile. */
  *#send(request: Request): Process<void> {
    yield* this.#world.network.call(this.#options.orchestrator, request);
  }
}
