/** What a verifier says about a token. */
import type { Claims } from '../../../simulator/contract/index.ts';
import type { ClaimProblem } from './claims.ts';
import type { KeyProblem } from './key-cache.ts';
import type { RefusalStatus } from './profile.ts';

export type RejectionReason = KeyProblem['problem'] | 'bad-signature' | 'bad-algorithm' | ClaimProblem;

export interface Rejection {
  readonly ok: false;
  readonly reason: RejectionReason;
  /** What the request is answered with. */
  readonly status: RefusalStatus;
}

export type Verdict = { readonly ok: true; readonly claims: Claims } | Rejection;

/** Completes "rejects the token: …". */
export const REASON_WORDS: Readonly<Record<RejectionReason, string>> = {
  'keys-unavailable': 'there are no keys to judge it by',
  'unknown-kid': 'its key is unknown',
  'ambiguous-kid': 'several keys bear its kid',
  'bad-signature': 'the signature is not by the key it names',
  'bad-algorithm': 'it is not signed with an algorithm that is accepted here',
  expired: 'it has expired by this clock',
  'not-yet-valid': 'it is not valid yet by this clock',
  'wrong-issuer': 'another issuer made it',
  'wrong-audience': 'it is meant for somebody else',
  malformed: 'it is malformed',
};
