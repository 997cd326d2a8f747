/** A token bucket a client, refused at the edge with 429 and Retry-After. */
import { ACTED, type Counter, type Request, type Response, type World } from '../../simulator/contract/index.ts';
import type { RateLimitOptions } from './options.ts';

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

export class RateLimit {
  readonly #world: World;
  readonly #options: RateLimitOptions;
  readonly #buckets = new Map<string, Bucket>();
  readonly #refusedCounter: Counter;
  readonly #tooMany: Response;
  #hasActed = false;

  constructor(world: World, options: RateLimitOptions) {
    this.#world = world;
    this.#options = options;
    this.#refusedCounter = world.journal.counter('edge.rate-limited');
    const headers = Object.freeze({ 'retry-after': String(options.retryAfterSeconds) });
    this.#tooMany = Object.freeze({ status: 429, headers });
  }

  /** Takes a token of the client's; the refusal when it has none left. */
  refusal(request: Request): Response | undefined {
    if (!this.#options.paths.some((path) => request.path.startsWith(path))) return undefined;
    const bucket = this.#filled(this.#clientOf(request));
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1;
      return undefined;
    }
    this.#refusedCounter.add();
    if (!this.#hasActed) this.#actFirst();
    this.#world.journal.step(request.chain, 'is refused at the edge with 429: this client is over its rate limit');
    return this.#tooMany;
  }

  #clientOf(request: Request): string {
    if (this.#options.clientKey === 'source') return request.source;
    return (request.body as { readonly client_id?: string } | undefined)?.client_id ?? request.source;
  }

  #filled(client: string): Bucket {
    const nowMs = this.#world.clock.nowMs();
    const { burstCount, ratePerSecond } = this.#options;
    let bucket = this.#buckets.get(client);
    if (bucket === undefined) {
      this.#buckets.set(client, (bucket = { tokens: burstCount, filledAtMs: nowMs }));
      return bucket;
    }
    const gained = ((nowMs - bucket.filledAtMs) / 1000) * ratePerSecond;
    bucket.tokens = Math.min(burstCount, bucket.tokens + gained);
    bucket.filledAtMs = nowMs;
    return bucket;
  }

  #actFirst(): void {
    this.#hasActed = true;
    if (this.#options.actedAs !== undefined) this.#world.journal.note(ACTED, { mitigation: this.#options.actedAs });
  }
}
