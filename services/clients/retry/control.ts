/**
 * The retry policy of one client at work: after each failed request it says how long to wait before the next one. It lives in
 * the memory of the client's process.
 */
import type { Deed } from '../../admission/index.ts';
import type { Draws, Reply } from '../../../simulator/contract/index.ts';
import { pauseMs } from './back-off.ts';
import { makeBudget, type Budget } from './budget.ts';
import type { RetryOptions } from './options.ts';
import { Throttle } from './throttle.ts';

const DEFAULT_OCCASION_MS = 3_600_000;

export type Part = 'backOff' | 'budget' | 'breaker' | 'throttle' | 'retryAfter';

/** What is shared by all clients of a fleet. */
export interface RetrySite {
  readonly options: RetryOptions;
  readonly draws: Draws;
  readonly deeds: Readonly<Partial<Record<Part, Deed>>>;
}

export class RetryControl {
  readonly #site: RetrySite;
  readonly #client: number;
  readonly #budget: Budget | undefined;
  readonly #throttle: Throttle | undefined;
  /** Retries since the occasion began. */
  #retryCount = 0;
  #lastMs = 0;
  #failuresInRow = 0;
  #drawCount = 0;

  constructor(site: RetrySite, client: number) {
    const { budget, throttle } = site.options;
    this.#site = site;
    this.#client = client;
    if (budget !== undefined) this.#budget = makeBudget(budget);
    if (throttle !== undefined) this.#throttle = new Throttle(throttle);
  }

  /**
   * From a failed request to the next one.
   * @param usualMs the client's own pause, without a policy
   */
  pauseAfter(reply: Reply, usualMs: number, nowMs: number): number {
    this.#budget?.ended(false, reply.failure === 'timeout', nowMs);
    // An answer that refuses for good reasons was accepted as far as load goes.
    if (reply.status > 0 && reply.status < 500 && reply.status !== 429) this.#throttle?.accepted(nowMs);
    let waitMs = this.#backOff(usualMs);
    waitMs = Math.max(waitMs, this.#retryAfterMs(reply, waitMs));
    waitMs = Math.max(waitMs, this.#breakMs(waitMs));
    return this.#maySpend(nowMs) ? waitMs : this.#untilOccasion(waitMs);
  }

  /** Whether the request that is due now is rejected by the client itself, for one pause more. */
  rejectsLocally(nowMs: number): boolean {
    if (this.#throttle === undefined) return false;
    const ratio = this.#throttle.rejectionRatio(nowMs);
    if (!this.#site.draws.chance(ratio, this.#client, this.#nextDraw())) return false;
    this.#site.deeds.throttle?.done();
    return true;
  }

  #backOff(usualMs: number): number {
    const { backOff } = this.#site.options;
    if (backOff === undefined) return usualMs;
    const { draws, deeds } = this.#site;
    this.#lastMs = pauseMs(backOff, draws, this.#client, this.#nextDraw(), this.#retryCount, this.#lastMs);
    deeds.backOff?.done();
    return this.#lastMs;
  }

  #retryAfterMs({ headers }: Reply, waitMs: number): number {
    const { retryAfter } = this.#site.options;
    const told = headers?.['retry-after'];
    if (retryAfter === undefined || told === undefined) return 0;
    const obeyedMs = Math.min(retryAfter.capMs, Number(told) * 1000);
    if (obeyedMs > waitMs) this.#site.deeds.retryAfter?.done();
    return obeyedMs;
  }

  /** After enough failures in a row each further one keeps the breaker open for its whole time. */
  #breakMs(waitMs: number): number {
    const { breaker } = this.#site.options;
    this.#failuresInRow++;
    if (breaker === undefined || this.#failuresInRow < breaker.failuresInRow) return 0;
    if (breaker.openMs > waitMs) this.#site.deeds.breaker?.done();
    return breaker.openMs;
  }

  #maySpend(nowMs: number): boolean {
    const { maxAttempts = Infinity } = this.#site.options;
    if (this.#retryCount + 1 >= maxAttempts) return false;
    if (this.#budget !== undefined && !this.#budget.pay(nowMs)) {
      this.#site.deeds.budget?.done();
      return false;
    }
    this.#retryCount++;
    return true;
  }

  #untilOccasion(waitMs: number): number {
    this.#retryCount = 0;
    this.#lastMs = 0;
    return Math.max(waitMs, this.#site.options.occasionMs ?? DEFAULT_OCCASION_MS);
  }

  #nextDraw(): number {
    return this.#drawCount++;
  }
}
