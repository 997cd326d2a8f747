/** What a fleet of desktop clients can be told. Everything that mends a client is left out by default. */
import type { RetryPresetName } from './retry-presets/index.ts';
import type { RetryOptions } from './retry/index.ts';
import type { OfficeHours } from './working-day.ts';

export interface FleetOptions {
  readonly population: string;
  readonly auth: string;
  readonly clients: readonly FleetClient[];
  readonly officeHours: OfficeHours;
  /** Pause of an old client between two presentations of its dead token. */
  readonly retryMs: number;
  /** Patience of a client with one request. */
  readonly timeoutMs: number;
  /** Old clients are replaced by fixed ones, some of them before the trouble begins. */
  readonly adoption?: Adoption;
  /** Gives the fixed version the old one's mistake: only to show that it matters. False by default. */
  readonly fixedLoops?: boolean;
  /** How clients go on after a failure, of either version; the old version still takes a dead token for one. A preset by name. */
  readonly retry?: RetryOptions | RetryPresetName;
  /** Parts of one client that each renew the token by themselves: tabs, windows, plug-ins. 1 by default. */
  readonly parts?: number;
  /** One part asks for all of them. */
  readonly singleFlight?: { readonly actedAs: string };
  readonly killSwitch?: KillSwitch;
  /** Clients know the answer 426, stop asking and tell their user to update. False by default. */
  readonly knowsUpgradeRequired?: boolean;
  /** Each request says when its caller gives up. False by default. */
  readonly sendsDeadline?: boolean;
  /** The tokens' ends are spread, as by the service: up to so many ms earlier or later. */
  readonly expirySpreadMs?: number;
}

export interface FleetClient {
  readonly index: number;
  readonly refreshToken: string;
  /** When it first presents the token. */
  readonly expiresAtMs: number;
  readonly version: 'old' | 'fixed';
}

/** How the fixed version spreads among old clients: the share that has it at a moment is 1 − exp(−rate · time). */
export interface Adoption {
  readonly fromMs: number;
  /** Mean time until a client has taken the update. */
  readonly meanMs: number;
  readonly actedAs: string;
}

/** A remote flag that ends background renewal in old clients. It comes from elsewhere than the auth service, at no load here. */
export interface KillSwitch {
  /** When somebody throws it. */
  readonly fromMs: number;
  /** Each client looks so often, at a phase of its own, and when it is switched on later than that. */
  readonly pollMs: number;
  readonly actedAs: string;
}

/** `User-Agent` of the two versions, the product named alike. */
export const FLEET_PRODUCT = 'desktop';
export const FLEET_AGENTS = { old: `${FLEET_PRODUCT}/1`, fixed: `${FLEET_PRODUCT}/2` } as const;
