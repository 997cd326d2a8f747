/** Whom a bound fault meets, and when: the part of a binding that looks at a request. */
import { hashText, type Draws, type Request } from '../../simulator/contract/index.ts';
import type { FaultBinding } from './fault-binding.ts';
import type { FaultMechanism } from './mechanism.ts';

/** What a fault has counted in one run. */
export interface AimCounts {
  /** Requests that matched endpoint, caller and moment. */
  matchedCount: number;
  /** Requests that were given to the mechanism. */
  takenCount: number;
}

export class Aim {
  readonly #binding: FaultBinding;
  readonly #mechanism: FaultMechanism;
  readonly #callers: readonly CallerPattern[] | undefined;

  constructor(binding: FaultBinding, mechanism: FaultMechanism) {
    this.#binding = binding;
    this.#mechanism = mechanism;
    this.#callers = binding.callers?.map((text) => new CallerPattern(text));
  }

  /**
   * Decides in this order: moment, endpoint, caller, the mechanism's own rhythm, every k-th, chance, the next so many.
   * A weightless request (a measuring one) meets the fault as others do and moves no count, so that measuring does not
   * change what is measured.
   *
   * @param nowMs when the request reaches a worker
   */
  takes(request: Request, nowMs: number, draws: Draws, counts: AimCounts): boolean {
    const { fromMs, untilMs, everyKth, nextCount } = this.#binding;
    if (nowMs < fromMs || nowMs >= untilMs || !this.#matches(request)) return false;
    const sinceMs = nowMs - fromMs;
    if (this.#mechanism.acts?.(sinceMs) === false) return false;
    const ordinal = counts.matchedCount + 1;
    const counted = request.weightless !== true;
    if (counted) counts.matchedCount = ordinal;
    if (everyKth !== undefined && ordinal % everyKth !== 0) return false;
    if (!this.#strikes(request, sinceMs, draws)) return false;
    if (nextCount !== undefined && counts.takenCount >= nextCount) return false;
    if (counted) counts.takenCount++;
    return true;
  }

  #matches({ path, source }: Request): boolean {
    const { endpoints } = this.#binding;
    if (endpoints !== undefined && !endpoints.some((prefix) => path.startsWith(prefix))) return false;
    return this.#callers === undefined || this.#callers.some((pattern) => pattern.fits(source));
  }

  /** The draw belongs to the request and its sender; a ramp only moves the bar that it is held against. */
  #strikes({ key, source }: Request, sinceMs: number, draws: Draws): boolean {
    const { chance = 1, rampMs = 0 } = this.#binding;
    const ratio = sinceMs < rampMs ? (chance * sinceMs) / rampMs : chance;
    return ratio >= 1 || draws.uniform(key, hashText(source)) < ratio;
  }
}

/** An exact source, or a beginning of it when it ends in a star. */
class CallerPattern {
  readonly #text: string;
  readonly #isPrefix: boolean;

  constructor(text: string) {
    this.#isPrefix = text.endsWith('*');
    this.#text = this.#isPrefix ? text.slice(0, -1) : text;
  }

  fits(source: string): boolean {
    return this.#isPrefix ? source.startsWith(this.#text) : source === this.#text;
  }
}
