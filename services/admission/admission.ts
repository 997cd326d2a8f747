/**
 * All that stands between the network and a service's own work: rate limit, door-keepers, the line, and what is known about a
 * request when a worker takes it up. Each part is there only when an option asks for it.
 */
import type {
  Capacity,
  Gate,
  Handler,
  Line,
  Process,
  Request,
  Response,
  World,
} from '../../simulator/contract/index.ts';
import { overloaded } from './answers.ts';
import { Deed } from './deed.ts';
import { makeGate } from './gate.ts';
import { makeGuard, type Guard, type GuardOptions, type ReadExpiry } from './guards/index.ts';
import { DoorLine } from './line.ts';
import type { LineOptions } from './line-options.ts';
import type { RateLimitOptions } from './options.ts';

/** When the caller gives up, in ms of the scenario, as text: an absolute deadline, as on one machine's clock. */
export const DEADLINE_HEADER = 'x-deadline-ms';

export interface AdmissionOptions {
  /** Judged in this order, after the rate limit. */
  readonly guards?: readonly GuardOptions[];
  /** In place of the first-come queue of the capacity. */
  readonly line?: LineOptions;
  /** Work is not begun for a caller whose deadline has passed: 504 at once. */
  readonly deadlines?: { readonly actedAs?: string };
  /** Workers there were before a scale-out, whose id is beside it: it acts when more of them are busy. */
  readonly scaledOut?: { readonly fromConcurrency: number; readonly actedAs: string };
}

export interface Admission {
  readonly gate: Gate;
  readonly line: Line | undefined;
  /** The service's own handler, as these options change it. */
  readonly handler: Handler;
}

export interface AdmissionSite {
  readonly capacity: Capacity;
  readonly rateLimit: RateLimitOptions | undefined;
  readonly handler: Handler;
  readonly expiryOf: ReadExpiry;
}

export function makeAdmission(world: World, options: AdmissionOptions, site: AdmissionSite): Admission {
  const guards = (options.guards ?? []).map((guard) => makeGuard(world, guard, site.expiryOf));
  const outer = makeGate(world, site.rateLimit);
  return {
    gate: guards.length === 0 ? outer : guarded(outer, guards),
    line: makeLine(world, options, site.capacity, guards),
    handler: makeHandler(world, options, site.handler),
  };
}

/** Guards learn from what leaves the door, faults included; so where one does there is a line, if only a plain one. */
function makeLine(
  world: World,
  options: AdmissionOptions,
  capacity: Capacity,
  guards: readonly Guard[],
): Line | undefined {
  const learners = guards.flatMap(({ learn }) => (learn === undefined ? [] : [learn]));
  if (options.line === undefined && learners.length === 0) return undefined;
  return new DoorLine(world, options.line ?? {}, capacity, (request, response) => {
    for (const learn of learners) learn(request, response);
  });
}

function guarded(outer: Gate, guards: readonly Guard[]): Gate {
  return (request) => {
    const refusal = outer(request);
    if (refusal !== undefined || request.weightless === true) return refusal;
    for (const guard of guards) {
      const answer = guard.judge(request);
      if (answer !== undefined) return answer;
    }
    return undefined;
  };
}

function makeHandler(world: World, options: AdmissionOptions, inner: Handler): Handler {
  if (options.deadlines === undefined && options.scaledOut === undefined) return inner;
  const watch = new WorkWatch(world, options, inner);
  return (request) => watch.handle(request);
}

const TOO_LATE = overloaded(504);

class WorkWatch {
  readonly #world: World;
  readonly #inner: Handler;
  readonly #knowsDeadlines: boolean;
  readonly #deadlineDeed: Deed | undefined;
  readonly #oldConcurrency: number;
  readonly #scaleDeed: Deed | undefined;
  #busyCount = 0;

  constructor(world: World, options: AdmissionOptions, inner: Handler) {
    this.#world = world;
    this.#inner = inner;
    this.#knowsDeadlines = options.deadlines !== undefined;
    this.#deadlineDeed = Deed.of(world, options.deadlines?.actedAs);
    this.#oldConcurrency = options.scaledOut?.fromConcurrency ?? Infinity;
    this.#scaleDeed = Deed.of(world, options.scaledOut?.actedAs);
  }

  *handle(request: Request): Process<Response> {
    if (request.weightless === true) return yield* this.#inner(request);
    if (this.#isTooLate(request)) return TOO_LATE;
    this.#busyCount++;
    if (this.#busyCount > this.#oldConcurrency) this.#scaleDeed?.done();
    try {
      return yield* this.#inner(request);
    } finally {
      this.#busyCount--;
    }
  }

  #isTooLate({ headers, chain }: Request): boolean {
    const deadline = this.#knowsDeadlines ? headers?.[DEADLINE_HEADER] : undefined;
    if (deadline === undefined || this.#world.clock.nowMs() < Number(deadline)) return false;
    this.#deadlineDeed?.done();
    this.#world.journal.step(chain, 'is not worked on any more: its deadline has passed');
    return true;
  }
}
