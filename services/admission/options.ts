/** What a rate limit at the edge can be told. */
export interface RateLimitOptions {
  /** Sustained requests per second a client, by token bucket; above 0. The time for one token is rounded to a microsecond. */
  readonly ratePerSecond: number;
  /** Size of the bucket, 1 or more. */
  readonly burstCount: number;
  /** What a client is: the address, or the `client_id` in body or query of the request (the address when it has none). */
  readonly clientKey: 'source' | 'client-id';
  /** Limited paths, by prefix. */
  readonly paths: readonly string[];
  /** Told to the refused client, in seconds. */
  readonly retryAfterSeconds: number;
  /** Set when the limit is a mitigation under test rather than the owner's own response: its id. */
  readonly actedAs?: string;
}
