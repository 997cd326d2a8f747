/**
 * The key cache of a verifier as a state machine: what it holds, how old that is, when a token may make it fetch. How a
 * library fares in an IdP outage, a rotation or a flood of bogus tokens follows from the knobs of its profile here.
 */
import type { Algorithm, Jwk, Process, World } from '../../../simulator/contract/index.ts';
import { ActCounters } from './acts.ts';
import type { Caretaker } from './caretaker.ts';
import { FallbackKeys } from './fallback-keys.ts';
import { KeyFetches, type Shelves } from './key-fetches.ts';
import type { KeySet } from './key-set.ts';
import type { IdpAddress } from './key-source.ts';
import type { Fetched, Located } from './parse.ts';
import type { VerifierProfile } from './profile.ts';
import { RefetchGate } from './refetch-gate.ts';
import { fetchesKeysAtBoot } from './startup.ts';

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
  /** When a refresh last failed and this was served in its place; undefined before. */
  servedStaleAtMs: number | undefined;
}

export class KeyCache implements Shelves {
  readonly fetches: KeyFetches;
  readonly #clock: World['clock'];
  readonly #timers: World['timers'];
  readonly #profile: VerifierProfile;
  readonly #gate: RefetchGate;
  readonly #held = new Map<string, Held>();
  readonly #fallback: FallbackKeys | undefined;
  readonly acts: ActCounters;

  /** @param copy which of the instance's caches, from 0 */
  constructor(world: World, profile: VerifierProfile, idp: IdpAddress, caretaker: Caretaker, copy: number) {
    this.#clock = world.clock;
    this.#timers = world.timers;
    this.#profile = profile;
    this.#gate = new RefetchGate(profile);
    this.acts = new ActCounters(world, profile.acts);
    if (profile.fallbacks !== undefined) this.#fallback = new FallbackKeys(world, profile.fallbacks);
    this.fetches = new KeyFetches(world, profile, idp, caretaker, this, copy);
  }

