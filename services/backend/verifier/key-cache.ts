/**
 * The key cache of a verifier as a state machine: what it holds, how old that is, when a token may make it fetch. How a
 * library fares in an IdP outage, a rotation or a flood of bogus tokens follows from the knobs of its profile here.
 */
import type { Algorithm, Jwk, Process, World } from '../../../simulator/contract/index.ts';
import type { Caretaker } from './caretaker.ts';
import { KeyFetches, type Shelves } from './key-fetches.ts';
import type { KeySet } from './key-set.ts';
import type { IdpAddress } from './key-source.ts';
import type { Fetched } from './parse.ts';
import type { VerifierProfile } from './profile.ts';
import { RefetchGate } from './refetch-gate.ts';

/** The shelf of what was not fetched for one kid. */
const WHOLE = '';

/** What a token needs, and on whose behalf. */
export interface KeyQuery {
  readonly alg: Algorithm;
  readonly kid: string | undefined;
  /** Chain of the request, so that its story includes the fetch. */
  readonly chain: string | undefined;
}

export interface KeyProblem {
  readonly problem: 'keys-unavailable' | 'unknown-kid' | 'ambiguous-kid';
  /** Why it did not fetch, how the fetch failed, or that the fetch did not help: the end of a sentence. */
  readonly because: string;
}

export type KeyAnswer = { readonly jwk: Jwk } | KeyProblem;

const AMBIGUOUS: KeyProblem = { problem: 'ambiguous-kid', because: 'several keys bear it' };

interface Held {
  readonly set: KeySet;
  readonly fetchedAtMs: number;
  usedAtMs: number;
}

export class KeyCache implements Shelves {
  readonly fetches: KeyFetches;
  readonly #clock: World['clock'];
  readonly #profile: VerifierProfile;
  readonly #gate: RefetchGate;
  readonly #held = new Map<string, Held>();

  /** @param copy which of the instance's caches, from 0 */
  constructor(world: World, profile: VerifierProfile, idp: IdpAddress, caretaker: Caretaker, copy: number) {
    this.#clock = world.clock;
    this.#profile = profile;
    this.#gate = new RefetchGate(profile);
    this.fetches = new KeyFetches(world, profile, idp, caretaker, this, copy);
  }

