/** What a backend instance can be told, with the defaults of a plain resource server. */
import type { Capacity } from '../../simulator/contract/index.ts';
import type { VerifierProfile } from './verifier/profile.ts';

/** Where the key of the session cookies comes from. */
export interface SessionOptions {
  /** The configured secret, the same on every instance. Later ones open cookies and never seal (a key ring). */
  readonly secrets: readonly [string, ...string[]];
  /**
   * Name of a platform value mixed into the key when the process starts; undefined for a key that does not depend on
   * the host. The mistake of uniFLOW (U2).
   */
  readonly platformValue?: string;
  /** Whether a cookie that cannot be opened is deleted from the browser (cookie-session 2.1.1 deletes its signature, measured). */
  readonly destructiveRejection: boolean;
  /** Whether a cookie opened with an older secret is sealed anew with the first one. */
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
}

export interface ReleasedKey {
  /** Name of the platform value that the key no longer depends on. */
  readonly platformValue: string;
  /** The mitigation: it acts each time a cookie is opened that a key bound to the value would have rejected. */
  readonly actedAs: string;
  /** Processes that started before this moment (0 when left out) still bind their key to the value. */
  readonly fromMs?: number;
}

export interface BackendOptions {
  readonly idp: { readonly host: string; readonly issuer: string; readonly audience: string };
  /** How tokens are verified; undefined for a service that takes no bearer tokens. */
  readonly verifier?: VerifierProfile;
  readonly session?: SessionOptions;
  /** From process start until the door opens, before anything the start-up itself waits for. */
  readonly bootMs: number;
  /** Mean of the exponential service time of a request. */
  readonly serviceMeanMs: number;
  readonly capacity: Capacity;
  /** `always`: ready once the door is open. `when-keys`: not before verification keys are held. */
  readonly readiness: 'always' | 'when-keys';
  /** Patience of calls to other services made on behalf of a request (`/portal/settings`). */
  readonly dependencyTimeoutMs: number;
}

export const defaultBackendOptions: Omit<BackendOptions, 'idp'> = {
  bootMs: 20_000,
  serviceMeanMs: 15,
  capacity: { concurrency: 64, queueLimit: 256, overflow: 'refuse' },
  readiness: 'always',
  dependencyTimeoutMs: 10_000,
};
