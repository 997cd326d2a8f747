/** Fetches the key set from the IdP: one or two HTTP requests, each with its patience, and the tries inside a fetch. */
import { hashText, keyOf, type Process, type Reply, type World } from '../../../simulator/contract/index.ts';
import type { KeyJournal } from './key-journal.ts';
import { judgeDiscovery, judgeKeySet, type FetchFailure, type Fetched, type Located } from './parse.ts';
import type { VerifierProfile } from './profile.ts';

/** Whose tokens a verifier takes, and where it fetches the keys. */
export interface IdpAddress {
  /** Host in the world. */
  readonly host: string;
  /** The exact `iss` of its tokens. */
  readonly issuer: string;
  /** The `aud` that tokens for this resource server carry. */
  readonly audience: string;
  /** Host that hands out the keys, asked without discovery; `host` by default. */
  readonly keysFrom?: string;
  /** Default `/jwks`. Unused where discovery tells. */
  readonly jwksPath?: string;
  /** Default `/.well-known/openid-configuration`. */
  readonly discoveryPath?: string;
}

const DISCOVERY_PATH = '/.well-known/openid-configuration';
/** RFC 8414, 3. */
const OAUTH_METADATA_PATH = '/.well-known/oauth-authorization-server';

export class KeySource {
  readonly #world: World;
  readonly #profile: VerifierProfile;
  readonly #idp: IdpAddress;
  readonly #journal: KeyJournal;
  readonly #identity: number;
  #requestCount = 0;
  #located: { readonly path: string; readonly atMs: number } | undefined = undefined;

  /** @param copy which of the instance's caches this one feeds */
  constructor(world: World, profile: VerifierProfile, idp: IdpAddress, journal: KeyJournal, copy: number) {
    this.#world = world;
    this.#profile = profile;
    this.#idp = idp;
    this.#journal = journal;
    this.#identity = keyOf(hashText(world.host.name), world.host.incarnation, copy);
  }

  /** @param chain of the user request that waits for it, if one does */
  *fetch(chain: string | undefined): Process<Fetched> {
    const { innerRetries, innerRetryDelayMs } = this.#profile;
    for (let retry = 0; ; retry++) {
      const fetched = yield* this.#attempt(chain);
      if (fetched.ok || retry >= innerRetries || !this.#isWorthARetry(fetched.failure)) return fetched;
      if (innerRetryDelayMs > 0) yield* this.#world.timers.sleep(innerRetryDelayMs);
    }
  }

  /** Fetches the discovery document alone, as some do at boot. */
  *discover(chain: string | undefined): Process<Located> {
    const paths = [this.#idp.discoveryPath ?? DISCOVERY_PATH, OAUTH_METADATA_PATH];
    for (let n = 0; ; n++) {
      const located = judgeDiscovery(yield* this.#get(paths[n]!, chain), this.#idp.issuer);
      this.#journal.requested(located.ok ? 'ok' : located.failure.outcome);
      if (located.ok) this.#located = { path: located.path, atMs: this.#world.clock.nowMs() };
      if (located.ok || n + 1 >= this.#profile.discoveryUrlCount) return located;
    }
  }

  *#attempt(chain: string | undefined): Process<Fetched> {
    const located: Located =
      this.#profile.fetchesPerAttempt === 1 || this.#idp.keysFrom !== undefined
        ? { ok: true, path: this.#idp.jwksPath ?? '/jwks' }
        : (this.#knownLocation() ?? (yield* this.discover(chain)));
    if (!located.ok) return located;
    const from = this.#idp.keysFrom ?? this.#idp.host;
    const fetched = judgeKeySet(yield* this.#get(located.path, chain, from), this.#profile.acceptEmptySet);
    this.#journal.requested(fetched.ok ? 'ok' : fetched.failure.outcome);
    return fetched;
  }

  #knownLocation(): Located | undefined {
    const located = this.#located;
    if (located === undefined || this.#world.clock.nowMs() >= located.atMs + this.#profile.discoveryTtlMs)
      return undefined;
    return { ok: true, path: located.path };
  }

  #isWorthARetry({ outcome, status }: FetchFailure): boolean {
    const { innerRetriesOn } = this.#profile;
    if (innerRetriesOn === 'any') return true;
    if (innerRetriesOn === 'no-answer') return outcome !== 'status' && outcome !== 'document';
    return status !== undefined && innerRetriesOn.includes(status);
  }

  *#get(path: string, chain: string | undefined, from = this.#idp.host): Process<Reply> {
    const key = keyOf(this.#identity, ++this.#requestCount);
    const source = this.#world.host.name;
    const request = { method: 'GET', path, source, key, ...(chain === undefined ? {} : { chain }) } as const;
    const reply = yield* this.#world.network.call(from, request, { timeoutMs: this.#profile.fetchTimeoutMs });
    if (reply.failure === 'cut' && this.#profile.cutBody === 'hangs') yield* this.#world.timers.sleep(Infinity);
    return reply;
  }
}
