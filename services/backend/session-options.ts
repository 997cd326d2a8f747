/** What can be told about the session cookies of an instance: keys, their change, where a session is held, how it is renewed. */

/** Where the key of the session cookies comes from. */
export interface SessionOptions {
  /** The configured secret, the same on every instance. Later ones open cookies and never seal (a key ring). */
  readonly secrets: readonly [string, ...string[]];
  /**
   * Name of a platform value mixed into the key when the process starts; undefined for a key that does not depend on
   * the host. The mistake of uniFLOW (U2).
   */
  readonly platformValue?: string;
  /**
   * `per-host`: each host has a part in its key, the same after a restart. `random-at-start`: each process makes a key of
   * its own. Whatever is configured; `configured` by default.
   */
  readonly keySource?: 'configured' | 'per-host' | 'random-at-start';
  /** Which key of the ring seals. `first` by default; `last` is the mistake of Flask 3.1.0 (CVE-2025-47278). */
  readonly sealsWith?: 'first' | 'last';
  /** Whether a cookie that cannot be opened is deleted from the browser (cookie-session 2.1.1 deletes its signature, measured). */
  readonly destructiveRejection: boolean;
  /** Set by a mitigation that took `destructiveRejection` away: it acts each time that a rejected cookie stays. */
  readonly sparedBy?: string;
  /** Whether a cookie opened with an older secret is sealed anew with the one that seals. */
  readonly resignOnRead: boolean;
  /** Sessions end after this. */
  readonly lifetimeMs: number;
  /**
   * Whether the login form carries a state sealed by the instance that served it, wanted back with the password (the
   * anti-forgery token of many frameworks). False by default.
   */
  readonly loginState?: boolean;
  /** Set by a mitigation that took `platformValue` away, so that its acts can be counted. */
  readonly releasedFrom?: ReleasedKey;
  /** A new key on its way in; none by default. */
  readonly rotation?: KeyRotation;
  /** Sessions are kept there, the cookie carries only a name. In the cookie by default. */
  readonly store?: SessionStoreUse;
  /** Sign-ins go through an identity provider in place of a login form of one's own. None by default. */
  readonly signOn?: SignOnUse;
}

export interface ReleasedKey {
  /** Name of the platform value that the key no longer depends on. */
  readonly platformValue: string;
  /** The mitigation: it acts each time a cookie is opened that a key bound to the value would have rejected. */
  readonly actedAs: string;
  /** Processes that started before this moment (0 when left out) still bind their key to the value. */
  readonly fromMs?: number;
}

/** A key that does not depend on the host comes in; `old` stands for the keys that the other options describe. */
export interface KeyRotation {
  readonly secret: string;
  /** In order of time. A process lives by the last one that had begun when it started, before the first by `old` alone. */
  readonly phases: readonly RotationPhase[];
  /**
   * The mitigation: it acts each time a cookie is opened that a process with nothing but its old key, or nothing but the
   * key that it seals with, would have rejected.
   */
  readonly actedAs: string;
}

export interface RotationPhase {
  readonly fromMs: number;
  /** The ring: all open, the first seals. */
  readonly ring: readonly ('old' | 'new')[];
}

export interface SessionStoreUse {
  /** Host name of the store. */
  readonly host: string;
  /** Patience with it. */
  readonly timeoutMs: number;
  /**
   * When it does not answer: `503`, or as if there were no session. Both are express-session 1.19: an error of
   * `store.get` goes to the error handler, a store known to be disconnected leaves the request without a session.
   */
  readonly onFailure: 'unavailable' | 'no-session';
  /** The mitigation: it acts each time a session is found that a sealed cookie of its maker would not have opened here. */
  readonly actedAs: string;
  /** Processes that started before this moment (0 when left out) still put sessions into cookies. */
  readonly fromMs?: number;
}

export interface SignOnUse {
  /** Host name of the identity provider. */
  readonly host: string;
  readonly clientId: string;
  /** Patience with its token endpoint. */
  readonly timeoutMs: number;
}
