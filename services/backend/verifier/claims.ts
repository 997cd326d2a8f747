/** Judges the claims of a token whose signature is good. */
import type { Claims } from '../../../simulator/contract/index.ts';

export type ClaimProblem = 'malformed' | 'wrong-issuer' | 'wrong-audience' | 'not-yet-valid' | 'expired';

export interface Expected {
  readonly issuer: string;
  readonly audience: string;
  /** Leeway on `exp` and `nbf`, in ms. */
  readonly clockToleranceMs: number;
  /** Leeway on `nbf` where it is not the same, in ms. */
  readonly nbfToleranceMs?: number;
}

/**
 * The first problem in jose's order: issuer, audience, `nbf`, `exp` (RFC 7519, 4.1). Times count in whole seconds, a token
 * is expired at the second of its `exp`. A missing time is no problem, a missing issuer or audience is.
 *
 * @param wallMs the host's own idea of the time
 */
export function judgeClaims(claims: Claims, expected: Expected, wallMs: number): ClaimProblem | undefined {
  if (claims['iss'] !== expected.issuer) return 'wrong-issuer';
  if (claims['aud'] !== expected.audience) return 'wrong-audience';
  const nowMs = Math.floor(wallMs / 1000) * 1000;
  const { nbf, exp } = claims;
  if (nbf !== undefined) {
    if (typeof nbf !== 'number') return 'malformed';
    if (nbf * 1000 > nowMs + (expected.nbfToleranceMs ?? expected.clockToleranceMs)) return 'not-yet-valid';
  }
  if (exp !== undefined) {
    if (typeof exp !== 'number') return 'malformed';
    if (exp * 1000 <= nowMs - expected.clockToleranceMs) return 'expired';
  }
  return undefined;
}
