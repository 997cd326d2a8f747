/** A part of a line: first come, first served, or newest first under controlled delay. */
import type { Response, Waiting } from '../../simulator/contract/index.ts';
import { overloaded } from './answers.ts';
import type { Deed } from './deed.ts';
import type { DelayControl } from './line-options.ts';

const TOO_LATE: Response = overloaded(503);

interface Place {
  readonly waiting: Waiting;
  /** When its wait has become too long; Infinity without controlled delay. */
  readonly untilMs: number;
}

export class Compartment {
  readonly #delay: DelayControl | undefined;
  readonly #deed: Deed | undefined;
  #places: Place[] = [];
  /** When it was last seen empty. */
  #emptyAtMs = 0;
  workingCount = 0;

  constructor(delay: DelayControl | undefined, deed: Deed | undefined) {
    this.#delay = delay;
    this.#deed = deed;
  }

  get count(): number {
    return this.#places.length;
  }

  /** When the one that waits longest came; Infinity when nobody waits. */
  get oldestMs(): number {
    return this.#places[0]?.waiting.sinceMs ?? Infinity;
  }

  add(waiting: Waiting, nowMs: number): void {
    if (this.#places.length === 0) this.#emptyAtMs = nowMs;
    this.#places.push({ waiting, untilMs: this.#untilMs(nowMs) });
  }

  /** The next; those who have waited too long are turned away on the way there. */
  take(nowMs: number): Waiting | undefined {
    if (this.#delay === undefined) return this.#places.shift()?.waiting;
    const left = this.#places.filter(({ waiting, untilMs }) => {
      if (nowMs < untilMs) return true;
      this.#deed?.done();
      waiting.turnAway(TOO_LATE);
      return false;
    });
    this.#places = left;
    const isNewestFirst = left.length > 1 && this.#isStanding(nowMs);
    if (isNewestFirst) this.#deed?.done();
    const place = isNewestFirst ? left.pop() : left.shift();
    if (left.length === 0) this.#emptyAtMs = nowMs;
    return place?.waiting;
  }

  /** The one that came last, out of the line. */
  takeNewest(): Waiting | undefined {
    return this.#places.pop()?.waiting;
  }

  clear(): readonly Waiting[] {
    return this.#places.splice(0).map(({ waiting }) => waiting);
  }

  #untilMs(nowMs: number): number {
    if (this.#delay === undefined) return Infinity;
    return nowMs + (this.#isStanding(nowMs) ? this.#delay.targetMs : this.#delay.intervalMs);
  }

  /** Whether it is a standing queue: not empty once in the whole interval. */
  #isStanding(nowMs: number): boolean {
    return nowMs - this.#emptyAtMs > this.#delay!.intervalMs;
  }
}
