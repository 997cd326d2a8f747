/**
 * Watches what it would have meant to bind session keys to the platform below: counts each cookie that was opened although
 * it comes from an instance with another platform value. Only for mitigations that have taken the bond away.
 */
import type { Counter, World } from '../../simulator/contract/index.ts';
import type { ReleasedKey } from './options.ts';

export class Birthplace {
  /** The value that a bound key would have been derived from: as it was when the process started. */
  readonly value: string;
  readonly #actions: Counter;

  constructor(world: World, { platformValue, actedAs }: ReleasedKey) {
    this.value = world.host.platform(platformValue);
    this.#actions = world.journal.counter('mitigation.actions', { mitigation: actedAs });
  }

  /** @param madeOn the value where the opened cookie was made */
  opened(madeOn: string | undefined): void {
    if (madeOn !== undefined && madeOn !== this.value) this.#actions.add();
  }
}
