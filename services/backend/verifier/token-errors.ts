/**
 * Remembers rejected tokens, as fast-jwt does with `errorCacheTTL`: the same token is rejected again without a look, even
 * when the reason (an IdP that was down) has long gone.
 */
import type { Token } from '../../../simulator/contract/index.ts';
import type { Rejection } from './verdict.ts';

/** fast-jwt's default `cache` size. The oldest entry makes room. */
const LARGEST_COUNT = 1000;

export class TokenErrors {
  readonly #ttlMs: number;
  readonly #byToken = new Map<string, { readonly rejection: Rejection; readonly untilMs: number }>();

  constructor(ttlMs: number) {
    this.#ttlMs = ttlMs;
  }

  recall(token: Token, nowMs: number): Rejection | undefined {
    const text = textOf(token);
    const entry = this.#byToken.get(text);
    if (entry === undefined || nowMs < entry.untilMs) return entry?.rejection;
    this.#byToken.delete(text);
    return undefined;
  }

  remember(token: Token, rejection: Rejection, nowMs: number): void {
    if (this.#byToken.size >= LARGEST_COUNT) {
      for (const oldest of this.#byToken.keys()) {
        this.#byToken.delete(oldest);
        break;
      }
    }
    this.#byToken.set(textOf(token), { rejection, untilMs: nowMs + this.#ttlMs });
  }
}

/** The same token is the same text, whichever copy of the value arrives. */
function textOf(token: Token): string {
  return JSON.stringify([token.header, token.claims, token.signature]);
}
