/** The JWK Set endpoint (RFC 7517 5): the keys that the timeline publishes at this moment. */
import type { Clock, Jwk, Response } from '../../simulator/contract/index.ts';
import type { SigningKeys } from './signing-keys.ts';

export interface JwkSet {
  readonly keys: readonly Jwk[];
}

export class JwksEndpoint {
  readonly #keys: SigningKeys;
  readonly #clock: Clock;

  constructor(keys: SigningKeys, clock: Clock) {
    this.#keys = keys;
    this.#clock = clock;
  }

  answer(): Response {
    const body: JwkSet = { keys: this.#keys.publishedAt(this.#clock.wallMs()) };
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }
}
