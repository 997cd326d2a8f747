/** What a client makes of an answer of the token endpoint. */
import type { Token } from '../../simulator/contract/index.ts';
import { textMember } from './answers.ts';

export interface TokenSet {
  readonly accessToken: Token;
  /** When the access token expires by the client's own clock, from `expires_in`; Infinity when the answer had none. */
  readonly expiresAtMs: number;
  /** Absent when no answer had one. */
  readonly refreshToken?: string;
  readonly idToken?: Token;
}

/**
 * The tokens of an answer, or undefined when it holds no access token: maintenance pages come with status 200 too. An
 * answer without a refresh token leaves the client the one it has (RFC 6749 6).
 */
export function readTokens(body: unknown, nowMs: number, heldRefreshToken?: string): TokenSet | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { access_token, id_token, expires_in } = body as Readonly<Record<string, unknown>>;
  if (!isToken(access_token)) return undefined;
  const refreshToken = textMember(body, 'refresh_token') ?? heldRefreshToken;
  return {
    accessToken: access_token,
    expiresAtMs: typeof expires_in === 'number' ? nowMs + expires_in * 1000 : Infinity,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(isToken(id_token) ? { idToken: id_token } : {}),
  };
}

/** A token is an object with claims in both runtimes: over real HTTP the door makes one of the text. */
function isToken(value: unknown): value is Token {
  return typeof value === 'object' && value !== null && 'claims' in value && 'signature' in value;
}
