/** Authorization codes: short-lived, bound to client, redirect URI and PKCE challenge, good for one exchange. */
import type { Disk } from '../../simulator/contract/index.ts';
import type { Grant } from './grant.ts';
import type { Names } from './shelf.ts';

const KIND = 'code/';

export interface CodeRecord extends Grant {
  readonly redirectUri: string;
  readonly challenge: string;
  readonly expiresAtMs: number;
  /** The refresh family that the exchange began: set once the code is used. */
  readonly familyId?: string;
}

/** What a client presents with a code. */
export interface CodePresentation {
  readonly code: string;
  readonly clientId: string | undefined;
  readonly redirectUri: string | undefined;
  readonly verifier: string | undefined;
}

export type CodeRefusal =
  | 'code-unknown'
  | 'code-of-another-client'
  | 'code-redirect-mismatch'
  | 'code-verifier-mismatch'
  | 'code-expired'
  | 'code-reused';

export class Codes {
  readonly #shelf: Disk;
  readonly #names: Names;
  readonly #lifetimeMs: number;

  constructor(shelf: Disk, names: Names, lifetimeMs: number) {
    this.#shelf = shelf;
    this.#names = names;
    this.#lifetimeMs = lifetimeMs;
  }

  issue(grant: Grant, redirectUri: string, challenge: string, nowMs: number): string {
    const code = this.#names.next(KIND);
    const record: CodeRecord = { ...grant, redirectUri, challenge, expiresAtMs: nowMs + this.#lifetimeMs };
    this.#shelf.write(code, record);
    return code;
  }

  find(code: string): CodeRecord | undefined {
    return code.startsWith(KIND) ? (this.#shelf.read(code) as CodeRecord | undefined) : undefined;
  }

  /**
   * Judges a presented code (RFC 6749 4.1.3, RFC 7636 4.6) and changes nothing: a thief who lacks the verifier cannot
   * spoil it. S256 is modelled by its effect: whoever has the verifier passes, so challenge and verifier are one text.
   */
  judge(record: CodeRecord | undefined, presented: CodePresentation, nowMs: number): CodeRefusal | undefined {
    if (record === undefined) return 'code-unknown';
    if (record.clientId !== presented.clientId) return 'code-of-another-client';
    if (record.redirectUri !== presented.redirectUri) return 'code-redirect-mismatch';
    if (record.challenge !== presented.verifier) return 'code-verifier-mismatch';
    if (record.familyId !== undefined) return 'code-reused';
    return nowMs < record.expiresAtMs ? undefined : 'code-expired';
  }

  markUsed(code: string, record: CodeRecord, familyId: string): void {
    this.#shelf.write(code, { ...record, familyId });
  }
}