  /** Whether any key is in memory, fresh or not. */
  get holdsKeys(): boolean {
    for (const held of this.#held.values()) if (held.set.keys.length > 0) return true;
    return false;
  }

  /** Whether any key is there to judge by: one in memory, or one to fall back on. */
  get canJudge(): boolean {
    return this.holdsKeys || this.#fallback?.recall() !== undefined;
  }

  /** Keys could not be fetched: reads those that came with the image, if any did and nothing else is held. */
  *unpack(): Process<void> {
    if (this.#fallback !== undefined && this.#held.size === 0) yield* this.#fallback.unpack();
  }

  put(shelf: string, set: KeySet): void {
    if (shelf === WHOLE) this.#fallback?.remember(set);
    const kept = this.#profile.cacheScope === 'kid' && shelf !== WHOLE ? set.only(shelf) : set;
    if (this.#profile.cacheScope === 'kid' && kept.keys.length === 0) return;
    this.#held.delete(shelf);
    this.#held.set(shelf, { set: kept, fetchedAtMs: this.#clock.nowMs(), servedStaleAtMs: undefined });
    if (this.#held.size > this.#profile.keyCountLimit) this.#makeRoom();
  }

  clear(shelf: string): void {
    this.#held.delete(shelf);
  }

  /** The key, where it is at hand, fresh and the only one; undefined calls for `find`. */
  atHand(alg: Algorithm, kid: string | undefined): Jwk | undefined {
    const held = this.#held.get(this.#shelfOf(kid));
    if (held === undefined) return undefined;
    const { ttlMs, refreshAheadMs, severalKeys } = this.#profile;
    if (this.#clock.nowMs() >= held.fetchedAtMs + ttlMs - refreshAheadMs) return undefined;
    const selected = held.set.select(alg, kid, severalKeys);
    if (typeof selected === 'string') return undefined;
    this.#used(kid, held);
    return selected;
  }

  /** The key, fetched where the profile allows it. */
  *find(query: KeyQuery): Process<KeyAnswer> {
    const shelf = this.#shelfOf(query.kid);
    const held = this.#held.get(shelf);
    const perKid = this.#profile.cacheScope === 'kid';
    if (held === undefined) {
      const ungated = !perKid && !fetchesKeysAtBoot(this.#profile);
      return yield* ungated ? this.#fetch(shelf, query) : this.#fetchForKid(shelf, query, this.fetches.lastSuccessMs);
    }
    // A known key grown old is not an unknown one: the cooldown is not for it.
    if (!this.#isFresh(held)) {
      return yield* perKid ? this.#fetchForKid(shelf, query, -Infinity) : this.#fetch(shelf, query);
    }
    this.#refreshAhead(shelf, held);
    const selected = this.#select(held.set, query);
    if (selected === 'none') return yield* this.#fetchForKid(shelf, query, this.fetches.lastSuccessMs);
    return this.#served(held, query, selected);
  }

  /** Sees to it that a set is under way where none is held, for those who ask whether there are keys and bring no token. */
  warmUp(): void {
    if (!this.holdsKeys && this.#profile.cacheScope === 'set') this.fetches.ensureUnderWay(WHOLE, undefined);
  }

  /** Fetches the whole set whatever is held, or shares a fetch under way. */
  *refresh(): Process<Fetched> {
    return yield* this.fetches.fetch(WHOLE, undefined);
  }

  /** Fetches the discovery document alone. */
  *discover(): Process<Located> {
    return yield* this.fetches.discover();
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
    if (refusal !== undefined) {
      const placeInMs = this.#gate.takePlace(nowMs);
      if (placeInMs === undefined) return this.#refused(shelf, query, refusal);
      yield* this.#timers.sleep(placeInMs);
      return yield* this.#fetch(shelf, query);
    }
    if (this.#profile.unknownKidWaits) return yield* this.#fetch(shelf, query, () => this.#gate.fetches(nowMs));
    if (this.fetches.ensureUnderWay(shelf, query.chain)) this.#gate.fetches(nowMs);
    return this.#refused(shelf, query, 'does not wait for the fetch it begins');
  }

  *#fetch(shelf: string, query: KeyQuery, begins?: () => void): Process<KeyAnswer> {
    const fetched = yield* this.fetches.fetch(shelf, query.chain, begins);
    if (!fetched.ok) {
      yield* this.unpack();
      const known = this.#fromHeld(shelf, query) ?? this.#fromFallback(query);
      return known ?? { problem: 'keys-unavailable', because: fetched.failure.words };
    }
    const selected = this.#select(fetched.set, query);
    if (selected === 'several') return AMBIGUOUS;
    if (selected !== 'none') {
      this.acts.count('onDemand');
      return { jwk: selected };
    }
    this.#gate.missed(this.#clock.nowMs());
    const stale = this.#profile.missingKeyIsFailure ? this.#fromHeld(shelf, query) : undefined;
    if (stale !== undefined) return stale;
    return { problem: 'unknown-kid', because: 'has just fetched them' };
  }

  #refused(shelf: string, query: KeyQuery, because: string): KeyAnswer {
    const held = this.#held.get(shelf);
    const knowsOthers = held !== undefined && this.#isFresh(held);
    const known = this.#fromHeld(shelf, query) ?? this.#fromFallback(query);
    return known ?? { problem: knowsOthers ? 'unknown-kid' : 'keys-unavailable', because };
  }

  /** The key from what is held, when that is fresh or may be served stale. */
  #fromHeld(shelf: string, query: KeyQuery): KeyAnswer | undefined {
    const held = this.#held.get(shelf);
    if (held === undefined || !(this.#isFresh(held) || this.#mayServeStale(shelf, held))) return undefined;
    const selected = this.#select(held.set, query);
    if (selected === 'none') return undefined;
    if (!this.#isFresh(held)) this.acts.count('stale');
    return this.#served(held, query, selected);
  }

  /** The key from the disk or the image, while this process has never held a set of its own. */
  #fromFallback(query: KeyQuery): KeyAnswer | undefined {
    const fallback = this.#held.size > 0 ? undefined : this.#fallback?.recall();
    if (fallback === undefined) return undefined;
    const selected = this.#select(fallback.set, query);
    if (typeof selected === 'string') return undefined;
    this.acts.countFor(fallback.actedAs);
    return { jwk: selected };
  }

  #mayServeStale(shelf: string, held: Held): boolean {
    const { staleOnError, ttlMs } = this.#profile;
    if (typeof staleOnError === 'string') return staleOnError === 'forever';
    const nowMs = this.#clock.nowMs();
    if ('forMs' in staleOnError) return nowMs < held.fetchedAtMs + ttlMs + staleOnError.forMs;
    const { servedStaleAtMs = nowMs } = held;
    held.servedStaleAtMs = nowMs;
    if (nowMs < servedStaleAtMs + staleOnError.whileTrafficGapUnderMs) return true;
    this.#held.delete(shelf);
    return false;
  }

  #select(set: KeySet, { alg, kid }: KeyQuery): Jwk | 'none' | 'several' {
    return set.select(alg, kid, this.#profile.severalKeys);
  }

  #served(held: Held, { kid }: KeyQuery, selected: Jwk | 'several'): KeyAnswer {
    this.#used(kid, held);
    return selected === 'several' ? AMBIGUOUS : { jwk: selected };
  }

  /** Moves it to the end of the row in which the first one makes room. */
  #used(kid: string | undefined, held: Held): void {
    if (this.#profile.keyCountLimit === Infinity) return;
    const shelf = this.#shelfOf(kid);
    this.#held.delete(shelf);
    this.#held.set(shelf, held);
  }

  #makeRoom(): void {
    for (const leastRecentlyUsed of this.#held.keys()) {
      this.#held.delete(leastRecentlyUsed);
      return;
    }
  }
}
