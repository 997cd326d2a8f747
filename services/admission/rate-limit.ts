/** A token bucket a client, refused at the edge with 429 and Retry-After. */
import { ACTED, type Counter, type Request, type Response, type World } from '../../simulator/contract/index.ts';
import type { RateLimitOptions } from './options.ts';

export class RateLimit {
  readonly #world: World;
  readonly #options: RateLimitOptions;
  /** Time for one token, and for all but one, in microseconds: whole, so that a token is there exactly when it is due. */
  readonly #tokenUs: number;
  readonly #spareUs: number;
  /** By client: when its bucket is full again. Counting so, a refusal changes nothing, and no rounding adds up. */
  readonly #fullAtUs = new Map<string, number>();
  readonly #refusedCounter: Counter;
  readonly #tooMany: Response;
  #hasActed = false;

  constructor(world: World, options: RateLimitOptions) {
    this.#world = world;
    this.#options = options;
    this.#tokenUs = Math.round(1_000_000 / options.ratePerSecond);
    this.#spareUs = (options.burstCount - 1) * this.#tokenUs;
    this.#refusedCounter = world.journal.counter('edge.rate-limited');
    const headers = Object.freeze({ 'retry-after': String(options.retryAfterSeconds) });
    this.#tooMany = Object.freeze({ status: 429, headers });
  }

  /** Takes a token of the client's; the refusal when it has none left. */
  refusal(request: Request): Response | undefined {
    if (!this.#options.paths.some((path) => request.path.startsWith(path))) return undefined;
    const client = this.#clientOf(request);
    const nowUs = Math.round(this.#world.clock.nowMs() * 1000);
    const fullAtUs = Math.max(nowUs, this.#fullAtUs.get(client) ?? 0);
    if (fullAtUs - nowUs <= this.#spareUs) {
      this.#fullAtUs.set(client, fullAtUs + this.#tokenUs);
      return undefined;
    }
    this.#refusedCounter.add();
    if (!this.#hasActed) this.#actFirst();
    this.#world.journal.step(request.chain, 'is refused at the edge with 429: this client is over its rate limit');
    return this.#tooMany;
  }

  #clientOf({ source, body, query }: Request): string {
    if (this.#options.clientKey === 'source') return source;
    return (body as { readonly client_id?: string } | undefined)?.client_id ?? query?.['client_id'] ?? source;
  }

  #actFirst(): void {
    this.#hasActed = true;
    if (this.#options.actedAs !== undefined) this.#world.journal.note(ACTED, { mitigation: this.#options.actedAs });
  }
}
