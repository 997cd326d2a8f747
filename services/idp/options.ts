/** What can be set about an identity provider, with one place for defaults and where they come from. */
import { type Capacity, SimulatorError } from '../../simulator/contract/index.ts';
import type { AdmissionOptions, RateLimitOptions } from '../admission/index.ts';
import type { PreissuedGrant } from './grant.ts';
import { checkKeyPlans, type KeyPlan } from './key-timeline.ts';
import { isRefreshToken } from './refresh-families.ts';

export type EndpointName =
  'discovery' | 'jwks' | 'authorize' | 'sign-in' | 'token' | 'userinfo' | 'introspect' | 'revoke' | 'healthz';

/** How long a worker is busy with one request: mean in ms (0 or more) and shape. `erlang2`: the sum of two exponentials. */
export interface ServiceTime {
  readonly meanMs: number;
  readonly shape: 'exponential' | 'fixed' | 'erlang2';
}

export interface IdpOptions {
  /** The `iss` of every token and the base of every endpoint URL. Its host part is the name of the host that serves it. */
  readonly issuer: string;
  /** The `aud` of access tokens: the API that they are for. The `aud` of ID tokens is the client. */
  readonly audience: string;
  readonly keys: readonly KeyPlan[];
  /** Whether sessions, codes and refresh families survive a restart, as in a database. */
  readonly durable: boolean;
  /** Whether signing keys survive a restart. False: each start makes new keys under the same kids. */
  readonly durableKeys: boolean;
  readonly capacity: Capacity;
  readonly serviceTimes: Readonly<Record<EndpointName, ServiceTime>>;
  /** Above 0, ms. */
  readonly codeLifetimeMs: number;
  /** Above 0, ms. */
  readonly accessTokenLifetimeMs: number;
  /** Above 0, ms; each rotation begins it anew. */
  readonly refreshTokenLifetimeMs: number;
  /** Above 0, ms; from the sign-in, however much it is used. */
  readonly sessionLifetimeMs: number;
  /** For how long after its rotation a refresh token may be presented again (0 or more, ms); beyond, the family is revoked. */
  readonly refreshReuseGraceMs: number;
  /** Whether tokens carry `nbf` (equal to `iat`). */
  readonly stampsNotBefore: boolean;
  /** Seals the `idp_session` cookie. */
  readonly sessionSecret: string;
  readonly preissued: readonly PreissuedGrant[];
  /** In force at the door from the start; an administrator may set one later by POST /admin/rate-limit. None by default. */
  readonly rateLimit?: RateLimitOptions;
  /** Door-keepers, the line, deadlines. None by default: everybody is let in, first come first served. */
  readonly admission?: AdmissionOptions;
  /** Lifetimes while the glass is broken. None by default. */
  readonly breakGlass?: BreakGlass;
  /** Spreads the ends of lifetimes. None by default: all tokens of one moment end at one moment. */
  readonly expirySpread?: ExpirySpread;
}

/** An emergency setting: what has been handed out is honoured for longer, so that nobody has to come back for more. */
export interface BreakGlass {
  /** For how long after its expiry a refresh token is still accepted; 0 or more. */
  readonly refreshLeewayMs: number;
  /** Lifetime of access tokens issued meanwhile; above 0. */
  readonly accessTokenLifetimeMs: number;
  readonly actedAs?: string;
}

/**
 * Each token ends at a moment of its own: refresh tokens evenly up to this share of their lifetime earlier or later, access
 * tokens up to this share earlier.
 */
