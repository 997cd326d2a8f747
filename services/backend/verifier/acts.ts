/** Which mitigations put the knobs of a verifier where they are, so that each is counted when its knob decides something. */
import type { Counter, World } from '../../../simulator/contract/index.ts';

/** Ids of mitigations by what they do. */
export interface VerifierActs {
  /** A key fetch began: for an arm that put the whole verifier in. */
  readonly fetch?: string;
  /** A token got its key by a fetch that it caused. */
  readonly onDemand?: string;
  /** A token was judged by a key past its `ttlMs`. */
  readonly stale?: string;
  /** A refresh by the clock began. */
  readonly byTheClock?: string;
  /** The process ended because it could not get keys. */
  readonly crash?: string;
}

export class ActCounters {
  readonly #world: World;
  readonly #acts: VerifierActs;
  readonly #counters = new Map<string, Counter>();

  constructor(world: World, acts: VerifierActs = {}) {
    this.#world = world;
    this.#acts = acts;
  }

  count(act: keyof VerifierActs): void {
    this.countFor(this.#acts[act]);
  }

  countFor(mitigation: string | undefined): void {
    if (mitigation === undefined) return;
    let counter = this.#counters.get(mitigation);
    if (counter === undefined) {
      counter = this.#world.journal.counter('mitigation.actions', { mitigation });
      this.#counters.set(mitigation, counter);
    }
    counter.add();
  }
}
