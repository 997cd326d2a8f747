/** Who signs in again and again: one instance's view of it, kept as what a metric can tell, a number without names. */
import type { World } from '../../simulator/contract/index.ts';

/** A sign-in so soon after the same user's last one is a repetition: nobody's session is meant to end in that time. */
const AGAIN_WITHIN_MS = 300_000;

export class SignInLog {
  readonly #world: World;
  readonly #lastAtMs = new Map<string, number>();
  /** Since the process started. */
  repeatedCount = 0;

  constructor(world: World) {
    this.#world = world;
  }

  signedIn(user: string): void {
    const nowMs = this.#world.clock.nowMs();
    if (nowMs - (this.#lastAtMs.get(user) ?? -Infinity) <= AGAIN_WITHIN_MS) this.repeatedCount++;
    this.#lastAtMs.set(user, nowMs);
  }
}
