/** jose's remote key set, its errors in the words of the model. */
import { createRemoteJWKSet, customFetch, errors, jwtVerify } from 'jose';
import { AUDIENCE, ISSUER } from './real-tokens.ts';
import type { RealVerifier } from './replay-real.ts';

export class RealJose implements RealVerifier {
  readonly #keySet: ReturnType<typeof createRemoteJWKSet>;
  fetchCount = 0;

  constructor(keySet: URL) {
    this.#keySet = createRemoteJWKSet(keySet, {
      [customFetch]: (url, options) => {
        this.fetchCount++;
        return fetch(url, options);
      },
    });
  }

  async verdict(token: string): Promise<string> {
    const options = { issuer: ISSUER, audience: AUDIENCE, algorithms: ['ES256', 'RS256'] };
    try {
      await jwtVerify(token, this.#keySet, { ...options, currentDate: new Date(Date.now()) });
      return 'accepted';
    } catch (error) {
      return wordFor(error);
    }
  }
}

/** jose's error in the words of the model. An error that has none is a finding, not a verdict. */
function wordFor(error: unknown): string {
  if (error instanceof errors.JOSEAlgNotAllowed) return 'bad-algorithm';
  if (error instanceof errors.JWKSNoMatchingKey) return 'unknown-kid';
  if (error instanceof errors.JWKSMultipleMatchingKeys) return 'ambiguous-kid';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'bad-signature';
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) return CLAIM_WORDS[error.claim] ?? `claim ${error.claim}`;
  if (error instanceof errors.JWKSTimeout) return 'keys-unavailable (timeout)';
  if (error instanceof errors.JWKSInvalid) return 'keys-unavailable (document)';
  if (error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC') return wordForGeneric(error);
  if (error instanceof TypeError && error.message === 'fetch failed') {
    return codeOf(error.cause) === 'ECONNREFUSED' ? 'keys-unavailable (refused)' : 'keys-unavailable (reset)';
  }
  throw error;
}

const CLAIM_WORDS: Readonly<Record<string, string>> = {
  iss: 'wrong-issuer',
  aud: 'wrong-audience',
  nbf: 'not-yet-valid',
};

function wordForGeneric(error: Error): string {
  if (error.message.startsWith('Expected 200 OK')) return 'keys-unavailable (status)';
  const { cause } = error;
  if (cause instanceof SyntaxError) return 'keys-unavailable (document)';
  // These two happen while the body is read, before there is any JSON to parse.
  if (cause instanceof DOMException && cause.name === 'TimeoutError') return 'keys-unavailable (timeout)';
  if (cause instanceof TypeError && cause.message === 'terminated') return 'keys-unavailable (cut)';
  throw error;
}

function codeOf(cause: unknown): unknown {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
}
