/** oauth4webapi as a resource server uses it, in the coarse words of the scripts for libraries. */
import {
  allowInsecureRequests,
  customFetch,
  OperationProcessingError,
  UnsupportedOperationError,
  validateJwtAccessToken,
  WWWAuthenticateChallengeError,
  type AuthorizationServer,
} from 'oauth4webapi';
import { AUDIENCE, ISSUER } from './real-tokens.ts';
import type { RealVerifier } from './replay-real.ts';

export class RealOauth4webapi implements RealVerifier {
  /** The library keeps the keys by this object. */
  readonly #server: AuthorizationServer;
  fetchCount = 0;
  /** One function for all calls: the library shares fetches only among calls with one and the same. */
  readonly #fetch = (
    url: string,
    { headers, redirect }: Pick<RequestInit, 'headers' | 'redirect'>,
  ): Promise<Response> => {
    this.fetchCount++;
    return fetch(url, {
      ...(headers === undefined ? {} : { headers }),
      ...(redirect === undefined ? {} : { redirect }),
    });
  };

  constructor(keySet: URL) {
    this.#server = { issuer: ISSUER, jwks_uri: keySet.href };
  }

  async verdict(token: string): Promise<string> {
    const request = new Request('https://api.test/orders', { headers: { authorization: `Bearer ${token}` } });
    try {
      await validateJwtAccessToken(this.#server, request, AUDIENCE, {
        [allowInsecureRequests]: true,
        [customFetch]: this.#fetch,
      });
      return 'accepted';
    } catch (error) {
      return wordFor(error);
    }
  }
}

function wordFor(error: unknown): string {
  if (error instanceof TypeError && error.message === 'fetch failed') return 'keys-unavailable';
  if (error instanceof WWWAuthenticateChallengeError || error instanceof UnsupportedOperationError) return 'rejected';
  if (!(error instanceof OperationProcessingError)) throw error;
  if (error.code !== 'OAUTH_KEY_SELECTION_FAILED') {
    // A document of the wrong shape and a token that does not hold can bear one code; only the former is a response.
    return error.message.includes('response') ? 'keys-unavailable' : 'rejected';
  }
  return error.message.includes('no applicable keys') ? 'unknown-kid' : 'rejected';
}
