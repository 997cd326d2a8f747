/**
 * The people: they hear of trouble from users or from an alert, take time to react, and do what they think is right.
 * Historically they act at the published moments; an alert can make them act earlier, if they take the right action.
 */
import {
  keyOf,
  type Process,
  type Request,
  type Response,
  type Role,
  type World,
} from '../../simulator/contract/index.ts';
import type { DatedActions } from './actions.ts';

export interface OperatorOptions {
  readonly orchestrator: string;
  /** The published response: dated, in order. Its first entry is what an alert can bring forward. */
  readonly response: readonly DatedActions[];
  /** When user reports alone make somebody look: the model of detection by users. */
  readonly reports: { readonly thresholdCount: number; readonly triageMs: number };
  /** What happens after a page. */
  readonly onPage: PageOptions;
  /** Acts on modelled reports alone instead of the published moments. */
  readonly respondsTo?: 'published' | 'reports';
}

export interface PageOptions {
  /** From the page to the first action: median and sigma of a log-normal. */
  readonly reactionMedianMs: number;
  readonly reactionSigma: number;
  /** Share of pages after which the right action is taken; otherwise the published moment stands. */
  readonly rightActionProbability: number;
}

export const operator: Role<OperatorOptions> = { name: 'operator', main };

function* main(world: World, options: OperatorOptions): Process<void> {
  const people = new People(world, options);
  world.network.listen((request) => people.answer(request));
  if (options.respondsTo !== 'reports') yield* people.respondAsPublished();
}

class People {
  readonly #world: World;
  readonly #options: OperatorOptions;
  readonly #draws;
  #reportCount = 0;
  #pageCount = 0;
  /** True once the response has begun, whoever began it: it is given once. */
  #responding = false;

  constructor(world: World, options: OperatorOptions) {
    this.#world = world;
    this.#options = options;
    this.#draws = world.draws('operator/page');
  }

  *answer(request: Request): Process<Response> {
    if (request.path === '/report') this.#hear();
    else if (request.path === '/page') this.#paged(request.body as { readonly alert: string });
    else return { status: 404 };
    return { status: 202 };
  }

  #hear(): void {
    const { reports, respondsTo } = this.#options;
    this.#reportCount++;
    this.#world.journal.note('operator.report', { count: this.#reportCount });
    if (this.#reportCount !== reports.thresholdCount) return;
    this.#world.tasks.spawn(this.#triage(respondsTo === 'reports'));
  }

  *#triage(acts: boolean): Process<void> {
    yield* this.#world.timers.sleep(this.#options.reports.triageMs);
    this.#world.journal.note('operator.detected-by-reports', { reports: this.#reportCount });
    if (acts) yield* this.#respond('reports');
  }

  #paged(body: { readonly alert: string }): void {
    const page = this.#pageCount++;
    this.#world.journal.note('operator.paged', { alert: body.alert });
    this.#world.tasks.spawn(this.#react(page));
  }

  *#react(page: number): Process<void> {
    const { reactionMedianMs, reactionSigma, rightActionProbability } = this.#options.onPage;
    yield* this.#world.timers.sleep(this.#draws.logNormal(reactionMedianMs, reactionSigma, page, 0));
    const right = this.#draws.chance(rightActionProbability, page, 1);
    this.#world.journal.note('operator.reacted', { right });
    if (right) yield* this.#respond('page');
  }

  /** The whole response, its steps as far apart as they were in the report. */
  *#respond(because: string): Process<void> {
    if (this.#responding) return;
    this.#responding = true;
    const startMs = this.#world.clock.nowMs();
    const firstMs = this.#options.response[0]?.atMs ?? 0;
    for (const step of this.#options.response) {
      yield* this.#world.timers.sleepUntil(startMs + step.atMs - firstMs);
      this.#take(step, because);
    }
  }

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
    this.#world.tasks.spawn(this.#send(request));
  }

  /** An action can take an hour; the people go on meanwhile. */
  *#send(request: Request): Process<void> {
    yield* this.#world.network.call(this.#options.orchestrator, request);
  }
}
