import { expect, test } from 'vitest';
import { SimulatorError } from '../../../simulator/contract/index.ts';
import { DEFAULT_PROFILE, verifierPreset, verifierProfile, VERIFIER_PRESETS, type VerifierProfile } from './index.ts';

const OUT_OF_BOUNDS: readonly [Partial<VerifierProfile>, string][] = [
  [{ ttlMs: 0 }, 'ttlMs'],
  [{ ttlMs: NaN }, 'ttlMs'],
  [{ fetchTimeoutMs: -1 }, 'fetchTimeoutMs'],
  [{ backgroundIntervalMs: 0 }, 'backgroundIntervalMs'],
  [{ cooldownAfterSuccessMs: -1 }, 'cooldownAfterSuccessMs'],
  [{ cooldownAfterFailureMs: Infinity }, 'cooldownAfterFailureMs'],
  [{ innerRetries: 1.5 }, 'innerRetries'],
  [{ innerRetryDelayMs: -1 }, 'innerRetryDelayMs'],
  [{ copiesPerInstance: 0 }, 'copiesPerInstance'],
  [{ joinWithinMs: 0 }, 'joinWithinMs'],
  [{ turnPatienceMs: NaN }, 'turnPatienceMs'],
  [{ keyCountLimit: 0 }, 'keyCountLimit'],
  [{ discoveryTtlMs: -1 }, 'discoveryTtlMs'],
  [{ discoveryUrlCount: 3 as 2 }, 'discoveryUrlCount'],
  [{ statusOnNotYetValid: 200 as 401 }, 'statusOnNotYetValid'],
  [{ nbfToleranceMs: -1 }, 'nbfToleranceMs'],
  [{ backgroundRetry: { kind: 'doubling', baseMs: 0, capMs: 1 } }, 'backgroundRetry.baseMs'],
  [{ unknownKid: { limit: 1, perMs: 1, waitAtMostMs: 0 } }, 'unknownKid.waitAtMostMs'],
  [{ fetchesPerAttempt: 3 as 2 }, 'fetchesPerAttempt'],
  [{ statusOnKeysUnavailable: 200 as 401 }, 'statusOnKeysUnavailable'],
  [{ statusOnUnknownKid: 403 as 401 }, 'statusOnUnknownKid'],
  [{ backgroundJitterRatio: 1.01 }, 'backgroundJitterRatio'],
  [{ clockToleranceMs: -1 }, 'clockToleranceMs'],
  [{ tokenErrorCacheTtlMs: -1 }, 'tokenErrorCacheTtlMs'],
  [{ refreshAheadMs: 600_000 }, 'refreshAheadMs'],
  [{ staleOnError: { forMs: 0 } }, 'staleOnError.forMs'],
  [{ staleOnError: { whileTrafficGapUnderMs: 0 } }, 'staleOnError.whileTrafficGapUnderMs'],
  [{ unknownKid: { limit: 0, perMs: 1 } }, 'unknownKid.limit'],
  [{ unknownKid: { limit: 1, perMs: 0 } }, 'unknownKid.perMs'],
  [{ unknownKid: { penaltyMs: 0 } }, 'unknownKid.penaltyMs'],
  [{ startup: { mode: 'eager-background-retry', retry: { kind: 'fixed', everyMs: 0 } } }, 'startup.retry.everyMs'],
  [
    { startup: { mode: 'eager-background-retry', retry: { kind: 'full-jitter', baseMs: 0, capMs: 1 } } },
    'startup.retry.baseMs',
  ],
  [
    { startup: { mode: 'eager-background-retry', retry: { kind: 'full-jitter', baseMs: 1, capMs: 0 } } },
    'startup.retry.capMs',
  ],
];

test.each(OUT_OF_BOUNDS)('a profile with %o is refused by the name of the knob', (knobs, name) => {
  expect(() => verifierProfile(knobs)).toThrow(SimulatorError);
  expect(() => verifierProfile(knobs)).toThrow(`Verifier knob ${name} is`);
});

test('a cache of single keys refuses knobs that could never fetch for a kid', () => {
  const perKid = { cacheScope: 'kid' } as const;
  expect(() => verifierProfile({ ...perKid, unknownKid: 'never' })).toThrow('nothing would ever be fetched');
  expect(() => verifierProfile({ ...perKid, startup: { mode: 'eager-swallow' } })).toThrow('an eager startup');
  expect(() => verifierProfile({ ...perKid, backgroundIntervalMs: 1000 })).toThrow('a backgroundIntervalMs');
  expect(() => verifierProfile({ missingKeyIsFailure: true })).toThrow('a set is fetched for no kid');
});

test('the knobs that are not named have the documented defaults', () => {
  expect(verifierProfile()).toEqual(DEFAULT_PROFILE);
  expect(verifierProfile({ ttlMs: 1 })).toEqual({ ...DEFAULT_PROFILE, ttlMs: 1 });
});

test('each preset is found by its id, and an unknown id is answered with those there are', () => {
  for (const preset of VERIFIER_PRESETS) expect(verifierPreset(preset.id)).toBe(preset);
  expect(new Set(VERIFIER_PRESETS.map((preset) => preset.id)).size).toBe(VERIFIER_PRESETS.length);
  expect(() => verifierPreset('josé')).toThrow('Take one of: jose, jwks-rsa,');
});
