/** jwks-rsa for the keys and jose for the signatures, in the coarse words of the scripts for libraries. */
import { createPublicKey } from 'node:crypto';
import { Agent, type AgentOptions } from 'node:http';
import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import jwksRsa, { type Options } from 'jwks-rsa';
import { AUDIENCE, ISSUER } from './real-tokens.ts';
import type { RealVerifier } from './replay-real.ts';

/** Counts connections: the loopback provider answers one request on each. */
class CountingAgent extends Agent {
  count = 0;

  override createConnection(...args: Parameters<Agent['createConnection']>): ReturnType<Agent['createConnection']> {
    this.count++;
    return super.createConnection(...args);
  }
}

export class RealJwksRsa implements RealVerifier {
  readonly #agent = new CountingAgent({ keepAlive: false } satisfies AgentOptions);
  readonly #client: ReturnType<typeof jwksRsa>;

  constructor(keySet: URL, options: Omit<Options, 'jwksUri'> = {}) {
    this.#client = jwksRsa({ ...options, jwksUri: keySet.href, requestAgent: this.#agent });
  }

  get fetchCount(): number {
    return this.#agent.count;
  }

  async verdict(token: string): Promise<string> {
    const key = await this.#publicKey(decodeProtectedHeader(token).kid);
    if (typeof key === 'string') return key;
    const options = { issuer: ISSUER, audience: AUDIENCE, algorithms: ['ES256', 'RS256'] };
    try {
      await jwtVerify(token, key, { ...options, currentDate: new Date(Date.now()) });
      return 'accepted';
    } catch (error) {
      if (error instanceof errors.JOSEError) return 'rejected';
      throw error;
    }
  }

  /** Every other error of the client is one of the fetch: statuses, bad documents, connections, its own limit. */
  async #publicKey(kid: string | undefined) {
    try {
      return createPublicKey((await this.#client.getSigningKey(kid)).getPublicKey());
    } catch (error) {
      return error instanceof jwksRsa.SigningKeyNotFoundError ? 'unknown-kid' : 'keys-unavailable';
    }
  }
}
