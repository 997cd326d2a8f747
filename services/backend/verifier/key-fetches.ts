/** The fetches of one key cache: which are under way, who shares them, how the last ones ended. */
import type { Process, Signal, World } from '../../../simulator/contract/index.ts';
import type { Caretaker } from './caretaker.ts';
import { KeyJournal } from './key-journal.ts';
import { KeySource, type IdpAddress } from './key-source.ts';
import type { KeySet } from './key-set.ts';
import type { FetchFailure, Fetched } from './parse.ts';
import type { VerifierProfile } from './profile.ts';

/** Where fetched sets go. A shelf is a kid where that is the scope of the cache, else the one shelf there is. */
export interface Shelves {
  put(shelf: string, set: KeySet): void;
  clear(shelf: string): void;
}

export class KeyFetches {
  readonly journal: KeyJournal;
  readonly #world: World;
  readonly #profile: VerifierProfile;
  readonly #source: KeySource;
  readonly #caretaker: Caretaker;
  readonly #shelves: Shelves;
  readonly #flights = new Map<string, Signal<Fetched>>();
  #begunCount = 0;
  /** Number of the newest fetch whose set was kept: one that began earlier and ends later must not replace it. */
  #keptNumber = 0;
  endedCount = 0;
  /** When a fetch last succeeded, in ms of the scenario; -Infinity before. */
  lastSuccessMs = -Infinity;
  lastFailure: FetchFailure | undefined = undefined;
  lastFailureMs = -Infinity;

  /** @param copy which of the instance's caches, from 0 */
  constructor(
    world: World,
    profile: VerifierProfile,
    idp: IdpAddress,
    caretaker: Caretaker,
    shelves: Shelves,
    copy: number,
  ) {
    this.#world = world;
    this.#profile = profile;
    this.#caretaker = caretaker;
    this.#shelves = shelves;
    this.journal = new KeyJournal(world, profile.copiesPerInstance > 1 ? copy : undefined);
    this.#source = new KeySource(world, profile, idp, this.journal, copy);
  }

  /** Whether there is a fetch under way that others may share. */
  isUnderWay(shelf: string): boolean {
    return this.#flights.has(shelf);
  }

  /**
   * Fetches, or shares the fetch under way. So soon after a failure that the profile forbids another fetch, that failure
   * is the answer.
   *
   * @param begins called when this is a fetch of its own
   */
  *fetch(shelf: string, chain: string | undefined, begins?: () => void): Process<Fetched> {
    let flight = this.#flights.get(shelf);
    if (flight === undefined || !this.#profile.singleFlight) {
      const failure = this.#coolingFailure();
      if (failure !== undefined) return { ok: false, failure };
      begins?.();
      flight = this.#begin(shelf, chain);
    } else if (this.#world.journal.follows(chain)) {
      this.#world.journal.step(chain, 'waits for a key fetch that is already under way');
    }
    return yield* flight.wait();
  }

  /** Sees to it that a fetch is under way, without waiting for it. True when one began. */
  ensureUnderWay(shelf: string, chain: string | undefined): boolean {
    if (this.#flights.has(shelf) || this.#coolingFailure() !== undefined) return false;
    this.#begin(shelf, chain);
    return true;
  }

  #coolingFailure(): FetchFailure | undefined {
    const { cooldownAfterFailureMs } = this.#profile;
    return this.#world.clock.nowMs() < this.lastFailureMs + cooldownAfterFailureMs ? this.lastFailure : undefined;
  }

  #begin(shelf: string, chain: string | undefined): Signal<Fetched> {
    const flight = this.#world.tasks.signal<Fetched>();
    this.#flights.set(shelf, flight);
    if (this.#profile.failedRefreshDropsKnownGood) this.#shelves.clear(shelf);
    if (this.#world.journal.follows(chain)) this.#world.journal.step(chain, 'fetches the keys from the IdP');
    this.#caretaker.begin(this.#fly(shelf, flight, ++this.#begunCount, chain));
    return flight;
  }

  *#fly(shelf: string, flight: Signal<Fetched>, number: number, chain: string | undefined): Process<void> {
    const fetched = yield* this.#source.fetch(chain);
    const nowMs = this.#world.clock.nowMs();
    this.endedCount++;
    if (!fetched.ok) {
      this.lastFailure = fetched.failure;
      this.lastFailureMs = nowMs;
      this.journal.failed(fetched.failure, this.endedCount);
    } else if (number > this.#keptNumber) {
      this.#keptNumber = number;
      this.lastSuccessMs = nowMs;
      this.#shelves.put(shelf, fetched.set);
      this.journal.loaded(fetched.set);
    }
    if (this.#flights.get(shelf) === flight) this.#flights.delete(shelf);
    flight.fire(fetched);
  }
}
