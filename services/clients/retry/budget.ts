/** What one client may spend on retries. A client without successes earns nothing: that is what bounds a storm. */
import type { RetryBudget } from './options.ts';

export interface Budget {
  /** A request has ended. `spent` says that it was a retry. */
  ended(isGood: boolean, isTimeout: boolean, nowMs: number): void;
  /** Pays for a retry; false when it cannot be paid. */
  pay(nowMs: number): boolean;
}

export function makeBudget(rule: RetryBudget): Budget {
  switch (rule.kind) {
    case 'quota':
      return new QuotaBudget(rule);
    case 'token-ratio':
      return new TokenBudget(rule);
    case 'share':
      return new ShareBudget(rule);
    case 'active-share':
      return new ActiveBudget(rule);
  }
}

type Rule<K extends RetryBudget['kind']> = Extract<RetryBudget, { readonly kind: K }>;

class QuotaBudget implements Budget {
  readonly #rule: Rule<'quota'>;
  #left: number;
  /** What the request under way has cost; 0 for the first of an occasion. */
  #paid = 0;
  #nextCost: number;

  constructor(rule: Rule<'quota'>) {
    this.#rule = rule;
    this.#left = rule.capacity;
    this.#nextCost = rule.retryCost;
  }

  ended(isGood: boolean, isTimeout: boolean): void {
    const { retryCost, timeoutCost, refund, capacity } = this.#rule;
    if (isGood) this.#left = Math.min(capacity, this.#left + (this.#paid === 0 ? refund : this.#paid));
    this.#paid = 0;
    this.#nextCost = isTimeout ? timeoutCost : retryCost;
  }

  pay(): boolean {
    if (this.#left < this.#nextCost) return false;
    this.#left -= this.#nextCost;
    this.#paid = this.#nextCost;
    return true;
  }
}

class TokenBudget implements Budget {
  readonly #rule: Rule<'token-ratio'>;
  #tokens: number;

  constructor(rule: Rule<'token-ratio'>) {
    this.#rule = rule;
    this.#tokens = rule.maxTokens;
  }

  ended(isGood: boolean): void {
    const { maxTokens, tokenRatio } = this.#rule;
    this.#tokens = isGood ? Math.min(maxTokens, this.#tokens + tokenRatio) : Math.max(0, this.#tokens - 1);
  }

  pay(): boolean {
    return this.#tokens > this.#rule.maxTokens / 2;
  }
}

class ShareBudget implements Budget {
  readonly #rule: Rule<'share'>;
  #requestsAtMs: number[] = [];
  #retriesAtMs: number[] = [];

  constructor(rule: Rule<'share'>) {
    this.#rule = rule;
  }

  ended(_isGood: boolean, _isTimeout: boolean, nowMs: number): void {
    this.#requestsAtMs.push(nowMs);
  }

  pay(nowMs: number): boolean {
    const { ratio, minPerSecond, ttlMs } = this.#rule;
    const isRecent = (atMs: number): boolean => atMs > nowMs - ttlMs;
    this.#requestsAtMs = this.#requestsAtMs.filter(isRecent);
    this.#retriesAtMs = this.#retriesAtMs.filter(isRecent);
    const earned = ratio * this.#requestsAtMs.length + (minPerSecond * ttlMs) / 1000;
    if (this.#retriesAtMs.length + 1 > earned) return false;
    this.#retriesAtMs.push(nowMs);
    return true;
  }
}

/** One client retries one thing at a time: only a budget of less than one stops it. */
class ActiveBudget implements Budget {
  readonly #limit: number;

  constructor({ ratio, minConcurrent }: Rule<'active-share'>) {
    this.#limit = Math.max(minConcurrent, ratio);
  }

  ended(): void {}

  pay(): boolean {
    return this.#limit >= 1;
  }
}
