/** How a backend gets and keeps verification keys: a library by name, and knobs that differ from it. */
import { z } from 'zod';
import { VERIFIER_PRESETS } from '../../../services/backend/verifier/presets/index.ts';
import { count, duration, durationOrForever, fields, flag, positiveDuration, ratio, renamed } from './values.ts';

const presetId = () => z.enum(VERIFIER_PRESETS.map(({ id }) => id) as [string, ...string[]]);

const staleOnError = () =>
  z.union([
    z.enum(['none', 'forever']),
    renamed({ for: positiveDuration() }, { for: 'forMs' }),
    renamed({ whileTrafficGapUnder: positiveDuration() }, { whileTrafficGapUnder: 'whileTrafficGapUnderMs' }),
  ]);

const unknownKid = () =>
  z.union([
    z.enum(['refetch', 'never']),
    renamed({ limit: count(1), per: positiveDuration() }, { per: 'perMs' }),
    renamed({ penalty: positiveDuration() }, { penalty: 'penaltyMs' }),
  ]);

const startup = () =>
  z.union([
    fields({ mode: z.enum(['lazy', 'eager-crash', 'eager-swallow']) }),
    fields({
      mode: z.literal('eager-background-retry'),
      retry: z.discriminatedUnion('kind', [
        renamed({ kind: z.literal('fixed'), every: positiveDuration() }, { every: 'everyMs' }),
        renamed(
          { kind: z.literal('full-jitter'), base: positiveDuration(), cap: positiveDuration() },
          { base: 'baseMs', cap: 'capMs' },
        ),
      ]),
    }),
  ]);

const statusCode = () => z.union([z.literal(401), z.literal(500), z.literal(503)]);

const knobs = {
  ttl: durationOrForever().describe('How long fetched keys count as fresh.').exactOptional(),
  staleOnError: staleOnError().describe('Whether keys past their ttl are used when a refresh fails.').exactOptional(),
  cooldownAfterSuccess: duration().exactOptional(),
  cooldownAfterFailure: duration().exactOptional(),
  singleFlight: flag().exactOptional(),
  fetchTimeout: durationOrForever().exactOptional(),
  innerRetries: count(0).exactOptional(),
  innerRetryDelay: duration().exactOptional(),
  fetchesPerAttempt: z.union([z.literal(1), z.literal(2)]).exactOptional(),
  cacheScope: z.enum(['set', 'kid']).exactOptional(),
  unknownKid: unknownKid().describe('What a token with an unknown kid may cause.').exactOptional(),
  unknownKidWaits: flag().exactOptional(),
  failedRefreshDropsKnownGood: flag().exactOptional(),
  acceptEmptySet: flag().exactOptional(),
  refreshAhead: duration().exactOptional(),
  backgroundInterval: durationOrForever().exactOptional(),
  backgroundJitterRatio: ratio().exactOptional(),
  startup: startup().describe('What happens at boot.').exactOptional(),
  statusOnKeysUnavailable: statusCode().exactOptional(),
  statusOnUnknownKid: statusCode().exactOptional(),
  clockTolerance: duration().exactOptional(),
  tokenErrorCacheTtl: duration().exactOptional(),
  copiesPerInstance: count(1).exactOptional(),
} as const;

/** Names of the knobs in the model. */
const names = {
  ttl: 'ttlMs',
  cooldownAfterSuccess: 'cooldownAfterSuccessMs',
  cooldownAfterFailure: 'cooldownAfterFailureMs',
  fetchTimeout: 'fetchTimeoutMs',
  innerRetryDelay: 'innerRetryDelayMs',
  refreshAhead: 'refreshAheadMs',
  backgroundInterval: 'backgroundIntervalMs',
  clockTolerance: 'clockToleranceMs',
  tokenErrorCacheTtl: 'tokenErrorCacheTtlMs',
} as const;

/** `jose`, or `{ preset: jose, ttl: 5m }`, or `none` for a service that takes no bearer tokens. */
export const verifier = () =>
  z
    .union([
      z.enum(['none', ...VERIFIER_PRESETS.map(({ id }) => id)]),
      renamed({ preset: presetId().exactOptional(), ...knobs }, names),
    ])
    .describe('The library that checks tokens, by name; or a preset with knobs that differ from it.');
