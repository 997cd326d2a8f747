/** The fetches of one key cache: which are under way, who shares them, how the last ones ended. */
import { TIMED_OUT, type Process, type Signal, type World } from '../../../simulator/contract/index.ts';
import { ActCounters } from './acts.ts';
import type { Caretaker } from './caretaker.ts';
import { KeyJournal } from './key-journal.ts';
import { KeySource, type IdpAddress } from './key-source.ts';
import type { KeySet } from './key-set.ts';
import type { FetchFailure, Fetched, Located } from './parse.ts';
import type { VerifierProfile } from './profile.ts';

/** Where fetched sets go. A shelf is a kid where that is the scope of the cache, else the one shelf there is. */
export interface Shelves {
  put(shelf: string, set: KeySet): void;
  clear(shelf: string): void;
}

interface Flight {
  readonly landed: Signal<Fetched>;
  readonly begunAtMs: number;
}

const NO_TURN: FetchFailure = { outcome: 'timeout', words: 'no turn at the lock in time' };

export class KeyFetches {
  readonly journal: KeyJournal;
  readonly #world: World;
  readonly #profile: VerifierProfile;
  readonly #source: KeySource;
  readonly #caretaker: Caretaker;
  readonly #shelves: Shelves;
  readonly #acts: ActCounters;
  readonly #flights = new Map<string, Flight>();
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
    this.#acts = new ActCounters(world, profile.acts);
  }

  /** Whether there is a fetch under way that others may share. */
  isUnderWay(shelf: string): boolean {
    return this.#flightToJoin(shelf) !== undefined;
  }

  /** Fetches the discovery document alone. */
  *discover(): Process<Located> {
    const located = yield* this.#source.discover(undefined);
    if (!located.ok) this.#failed(located.failure);
    return located;
  }

  /**
   * Fetches, or shares the fetch under way. So soon after a failure that the profile forbids another fetch, that failure
   * is the answer.
   *
   * @param begins called when this is a fetch of its own
   */
  *fetch(shelf: string, chain: string | undefined, begins?: () => void): Process<Fetched> {
    const { singleFlight, turnPatienceMs } = this.#profile;
    const giveUpAtMs = this.#world.clock.nowMs() + turnPatienceMs;
    for (;;) {
      const flight = this.#flightToJoin(shelf);
      if (flight === undefined) {
        const failure = this.#coolingFailure();
        if (failure !== undefined) return { ok: false, failure };
        begins?.();
        return yield* this.#begin(shelf, chain).landed.wait();
      }
      if (this.#world.journal.follows(chain)) {
        this.#world.journal.step(chain, 'waits for a key fetch that is already under way');
      }
      if (singleFlight !== 'in-turn') return yield* flight.landed.wait();
      const fetched = yield* this.#untilTurn(flight, giveUpAtMs);
      if (fetched === TIMED_OUT) return { ok: false, failure: NO_TURN };
      if (fetched.ok) return fetched;
    }
  }

  *#untilTurn({ landed }: Flight, giveUpAtMs: number): Process<Fetched | typeof TIMED_OUT> {
    if (giveUpAtMs === Infinity) return yield* landed.wait();
    return yield* this.#world.tasks.timeout(giveUpAtMs - this.#world.clock.nowMs(), landed.wait());
  }

  /** Sees to it that a fetch is under way, without waiting for it. True when one began. */
  ensureUnderWay(shelf: string, chain: string | undefined): boolean {
    if (this.#flights.has(shelf) || this.#coolingFailure() !== undefined) return false;
    this.#begin(shelf, chain);
    return true;
  }

  #flightToJoin(shelf: string): Flight | undefined {
    const { singleFlight, joinWithinMs } = this.#profile;
    const flight = this.#flights.get(shelf);
    if (flight === undefined || singleFlight === false) return undefined;
    return this.#world.clock.nowMs() < flight.begunAtMs + joinWithinMs ? flight : undefined;
  }

  #coolingFailure(): FetchFailure | undefined {
    const { cooldownAfterFailureMs } = this.#profile;
    return this.#world.clock.nowMs() < this.lastFailureMs + cooldownAfterFailureMs ? this.lastFailure : undefined;
  }

  #begin(shelf: string, chain: string | undefined): Flight {
    const flight: Flight = { landed: this.#world.tasks.signal<Fetched>(), begunAtMs: this.#world.clock.nowMs() };
    this.#acts.count('fetch');
    this.#flights.set(shelf, flight);
    if (this.#profile.failedRefreshDropsKnownGood) this.#shelves.clear(shelf);
    if (this.#world.journal.follows(chain)) this.#world.journal.step(chain, 'fetches the keys from the IdP');
    this.#caretaker.begin(this.#fly(shelf, flight, ++this.#begunCount, chain));
    return flight;
  }

  *#fly(shelf: string, flight: Flight, number: number, chain: string | undefined): Process<void> {
    const fetched = yield* this.#source.fetch(chain);
    if (!fetched.ok) this.#failed(fetched.failure);
    else {
      this.endedCount++;
      this.#keep(shelf, fetched.set, number);
    }
    if (this.#flights.get(shelf) === flight) this.#flights.delete(shelf);
    flight.landed.fire(fetched);
  }

  #failed(failure: FetchFailure): void {
    this.endedCount++;
    this.lastFailure = failure;
    this.lastFailureMs = this.#world.clock.nowMs();
    this.journal.failed(failure, this.endedCount);
  }

  #keep(shelf: string, set: KeySet, number: number): void {
    if (number <= this.#keptNumber) return;
    this.#keptNumber = number;
    this.lastSuccessMs = this.#world.clock.nowMs();
    this.#shelves.put(shelf, set);
    this.journal.loaded(set);
  }
}
