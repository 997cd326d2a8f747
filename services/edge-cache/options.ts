/** What a shared cache in front of a service can be told: which documents it keeps, how long, and in how many places. */
import { SimulatorError } from '../../simulator/contract/index.ts';

/** How answers with status 200 to GETs of one path are kept. Whatever has no rule passes. */
export interface CacheRule {
  readonly path: string;
  /** How long a copy is served without a question, in ms: above 0. */
  readonly maxAgeMs: number;
  /** For so long after that it is still served while a new one is fetched (RFC 5861 3), in ms: 0 (not at all) or more. */
  readonly staleWhileRevalidateMs: number;
  /** For so long after that it is still served when the origin fails (RFC 5861 4), in ms: 0 (not at all) or more. */
  readonly staleIfErrorMs: number;
  /** What readers are told in `cache-control: max-age`, in ms: 0 or more. Left out, the origin's own header passes. */
  readonly readerMaxAgeMs?: number;
}

export interface EdgeCacheOptions {
  /** Host whose answers are kept. */
  readonly origin: string;
  readonly rules: readonly CacheRule[];
  /** Points of presence, each with copies of its own: a whole number, 1 or more. A reader always meets the same one. */
  readonly locationCount: number;
  /** Patience with the origin, in ms: above 0. */
  readonly originTimeoutMs: number;
  /**
   * Whether it has been running for long: every location then begins with a copy of each document, of an age between 0 and
   * `maxAgeMs`. Otherwise it begins empty.
   */
  readonly warm: boolean;
}

/** Patience of 100 s is that of Cloudflare with an origin's answer ("524: a timeout occurred"). */
export const defaultEdgeCacheOptions: Omit<EdgeCacheOptions, 'origin' | 'rules'> = {
  locationCount: 1,
  originTimeoutMs: 100_000,
  warm: false,
};

/** POST, with {@link PurgeRequest} as body: the copies are forgotten everywhere at once; 204. */
export const PURGE_PATH = '/admin/purge';

/** The note of a purge. Detail: copyCount. */
export const PURGED = 'edge-cache.purged';

export interface PurgeRequest {
  /** All paths when left out. */
  readonly paths?: readonly string[];
}

/** @throws SimulatorError `bad-scenario` that names the first impossible member */
export function checkEdgeCacheOptions({ rules, locationCount, originTimeoutMs }: EdgeCacheOptions): void {
  if (!(Number.isInteger(locationCount) && locationCount >= 1)) {
    throw bad('locationCount', locationCount, 'Give a whole number, 1 or more.');
  }
  if (!(originTimeoutMs > 0)) throw bad('originTimeoutMs', originTimeoutMs, 'Give more than 0 ms.');
  for (const rule of rules) {
    if (!(rule.maxAgeMs > 0)) throw bad(`maxAgeMs of ${rule.path}`, rule.maxAgeMs, 'Give more than 0 ms.');
    for (const member of ['staleWhileRevalidateMs', 'staleIfErrorMs', 'readerMaxAgeMs'] as const) {
      const value = rule[member] ?? 0;
      if (!(value >= 0)) throw bad(`${member} of ${rule.path}`, value, 'Give 0 ms or more.');
    }
  }
}

function bad(member: string, value: number, remedy: string): SimulatorError {
  return new SimulatorError('bad-scenario', `The edge cache option ${member} cannot be ${value}.`, remedy);
}
