/** Whether a token with an unknown kid may cause a fetch now: what keeps a flood of bogus tokens from the IdP. */
import type { VerifierProfile } from './profile.ts';

export class RefetchGate {
  readonly #profile: VerifierProfile;
  #windowEndsAtMs = -Infinity;
  #fetchesInWindow = 0;
  #penaltyEndsAtMs = -Infinity;

  constructor(profile: VerifierProfile) {
    this.#profile = profile;
  }

  /**
   * Why not, in words that complete "and …"; undefined when it may.
   *
   * @param lastSuccessMs when a fetch last succeeded, -Infinity for never
   * @param joins whether it would share a fetch under way: limits do not count against it then
   */
  refusal(nowMs: number, lastSuccessMs: number, joins: boolean): string | undefined {
    const { unknownKid, cooldownAfterSuccessMs } = this.#profile;
    if (unknownKid === 'never') return 'never fetches for a token';
    if (nowMs < lastSuccessMs + cooldownAfterSuccessMs) return 'fetched too recently to fetch again';
    if (joins) return undefined;
    if (nowMs < this.#penaltyEndsAtMs) return 'may not fetch so soon after a fetch in vain';
    if (typeof unknownKid === 'string' || 'penaltyMs' in unknownKid) return undefined;
    const spent = nowMs < this.#windowEndsAtMs && this.#fetchesInWindow >= unknownKid.limit;
    return spent ? 'has spent its limit of fetches' : undefined;
  }

  /** A fetch begins for an unknown kid. */
  fetches(nowMs: number): void {
    const { unknownKid } = this.#profile;
    if (typeof unknownKid === 'string' || !('limit' in unknownKid)) return;
    if (nowMs >= this.#windowEndsAtMs) {
      this.#windowEndsAtMs = nowMs + unknownKid.perMs;
      this.#fetchesInWindow = 0;
    }
    this.#fetchesInWindow++;
  }

  /**
   * For one that was refused: takes a place in the next window where the profile lets it wait for that, and says in how
   * many ms the window opens.
   */
  takePlace(nowMs: number): number | undefined {
    const { unknownKid } = this.#profile;
    if (typeof unknownKid === 'string' || !('limit' in unknownKid)) return undefined;
    const opensInMs = this.#windowEndsAtMs - nowMs;
    if (!(opensInMs > 0 && opensInMs <= (unknownKid.waitAtMostMs ?? 0))) return undefined;
    this.#windowEndsAtMs += unknownKid.perMs;
    this.#fetchesInWindow = 1;
    return opensInMs;
  }

  /** A fetch brought a set without the kid that it was made for. */
  missed(nowMs: number): void {
    const { unknownKid } = this.#profile;
    if (typeof unknownKid === 'object' && 'penaltyMs' in unknownKid) {
      this.#penaltyEndsAtMs = nowMs + unknownKid.penaltyMs;
    }
  }
}
