/**
 * aws-jwt-verify in the coarse words of the scripts for libraries. It fetches by HTTPS only, so its fetcher is given a
 * plain HTTP request with its own patience below it; cache, penalty box, retry and verification are the library's.
 */
import { get } from 'node:http';
import { JwtVerifier } from 'aws-jwt-verify';
import {
  FetchError,
  JwksNotAvailableInCacheError,
  JwksValidationError,
  JwkValidationError,
  JwtBaseError,
  JwtParseError,
  KidNotFoundInJwksError,
  NonRetryableFetchError,
  WaitPeriodNotYetEndedJwkError,
} from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { AUDIENCE, ISSUER } from './real-tokens.ts';
import type { RealVerifier } from './replay-real.ts';

/** Its `responseTimeout`. */
const PATIENCE_MS = 3_000;

export class RealAwsJwtVerify implements RealVerifier {
  readonly #verifier;
  fetchCount = 0;

  constructor(keySet: URL) {
    const jwksCache = new SimpleJwksCache({ fetcher: { fetch: (uri) => this.#fetchTwice(uri) } });
    this.#verifier = JwtVerifier.create({ issuer: ISSUER, audience: AUDIENCE, jwksUri: keySet.href }, { jwksCache });
  }

  async verdict(token: string): Promise<string> {
    try {
      await this.#verifier.verify(token);
      return 'accepted';
    } catch (error) {
      return wordFor(error);
    }
  }

  /** As its SimpleFetcher: once more, at once, unless the error says that it would be the same. */
  async #fetchTwice(uri: string): Promise<ArrayBuffer> {
    try {
      return await this.#fetch(uri);
    } catch (error) {
      if (error instanceof NonRetryableFetchError) throw error;
      return await this.#fetch(uri);
    }
  }

  async #fetch(uri: string): Promise<ArrayBuffer> {
    this.fetchCount++;
    return await new Promise<ArrayBuffer>((resolve, reject) => {
      const request = get(uri, { agent: false, signal: AbortSignal.timeout(PATIENCE_MS) }, (response) => {
        if (response.statusCode !== 200) {
          reject(new NonRetryableFetchError(uri, `Status code is ${response.statusCode}, expected 200`));
          response.destroy();
          return;
        }
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () => {
          const whole = Buffer.concat(pieces);
          resolve(whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.byteLength) as ArrayBuffer);
        });
        response.on('error', (error) => reject(new FetchError(uri, error)));
      });
      request.on('error', (error) => reject(new FetchError(uri, error)));
    });
  }
}

function wordFor(error: unknown): string {
  if (error instanceof KidNotFoundInJwksError || error instanceof WaitPeriodNotYetEndedJwkError) return 'unknown-kid';
  if (error instanceof FetchError || error instanceof JwksNotAvailableInCacheError) return 'keys-unavailable';
  if (error instanceof JwksValidationError || error instanceof JwkValidationError) return 'keys-unavailable';
  if (error instanceof JwtParseError || error instanceof JwtBaseError) return 'rejected';
  // The document was no JSON: its parser's own error comes through.
  if (error instanceof SyntaxError) return 'keys-unavailable';
  throw error;
}
