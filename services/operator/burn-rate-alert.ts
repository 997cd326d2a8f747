/**
 * Pages when the error budget burns too fast, over a long window and over a short one that says whether it still does
 * (multiwindow, multi-burn-rate: The Site Reliability Workbook, chapter 5, table 5-8).
 */
import type { Process, Role, World } from '../../simulator/contract/index.ts';
import { grownBy, readNumbers, type Reading } from './monitor.ts';
import { Pager } from './pager.ts';

export interface BurnRateRule {
  /** Times the rate that would spend the budget exactly. */
  readonly burnRate: number;
  readonly longMs: number;
  readonly shortMs: number;
}

export interface BurnRateAlertOptions {
  readonly alert: string;
  /** All taken together. */
  readonly pools: readonly string[];
  /** Path whose JSON body holds the numbers, and the members for bad and for all answers. */
  readonly path: string;
  readonly badMember: string;
  readonly totalMember: string;
  /** Objective: share of good answers, above 0, below 1. */
  readonly objectiveRatio: number;
  /** Any of them pages. */
  readonly rules: readonly BurnRateRule[];
  readonly periodMs: number;
  readonly operator: string;
  readonly actedAs: string;
}

export const burnRateAlert: Role<BurnRateAlertOptions> = { name: 'burn-rate-alert', main };

function* main(world: World, options: BurnRateAlertOptions): Process<void> {
  const { alert, operator, actedAs, pools, path, periodMs } = options;
  const pager = new Pager(world, operator, { alert, aboutDependency: false, standsWhileIll: true }, actedAs);
  const history = new History(options);
  for (let round = 0; ; round++) {
    yield* world.timers.sleepPeriod(periodMs);
    const readings = yield* readNumbers(world, pools, path, round);
    const nowMs = world.clock.nowMs();
    history.add(nowMs, readings);
    yield* pager.say(options.rules.some((rule) => history.burns(rule, nowMs)));
  }
}

/** Counted over all instances since the beginning. */
interface Sum {
  readonly atMs: number;
  readonly bad: number;
  readonly total: number;
}

class History {
  readonly #options: BurnRateAlertOptions;
  readonly #longestMs: number;
  readonly #seen = new Map<string, { readonly bad: number; readonly total: number }>();
  /** In order of time; never empty. */
  #sums: Sum[] = [{ atMs: 0, bad: 0, total: 0 }];

  constructor(options: BurnRateAlertOptions) {
    this.#options = options;
    this.#longestMs = Math.max(...options.rules.map(({ longMs }) => longMs));
  }

  add(atMs: number, readings: readonly Reading[]): void {
    let { bad: badSum, total: totalSum } = this.#sums.at(-1)!;
    for (const { instance, numbers } of readings) {
      const bad = numbers[this.#options.badMember] ?? 0;
      const total = numbers[this.#options.totalMember] ?? 0;
      const before = this.#seen.get(instance);
      badSum += grownBy(bad, before?.bad ?? 0);
      totalSum += grownBy(total, before?.total ?? 0);
      this.#seen.set(instance, { bad, total });
    }
    this.#sums.push({ atMs, bad: badSum, total: totalSum });
    if (this.#sums[0]!.atMs < atMs - 2 * this.#longestMs)
      this.#sums = this.#sums.slice(this.#lastBefore(atMs - this.#longestMs));
  }

  burns({ burnRate, longMs, shortMs }: BurnRateRule, nowMs: number): boolean {
    const limit = burnRate * (1 - this.#options.objectiveRatio);
    return this.#badRatio(longMs, nowMs) > limit && this.#badRatio(shortMs, nowMs) > limit;
  }

  /** What lies before the scenario is taken for good and as busy as since: the service has been running for long. */
  #badRatio(windowMs: number, nowMs: number): number {
    const from = this.#sums[this.#lastBefore(nowMs - windowMs)]!;
    const until = this.#sums.at(-1)!;
    const total = until.total - from.total;
    return total === 0 ? 0 : (until.bad - from.bad) / (total * Math.max(1, windowMs / nowMs));
  }

  /** Index of the last sum at or before this moment; 0 where all came after it. */
  #lastBefore(atMs: number): number {
    let low = 0;
    let high = this.#sums.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#sums[middle]!.atMs <= atMs) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
