/**
 * Watches what sealing every session with a key of one's own would have meant: counts each session that is taken here and
 * that only a mitigation lets in. Only for mitigations that changed what a key depends on, or where a session is kept.
 */
import type { Counter, World } from '../../simulator/contract/index.ts';
import type { SessionOptions } from './session-options.ts';

/** How a session was recognised. */
export type Recognition = 'sealing-key' | 'other-key' | 'store';

export class Birthplace {
  /** What a process in its old state would seal with. */
  readonly value: string;
  readonly #released: Counter | undefined;
  readonly #rotated: Counter | undefined;
  readonly #stored: Counter | undefined;

  /** Undefined where no mitigation wants to know. */
  static of(world: World, options: SessionOptions, bornAs: string): Birthplace | undefined {
    const { releasedFrom, rotation, store } = options;
    if (releasedFrom === undefined && rotation === undefined && store === undefined) return undefined;
    return new Birthplace(world, options, bornAs);
  }

  private constructor(world: World, { releasedFrom, rotation, store }: SessionOptions, bornAs: string) {
    const counterOf = (use: { readonly actedAs: string } | undefined): Counter | undefined =>
      use && world.journal.counter('mitigation.actions', { mitigation: use.actedAs });
    this.value = bornAs;
    this.#released = counterOf(releasedFrom);
    this.#rotated = counterOf(rotation);
    this.#stored = counterOf(store);
  }

  /** @param madeOn the value where the session was made */
  opened(madeOn: string | undefined, by: Recognition): void {
    const isForeign = madeOn !== undefined && madeOn !== this.value;
    if (by === 'store') {
      if (isForeign) this.#stored?.add();
      return;
    }
    if (isForeign) this.#released?.add();
    if (isForeign || by === 'other-key') this.#rotated?.add();
  }
}
