/** What the key cache leaves in the record: a note when its luck changes, never one per request; counts for the rest. */
import type { Counter, Failure, World } from '../../../simulator/contract/index.ts';
import type { KeySet } from './key-set.ts';
import type { FetchFailure } from './parse.ts';

/** A fetch failed, the first one or the first after a success. Detail: reason, attempt (fetches since the start). */
export const KEYS_FETCH_FAILED = 'keys.fetch-failed';
/** Keys came, for the first time, again after failures, or others than before. Detail: kids, keyCount. */
export const KEYS_LOADED = 'keys.loaded';
/** The instance goes into service without keys. Detail: reason. */
export const KEYS_MISSING = 'keys.missing';

type Outcome = 'ok' | Failure | 'status' | 'document';

export class KeyJournal {
  readonly #journal: World['journal'];
  readonly #copyLabel: { readonly copy?: number };
  readonly #requests = new Map<Outcome, Counter>();
  #luck: 'unknown' | 'good' | 'bad' = 'unknown';
  #kids = '';

  /** @param copy which of the instance's caches, undefined where there is only one */
  constructor(world: World, copy: number | undefined) {
    this.#journal = world.journal;
    this.#copyLabel = copy === undefined ? {} : { copy };
  }

  /** One HTTP request to the IdP ended so. */
  requested(outcome: Outcome): void {
    let counter = this.#requests.get(outcome);
    if (counter === undefined) {
      counter = this.#journal.counter('keys.fetches', { outcome });
      this.#requests.set(outcome, counter);
    }
    counter.add();
  }

  loaded(set: KeySet): void {
    const kids = set.describe();
    if (this.#luck !== 'good' || kids !== this.#kids) {
      this.#journal.note(KEYS_LOADED, { kids, keyCount: set.keys.length, ...this.#copyLabel });
    }
    this.#luck = 'good';
    this.#kids = kids;
  }

  failed(failure: FetchFailure, attempt: number): void {
    if (this.#luck !== 'bad') {
      this.#journal.note(KEYS_FETCH_FAILED, { reason: failure.words, attempt, ...this.#copyLabel });
    }
    this.#luck = 'bad';
  }

  missing(reason: string): void {
    this.#journal.note(KEYS_MISSING, { reason, ...this.#copyLabel });
  }
}
