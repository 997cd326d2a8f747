/** Fetches the key set from the IdP: one or two HTTP requests, each with its patience, and the tries inside a fetch. */
import { hashText, keyOf, type Process, type Reply, type World } from '../../../simulator/contract/index.ts';
import type { KeyJournal } from './key-journal.ts';
import { judgeDiscovery, judgeKeySet, type Fetched } from './parse.ts';
import type { VerifierProfile } from './profile.ts';

/** Whose tokens a verifier takes, and where it fetches the keys. */
export interface IdpAddress {
  /** Host in the world. */
  readonly host: string;
  /** The exact `iss` of its tokens. */
  readonly issuer: string;
  /** The `aud` that tokens for this resource server carry. */
  readonly audience: string;
  /** Default `/jwks`. Unused where discovery tells. */
  readonly jwksPath?: string;
  /** Default `/.well-known/openid-configuration`. */
  readonly discoveryPath?: string;
}

export class KeySource {
  readonly #world: World;
  readonly #profile: VerifierProfile;
  readonly #idp: IdpAddress;
  readonly #journal: KeyJournal;
  readonly #identity: number;
  #requestCount = 0;

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
      if (fetched.ok || retry >= innerRetries) return fetched;
      if (innerRetryDelayMs > 0) yield* this.#world.timers.sleep(innerRetryDelayMs);
    }
  }

  *#attempt(chain: string | undefined): Process<Fetched> {
    let path = this.#idp.jwksPath ?? '/jwks';
    if (this.#profile.fetchesPerAttempt === 2) {
      const document = yield* this.#get(this.#idp.discoveryPath ?? '/.well-known/openid-configuration', chain);
      const located = judgeDiscovery(document, this.#idp.issuer);
      this.#journal.requested(located.ok ? 'ok' : located.failure.outcome);
      if (!located.ok) return located;
      path = located.path;
    }
    const fetched = judgeKeySet(yield* this.#get(path, chain), this.#profile.acceptEmptySet);
    this.#journal.requested(fetched.ok ? 'ok' : fetched.failure.outcome);
    return fetched;
  }

  *#get(path: string, chain: string | undefined): Process<Reply> {
    const key = keyOf(this.#identity, ++this.#requestCount);
    const source = this.#world.host.name;
    const request = { method: 'GET', path, source, key, ...(chain === undefined ? {} : { chain }) } as const;
    return yield* this.#world.network.call(this.#idp.host, request, { timeoutMs: this.#profile.fetchTimeoutMs });
  }
}
