/** What a backend instance can be told, with the defaults of a plain resource server. */
import type { Capacity } from '../../simulator/contract/index.ts';
import type { SessionOptions } from './session-options.ts';
import type { SelfTestOptions } from './self-test.ts';
import type { VerifierProfile } from './verifier/profile.ts';

export interface BackendOptions {
  readonly idp: {
    readonly host: string;
    readonly issuer: string;
    readonly audience: string;
    /** Host that hands out the keys, where that is not the provider itself: a `keyDepot`. */
    readonly keysFrom?: string;
  };
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
  /** The mitigation that `when-keys` is: it acts with each check that it fails for want of keys. */
  readonly readinessActedAs?: string;
  /** What `/livez` says: that the process runs, by default; or whether the identity provider can be reached. */
  readonly liveness?: 'process' | 'identity-provider';
  /** Told with a 503 for want of keys. 5 by default. */
  readonly retryAfterSeconds?: number;
  /** The mitigation that such a 503 is, where it is one: it acts with each of them. */
  readonly unavailableActedAs?: string;
  /** A test before the door opens; the process ends when it fails. None by default. */
  readonly selfTest?: SelfTestOptions;
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
