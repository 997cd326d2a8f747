/**
 * Refresh tokens with rotation: each use hands out a successor, and all successors of one sign-in are a family. A token
 * that comes back after its successor went out means that two parties hold it, so the whole family is revoked
 * (RFC 9700 4.14.2). A grace forgives the honest client whose answer was lost or whose tabs raced.
 */
import type { Disk } from '../../simulator/contract/index.ts';
import type { Grant, PreissuedGrant } from './grant.ts';
import type { Lifetimes } from './lifetimes.ts';
import type { Names } from './shelf.ts';

const KIND = 'refresh/';
const FAMILY = 'family/';

export interface RefreshRecord extends Grant {
  readonly familyId: string;
  readonly expiresAtMs: number;
  /** When its first successor was handed out. */
  readonly supersededAtMs?: number;
}

interface FamilyRecord {
  readonly revokedAtMs: number;
}

export type RefreshRefusal =
  'refresh-unknown' | 'refresh-of-another-client' | 'refresh-expired' | 'refresh-revoked' | 'refresh-reused';

/** Whether a text has the form of a refresh token. */
export function isRefreshToken(text: string): boolean {
  return text.startsWith(KIND);
}

export class RefreshFamilies {
  readonly #shelf: Disk;
  readonly #names: Names;
  readonly #lifetimes: Lifetimes;
  readonly #graceMs: number;

  constructor(shelf: Disk, names: Names, lifetimes: Lifetimes, graceMs: number) {
    this.#shelf = shelf;
    this.#names = names;
    this.#lifetimes = lifetimes;
    this.#graceMs = graceMs;
  }

  /** Begins a family; `familyId` comes from {@link newFamily}. Returns its first refresh token. */
  begin(grant: Grant, familyId: string, nowMs: number): string {
    return this.#hand(grant, familyId, nowMs);
  }

  newFamily(): string {
    return this.#names.next(FAMILY);
  }

  /** Takes over a token that was handed out before the scenario began, as the only one of its family. */
  adopt({ refreshToken, username, clientId, scope, expiresAtMs: plannedMs }: PreissuedGrant): void {
    const expiresAtMs = this.#lifetimes.spread(refreshToken, plannedMs);
    const authTimeMs = expiresAtMs - this.#lifetimes.refreshTokenMs;
    const familyId = FAMILY + refreshToken;
    const record: RefreshRecord = { username, clientId, scope, authTimeMs, familyId, expiresAtMs };
    this.#shelf.write(refreshToken, record);
  }

  find(token: string): RefreshRecord | undefined {
    return isRefreshToken(token) ? (this.#shelf.read(token) as RefreshRecord | undefined) : undefined;
  }

  /** Until when it can be presented; undefined for a token that nobody issued. */
  endMs(token: string): number | undefined {
    const record = this.find(token);
    return record === undefined ? undefined : record.expiresAtMs + this.#lifetimes.leewayMs;
  }

  /** Judges a presented token and changes nothing. A reuse exactly at the end of the grace is outside. */
  judge(record: RefreshRecord | undefined, clientId: string | undefined, nowMs: number): RefreshRefusal | undefined {
    if (record === undefined) return 'refresh-unknown';
    if (record.clientId !== clientId) return 'refresh-of-another-client';
    if (nowMs >= record.expiresAtMs + this.#lifetimes.leewayMs) return 'refresh-expired';
    if (this.#shelf.read(record.familyId) !== undefined) return 'refresh-revoked';
    const { supersededAtMs } = record;
    return supersededAtMs === undefined || nowMs - supersededAtMs < this.#graceMs ? undefined : 'refresh-reused';
  }

  /**
   * Hands out a successor with a lifetime of its own. Within the grace one token may have several successors, each of
   * which goes on by itself: the server cannot know which answer arrived.
   */
  rotate(token: string, record: RefreshRecord, nowMs: number): string {
    this.#lifetimes.accepted(record.expiresAtMs, nowMs);
    if (record.supersededAtMs === undefined) this.#shelf.write(token, { ...record, supersededAtMs: nowMs });
    return this.#hand(record, record.familyId, nowMs);
  }

  /** True when the family was alive until now. */
  revoke(familyId: string, nowMs: number): boolean {
    if (this.#shelf.read(familyId) !== undefined) return false;
    const family: FamilyRecord = { revokedAtMs: nowMs };
    this.#shelf.write(familyId, family);
    return true;
  }

  /** Leaves out the nonce: an ID token from a refresh should carry none (OIDC Core 12.2). */
  #hand({ username, clientId, scope, authTimeMs }: Grant, familyId: string, nowMs: number): string {
    const token = this.#names.next(KIND);
    const expiresAtMs = this.#lifetimes.spread(token, nowMs + this.#lifetimes.refreshTokenMs);
    const record: RefreshRecord = { username, clientId, scope, authTimeMs, familyId, expiresAtMs };
    this.#shelf.write(token, record);
    return token;
  }
}
