/** How a resource server judges a token: the key from the cache, the signature, the claims, and the status when it fails. */
import type { Draws, Process, Token, World } from '../../../simulator/contract/index.ts';
import { Caretaker } from './caretaker.ts';
import { judgeClaims, type Expected } from './claims.ts';
import { KeyCache, type KeyProblem } from './key-cache.ts';
import { isSupported } from './key-set.ts';
import type { IdpAddress } from './key-source.ts';
import type { VerifierProfile } from './profile.ts';
import { tellKeyProblem } from './rejection-story.ts';
import { fetchesKeysAtBoot, startCache } from './startup.ts';
import { TokenErrors } from './token-errors.ts';
import { REASON_WORDS, type Rejection, type RejectionReason, type Verdict } from './verdict.ts';

/** What a verifier needs to know of the request that carries the token. */
export interface TokenBearer {
  /** Of the request: decides which of several caches meets it. */
  readonly key: number;
  readonly chain?: string;
}

export interface Verifier {
  /**
   * Judges a token; may wait for a key fetch. Signed with ES256 or RS256 or rejected, whatever the header says, before any
   * fetch. A token without `exp` never expires, as in jose.
   */
  verify(token: Token, bearer: TokenBearer): Process<Verdict>;
  /**
   * What the profile does at boot. Call it once, before the door opens, in the host's main process. `failed`: the process
   * has to end. `ready` does not say that there are keys.
   */
  start(): Process<'ready' | 'failed'>;
  /** Where keys are fetched on demand: somebody asks whether there are any, which is a demand. */
  warmUp(): void;
  /** Whether each cache has a key to judge by: one in memory, fresh or not, or one to fall back on. */
  readonly holdsKeys: boolean;
  /** End of the last successful fetch, in ms of the scenario: of the cache that lags most; undefined when one has none. */
  readonly keysFetchedAtMs: number | undefined;
}

/** Make it in the host's main process: its fetches and retries live as long as that. */
export function makeVerifier(world: World, profile: VerifierProfile, idp: IdpAddress): Verifier {
  return new CachingVerifier(world, profile, idp);
}

class CachingVerifier implements Verifier {
  readonly #world: World;
  readonly #profile: VerifierProfile;
  readonly #expected: Expected;
  readonly #caretaker: Caretaker;
  readonly #caches: readonly KeyCache[];
  readonly #whichCopy: Draws;
  readonly #errors: TokenErrors | undefined;

  constructor(world: World, profile: VerifierProfile, idp: IdpAddress) {
    const { issuer, audience } = idp;
    const { clockToleranceMs, nbfToleranceMs = clockToleranceMs, copiesPerInstance, tokenErrorCacheTtlMs } = profile;
    this.#world = world;
    this.#profile = profile;
    this.#expected = { issuer, audience, clockToleranceMs, nbfToleranceMs };
    this.#caretaker = new Caretaker(world);
    this.#caches = Array.from(
      { length: copiesPerInstance },
      (_, copy) => new KeyCache(world, profile, idp, this.#caretaker, copy),
    );
    this.#whichCopy = world.draws('verifier/copy');
    this.#errors = tokenErrorCacheTtlMs > 0 ? new TokenErrors(tokenErrorCacheTtlMs) : undefined;
  }

  get holdsKeys(): boolean {
    return this.#caches.every((cache) => cache.canJudge);
  }

  get keysFetchedAtMs(): number | undefined {
    const earliestMs = Math.min(...this.#caches.map((cache) => cache.fetches.lastSuccessMs));
    return earliestMs === -Infinity ? undefined : earliestMs;
  }

  warmUp(): void {
    if (!fetchesKeysAtBoot(this.#profile)) for (const cache of this.#caches) cache.warmUp();
  }

  *start(): Process<'ready' | 'failed'> {
    const starts = this.#caches.map((cache, copy) =>
      startCache(this.#world, this.#profile, cache, this.#caretaker, copy),
    );
    const outcomes = yield* this.#world.tasks.all(...starts);
    return outcomes.includes('failed') ? 'failed' : 'ready';
  }

  *verify(token: Token, bearer: TokenBearer): Process<Verdict> {
    const known = this.#errors?.recall(token, this.#world.clock.nowMs());
    if (known !== undefined) {
      this.#tell(bearer, 'rejects the token as it did before, without another look', known);
      return known;
    }
    const verdict = yield* this.#judge(token, bearer);
    if (!verdict.ok) this.#errors?.remember(token, verdict, this.#world.clock.nowMs());
    return verdict;
  }

  *#judge(token: Token, bearer: TokenBearer): Process<Verdict> {
    const { seals, clock, journal } = this.#world;
    const { header, claims } = seals.peek(token);
    if (typeof header !== 'object' || header === null || typeof claims !== 'object' || claims === null) {
      return this.#reject(bearer, 'malformed');
    }
    const { alg, kid } = header;
    if (!isSupported(alg)) return this.#reject(bearer, 'bad-algorithm');
    const cache = this.#cacheFor(bearer);
    let jwk = cache.atHand(alg, kid);
    if (jwk === undefined) {
      const answer = yield* cache.find({ alg, kid, chain: bearer.chain });
      if (!('jwk' in answer)) return this.#rejectForKey(bearer, answer, kid, cache);
      jwk = answer.jwk;
    }
    if (!(yield* seals.verify(token, jwk))) return this.#reject(bearer, 'bad-signature');
    const problem = judgeClaims(claims, this.#expected, clock.wallMs());
    if (problem !== undefined) return this.#reject(bearer, problem);
    if (journal.follows(bearer.chain)) journal.step(bearer.chain, 'accepts the token');
    return { ok: true, claims };
  }

  #cacheFor(bearer: TokenBearer): KeyCache {
    const copies = this.#caches;
    return copies[copies.length === 1 ? 0 : this.#whichCopy.integer(0, copies.length - 1, bearer.key)]!;
  }

  #reject(bearer: TokenBearer, reason: RejectionReason): Rejection {
    const status = reason === 'not-yet-valid' ? this.#profile.statusOnNotYetValid : 401;
    const rejection: Rejection = { ok: false, reason, status };
    this.#tell(bearer, `rejects the token: ${REASON_WORDS[reason]}`, rejection);
    return rejection;
  }

  #rejectForKey(bearer: TokenBearer, answer: KeyProblem, kid: string | undefined, cache: KeyCache): Rejection {
    const { statusOnKeysUnavailable, statusOnUnknownKid } = this.#profile;
    const status = answer.problem === 'keys-unavailable' ? statusOnKeysUnavailable : statusOnUnknownKid;
    const rejection: Rejection = { ok: false, reason: answer.problem, status };
    const { journal } = this.#world;
    if (journal.follows(bearer.chain)) {
      const { text, detail } = tellKeyProblem(answer, kid, cache.fetches, fetchesKeysAtBoot(this.#profile));
      journal.step(bearer.chain, text, { reason: answer.problem, status, ...detail });
    }
    return rejection;
  }

  #tell(bearer: TokenBearer, text: string, { reason, status }: Rejection): void {
    const { journal } = this.#world;
    if (journal.follows(bearer.chain)) journal.step(bearer.chain, text, { reason, status });
  }
}
