/** What a mitigation did, counted each time and noted the first: without a deed an arm is `not engaged`. */
import { ACTED, type Counter, type World } from '../../simulator/contract/index.ts';

export class Deed {
  readonly #world: World;
  readonly #mitigation: string;
  #counter: Counter | undefined = undefined;

  /** @param mitigation its id; undefined for what belongs to the play itself, whose deeds nobody counts */
  static of(world: World, mitigation: string | undefined): Deed | undefined {
    return mitigation === undefined ? undefined : new Deed(world, mitigation);
  }

  private constructor(world: World, mitigation: string) {
    this.#world = world;
    this.#mitigation = mitigation;
  }

  done(): void {
    const { journal } = this.#world;
    if (this.#counter === undefined) {
      this.#counter = journal.counter('mitigation.actions', { mitigation: this.#mitigation });
      journal.note(ACTED, { mitigation: this.#mitigation });
    }
    this.#counter.add();
  }
}
