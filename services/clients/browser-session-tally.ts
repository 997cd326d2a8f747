/** What is counted about browser sessions beside what all clients count: how rejections and tries follow each other. */
import type { Counter, Labels, World } from '../../simulator/contract/index.ts';

/** Two sign-ins of one user within this time are a loop. */
const LOOP_MS = 60_000;
const LATER_MS = 240_000;

/** How long after the last failed try: at once, after a pause, or in between. */
export type Wait = 'under-1-min' | '1-to-4-min' | 'over-4-min';

export class BrowserSessionTally {
  readonly #world: World;
  readonly #population: string;
  readonly #counters = new Map<string, Counter>();
  /** Visits begun. */
  readonly visits: Counter;
  /** Sign-ins less than a minute after the same user's last one. */
  readonly signInsRepeated: Counter;
  readonly gaveUp: Counter;

  constructor(world: World, population: string) {
    this.#world = world;
    this.#population = population;
    this.visits = world.journal.counter('browser.visits', { population });
    this.signInsRepeated = world.journal.counter('browser.sign-ins-repeated', { population });
    this.gaveUp = world.journal.counter('browser.gave-up', { population });
  }

  /** @param streak how many rejections in a row, this one included, since this user last had a whole page */
  rejection(streak: number, tenant: number, edge: string): void {
    const inRow = streak > 2 ? '3+' : String(streak);
    this.#add('browser.rejections', `${inRow}/${tenant}`, { streak: inRow, tenant: String(tenant), edge });
  }

  /** A try at a page that has failed before. */
  again(sinceFailureMs: number, good: boolean): void {
    const wait: Wait =
      sinceFailureMs < LOOP_MS ? 'under-1-min' : sinceFailureMs < LATER_MS ? '1-to-4-min' : 'over-4-min';
    this.#add(good ? 'browser.tries-again-ok' : 'browser.tries-again-failed', wait, { wait });
  }

  /** @param sinceLastMs since the same user last signed in, Infinity for the first time */
  signedIn(sinceLastMs: number): void {
    if (sinceLastMs < LOOP_MS) this.signInsRepeated.add();
  }

  #add(name: string, value: string, labels: Labels): void {
    const key = `${name}/${value}`;
    let counter = this.#counters.get(key);
    if (counter === undefined) {
      counter = this.#world.journal.counter(name, { population: this.#population, ...labels });
      this.#counters.set(key, counter);
    }
    counter.add();
  }
}