  /** Whether any key is in memory, fresh or not. */
  get holdsKeys(): boolean {
    for (const held of this.#held.values()) if (held.set.keys.length > 0) return true;
    return false;
  }

  put(shelf: string, set: KeySet): void {
    const kept = this.#profile.cacheScope === 'kid' && shelf !== WHOLE ? set.only(shelf) : set;
    if (this.#profile.cacheScope === 'kid' && kept.keys.length === 0) return;
    const nowMs = this.#clock.nowMs();
    this.#held.set(shelf, { set: kept, fetchedAtMs: nowMs, usedAtMs: nowMs });
  }

  clear(shelf: string): void {
    this.#held.delete(shelf);
  }

  /** The key, where it is at hand, fresh and the only one; undefined calls for `find`. */
  atHand(alg: Algorithm, kid: string | undefined): Jwk | undefined {
    const held = this.#held.get(this.#shelfOf(kid));
    if (held === undefined) return undefined;
    const nowMs = this.#clock.nowMs();
    if (nowMs >= held.fetchedAtMs + this.#profile.ttlMs - this.#profile.refreshAheadMs) return undefined;
    const selected = held.set.select(alg, kid);
    if (typeof selected === 'string') return undefined;
    held.usedAtMs = nowMs;
    return selected;
  }

  /** The key, fetched where the profile allows it. */
  *find(query: KeyQuery): Process<KeyAnswer> {
    const shelf = this.#shelfOf(query.kid);
    const held = this.#held.get(shelf);
    const perKid = this.#profile.cacheScope === 'kid';
    if (held === undefined) {
      const ungated = !perKid && this.#profile.startup.mode === 'lazy';
      return yield* ungated ? this.#fetch(shelf, query) : this.#fetchForKid(shelf, query, this.fetches.lastSuccessMs);
    }
    // A known key grown old is not an unknown one: the cooldown is not for it.
    if (!this.#isFresh(held)) {
      return yield* perKid ? this.#fetchForKid(shelf, query, -Infinity) : this.#fetch(shelf, query);
    }
    this.#refreshAhead(shelf, held);
    const selected = held.set.select(query.alg, query.kid);
    if (selected === 'none') return yield* this.#fetchForKid(shelf, query, this.fetches.lastSuccessMs);
    return this.#served(held, selected);
  }

  /** Fetches the whole set whatever is held, or shares a fetch under way. */
  *refresh(): Process<Fetched> {
    return yield* this.fetches.fetch(WHOLE, undefined);
  }

  #shelfOf(kid: string | undefined): string {
    return this.#profile.cacheScope === 'kid' ? (kid ?? WHOLE) : WHOLE;
  }

  #isFresh(held: Held): boolean {
    return this.#clock.nowMs() < held.fetchedAtMs + this.#profile.ttlMs;
  }

  #refreshAhead(shelf: string, held: Held): void {
    const { ttlMs, refreshAheadMs } = this.#profile;
    if (refreshAheadMs === 0 || this.#clock.nowMs() < held.fetchedAtMs + ttlMs - refreshAheadMs) return;
    this.fetches.ensureUnderWay(shelf, undefined);
  }

  /** Fetches if the rules for unknown kids allow it now. */
  *#fetchForKid(shelf: string, query: KeyQuery, lastSuccessMs: number): Process<KeyAnswer> {
    const nowMs = this.#clock.nowMs();
    const refusal = this.#gate.refusal(nowMs, lastSuccessMs, this.fetches.isUnderWay(shelf));
    if (refusal !== undefined) return this.#refused(shelf, query, refusal);
    if (this.#profile.unknownKidWaits) return yield* this.#fetch(shelf, query, () => this.#gate.fetches(nowMs));
    if (this.fetches.ensureUnderWay(shelf, query.chain)) this.#gate.fetches(nowMs);
    return this.#refused(shelf, query, 'does not wait for the fetch it begins');
  }

  *#fetch(shelf: string, query: KeyQuery, begins?: () => void): Process<KeyAnswer> {
    const fetched = yield* this.fetches.fetch(shelf, query.chain, begins);
    if (!fetched.ok) {
      return this.#fromHeld(shelf, query) ?? { problem: 'keys-unavailable', because: fetched.failure.words };
    }
    const selected = fetched.set.select(query.alg, query.kid);
    if (selected === 'several') return AMBIGUOUS;
    if (selected !== 'none') return { jwk: selected };
    this.#gate.missed(this.#clock.nowMs());
    return { problem: 'unknown-kid', because: 'has just fetched them' };
  }

  #refused(shelf: string, query: KeyQuery, because: string): KeyAnswer {
    const held = this.#held.get(shelf);
    const knowsOthers = held === undefined ? this.#held.size > 0 : this.#isFresh(held);
    return this.#fromHeld(shelf, query) ?? { problem: knowsOthers ? 'unknown-kid' : 'keys-unavailable', because };
  }

  /** The key from what is held, when that is fresh or may be served stale. */
  #fromHeld(shelf: string, query: KeyQuery): KeyAnswer | undefined {
    const held = this.#held.get(shelf);
    if (held === undefined || !(this.#isFresh(held) || this.#mayServeStale(held))) return undefined;
    const selected = held.set.select(query.alg, query.kid);
    return selected === 'none' ? undefined : this.#served(held, selected);
  }

  #mayServeStale(held: Held): boolean {
    const { staleOnError, ttlMs } = this.#profile;
    if (typeof staleOnError === 'string') return staleOnError === 'forever';
    const nowMs = this.#clock.nowMs();
    if ('forMs' in staleOnError) return nowMs < held.fetchedAtMs + ttlMs + staleOnError.forMs;
    return nowMs < held.usedAtMs + staleOnError.whileTrafficGapUnderMs;
  }

  #served(held: Held, selected: Jwk | 'several'): KeyAnswer {
    held.usedAtMs = this.#clock.nowMs();
    return selected === 'several' ? AMBIGUOUS : { jwk: selected };
  }
}
