/** How a machine tells people: pages once a trouble, and again only after an all-clear. */
import { ACTED, keyOf, type Process, type World } from '../../simulator/contract/index.ts';
import type { Page } from './operator-options.ts';

export class Pager {
  readonly #world: World;
  readonly #operator: string;
  readonly #page: Page;
  readonly #actedAs: string;
  #firing = false;

  /**
   * @param operator host name of the people
   * @param actedAs the mitigation that this alert is
   */
  constructor(world: World, operator: string, page: Page, actedAs: string) {
    this.#world = world;
    this.#operator = operator;
    this.#page = page;
    this.#actedAs = actedAs;
  }

  *page(): Process<void> {
    if (this.#firing) return;
    this.#firing = true;
    this.#world.journal.note(ACTED, { mitigation: this.#actedAs });
    yield* this.#tell('/page');
  }

  *allClear(): Process<void> {
    if (!this.#firing) return;
    this.#firing = false;
    yield* this.#tell('/all-clear');
  }

  /** Pages while it is so, clears when it is not. */
  *say(ill: boolean): Process<void> {
    yield* ill ? this.page() : this.allClear();
  }

  *#tell(path: string): Process<void> {
    const { network, host } = this.#world;
    yield* network.call(this.#operator, { method: 'POST', path, body: this.#page, source: host.name, key: keyOf(7) });
  }
}