export interface ExpirySpread {
  /** 0 to 1. */
  readonly ratio: number;
  readonly actedAs?: string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * An IdP that is in nobody's way. Lifetimes: code 60 s (default realm of Keycloak, `accessCodeLifespan`; RFC 6749 4.1.2
 * allows up to 10 min); access token 1 h (the `expires_in` of RFC 6749's examples, a common default); refresh token 14
 * days (default `ttl.RefreshToken` of node-oidc-provider); session 12 h (a common choice: one working day; Keycloak's
 * SSO Session Max is 10 h by default). Reuse grace 0: Curity's default, and Dex where it is strict. The accept queue
 * is 511 long, the backlog of Node's `server.listen` and of NGINX on Linux, and overflows silently, as Linux does with
 * `tcp_abort_on_overflow=0`. Concurrency and service times are plausible assumptions without a source: the sign-in is
 * dear because it hashes a password.
 */
export const defaultIdpOptions: IdpOptions = {
  issuer: 'https://idp',
  audience: 'api',
  keys: [{ kid: 'key-1', publishedAtMs: -30 * DAY_MS, signsFromMs: -30 * DAY_MS }],
  durable: true,
  durableKeys: true,
  capacity: { concurrency: 64, queueLimit: 511, overflow: 'drop' },
  serviceTimes: {
    discovery: { meanMs: 1, shape: 'fixed' },
    jwks: { meanMs: 1, shape: 'fixed' },
    authorize: { meanMs: 10, shape: 'exponential' },
    'sign-in': { meanMs: 100, shape: 'exponential' },
    token: { meanMs: 15, shape: 'exponential' },
    userinfo: { meanMs: 5, shape: 'exponential' },
    introspect: { meanMs: 5, shape: 'exponential' },
    revoke: { meanMs: 10, shape: 'exponential' },
    healthz: { meanMs: 0.2, shape: 'fixed' },
  },
  codeLifetimeMs: MINUTE_MS,
  accessTokenLifetimeMs: HOUR_MS,
  refreshTokenLifetimeMs: 14 * DAY_MS,
  sessionLifetimeMs: 12 * HOUR_MS,
  refreshReuseGraceMs: 0,
  stampsNotBefore: false,
  sessionSecret: 'idp session secret',
  preissued: [],
};

/** @throws SimulatorError `bad-scenario` that names the first impossible member */
export function checkIdpOptions(options: IdpOptions): void {
  for (const name of [
    'codeLifetimeMs',
    'accessTokenLifetimeMs',
    'refreshTokenLifetimeMs',
    'sessionLifetimeMs',
  ] as const) {
    if (!(options[name] > 0)) throw bad(name, options[name], 'Give more than 0 ms.');
  }
  if (!(options.refreshReuseGraceMs >= 0)) {
    throw bad('refreshReuseGraceMs', options.refreshReuseGraceMs, 'Give 0 ms (no grace) or more.');
  }
  for (const [endpoint, { meanMs }] of Object.entries(options.serviceTimes)) {
    if (!(meanMs >= 0 && meanMs < Infinity)) {
      throw bad(`serviceTimes.${endpoint}.meanMs`, meanMs, 'Give a finite number of ms, 0 or more.');
    }
  }
  const { breakGlass, expirySpread } = options;
  if (breakGlass !== undefined && !(breakGlass.refreshLeewayMs >= 0)) {
    throw bad('breakGlass.refreshLeewayMs', breakGlass.refreshLeewayMs, 'Give 0 ms (none) or more.');
  }
  if (breakGlass !== undefined && !(breakGlass.accessTokenLifetimeMs > 0)) {
    throw bad('breakGlass.accessTokenLifetimeMs', breakGlass.accessTokenLifetimeMs, 'Give more than 0 ms.');
  }
  if (expirySpread !== undefined && !(expirySpread.ratio >= 0 && expirySpread.ratio <= 1)) {
    throw bad('expirySpread.ratio', expirySpread.ratio, 'Give a share from 0 to 1.');
  }
  for (const { refreshToken } of options.preissued) {
    if (!isRefreshToken(refreshToken)) {
      throw bad('preissued.refreshToken', refreshToken, 'Let it begin with "refresh/".');
    }
  }
  checkKeyPlans(options.keys);
}

function bad(member: string, value: unknown, remedy: string): SimulatorError {
  return new SimulatorError('bad-scenario', `The idp option ${member} cannot be ${String(value)}.`, remedy);
}
