/** A token bucket a client, refused at the edge with 429 and Retry-After. */
import type { Request, World } from '../../simulator/contract/index.ts';
import { ACTED } from '../../simulator/contract/index.ts';
import type { RateLimitOptions } from './options.ts';

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

export class RateLimit {
  readonly #world: World;
  readonly options: RateLimitOptions;
  readonly #buckets = new Map<string, Bucket>();
  readonly #refused;
  #hasActed = false;

  constructor(world: World, options: RateLimitOptions) {
    this.#world = world;
    this.options = options;
    this.#refused = world.journal.counter('router.rate-limited');
  }

  /** Takes a token; false when the client has none left. */
  admits(request: Request): boolean {
    if (!this.options.paths.some((path) => request.path.startsWith(path))) return true;
    const bucket = this.#filled(this.#clientOf(request));
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1;
      return true;
    }
    this.#refused.add();
    if (!this.#hasActed) this.#actFirst();
    return false;
  }

  #clientOf(request: Request): string {
    return this.options.clientKey === 'source' ? request.source : (request.headers?.['x-client-id'] ?? request.source);
  }

  #filled(client: string): Bucket {
    const nowMs = this.#world.clock.nowMs();
    const { burstCount, ratePerSecond } = this.options;
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
    if (this.options.actedAs !== undefined) this.#world.journal.note(ACTED, { mitigation: this.options.actedAs });
  }
}
