/** Each preset against the numbers of the verifier whose name it bears: one claim a cell. */
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_PROFILE,
  VERIFIER_PRESETS,
  verifierPreset,
  type VerifierProfile,
} from '../../services/backend/index.ts';
import { MEASURED_CELLS, READ_CELLS, type Cells } from './cells.ts';
import { NEVER } from './laboratory.ts';
import * as measure from './measurements.ts';

/** Time-outs were read to the second. */
const SECOND = 1;
/** What is asked every 30 s is known to 30 s. */
const ROUND = 30;
const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);
/** Long enough to spend the limits, shorter than every wait that is measured after it. */
const OUTAGE_SECONDS = 10;

type Claim = (profile: VerifierProfile, cells: Cells) => void;

function within(seen: number | 'crash', expected: number | 'crash', tolerance: number): void {
  const areNumbers = typeof seen === 'number' && typeof expected === 'number';
  const distance = seen === expected ? 0 : areNumbers ? Math.abs(seen - expected) : Infinity;
  expect(distance, `${seen} seconds, expected ${expected}`).toBeLessThanOrEqual(tolerance);
}

const CLAIMS: { readonly [K in keyof Cells]-?: Claim } = {
  hangSeconds: (profile, { hangSeconds }) => within(measure.secondsToErrorInHang(profile), hangSeconds!, SECOND),
  coldTailSeconds: (profile, { coldTailSeconds: tail }) => {
    within(measure.tailOfColdStart(profile, '503', OUTAGE_SECONDS), tail!, tail === 60 ? OUTAGE_SECONDS : SECOND);
    within(measure.tailOfColdStart(profile, 'refused', OUTAGE_SECONDS), tail!, tail === 60 ? OUTAGE_SECONDS : SECOND);
  },
  bootedTailSeconds: (profile, { bootedTailSeconds }) =>
    within(measure.tailOfColdStart(profile, '503', OUTAGE_SECONDS, true), bootedTailSeconds!, SECOND),
  servedSeconds: (profile, { servedSeconds }) =>
    within(measure.secondsServedInOutage(profile, 30), servedSeconds!, ROUND),
  servedWithGapsSeconds: (profile, { servedWithGapsSeconds }) =>
    within(measure.secondsServedInOutage(profile, 90), servedWithGapsSeconds!, 0),
  sequentialFetches: (profile, { sequentialFetches }) =>
    expect(measure.fetchesOf20InOutage(profile)).toBe(sequentialFetches),
  concurrentFetches: (profile, { concurrentFetches }) =>
    expect(measure.fetchesOf50AtOnce(profile)).toBe(concurrentFetches),
  bogusFetches: (profile, { bogusFetches }) => expect(measure.flood(profile).fetches).toBe(bogusFetches),
  newKeyAfterBogusSeconds: (profile, { newKeyAfterBogusSeconds }) =>
    within(measure.flood(profile).newKeySeconds, newKeyAfterBogusSeconds!, SECOND),
  unknownKidBreaksKnown: (profile, { unknownKidBreaksKnown }) =>
    expect(measure.unknownKidBreaksKnown(profile)).toBe(unknownKidBreaksKnown),
  rotationSeconds: (profile, { rotationSeconds }) =>
    within(measure.hardRotation(profile).newSeconds, rotationSeconds!, SECOND),
  oldKeySeconds: (profile, { oldKeySeconds }) => {
    const { newSeconds, oldSeconds } = measure.hardRotation(profile);
    if (oldKeySeconds === 'with the new set') expect(oldSeconds).toBe(newSeconds);
    else within(oldSeconds, oldKeySeconds!, ROUND);
  },
  removedKeySeconds: (profile, { removedKeySeconds }) =>
    within(measure.secondsUntilRemovedKeyDies(profile), removedKeySeconds!, ROUND),
  emptySetSeconds: (profile, { emptySetSeconds }) =>
    within(measure.secondsOfPoison(profile, 'empty'), emptySetSeconds!, SECOND),
  htmlSeconds: (profile, { htmlSeconds }) => within(measure.secondsOfPoison(profile, 'html'), htmlSeconds!, SECOND),
  flakyRejections: (profile, { flakyRejections }) => {
    // The measurement drew once; it has to lie among what the model draws.
    const seen = SEEDS.map((seed) => measure.withFlakyProvider(profile, seed).rejected);
    expect(Math.min(...seen)).toBeLessThanOrEqual(flakyRejections!);
    expect(Math.max(...seen)).toBeGreaterThanOrEqual(flakyRejections!);
  },
  statuses: (profile, { statuses }) => {
    const { unavailable, unknownKid, notYetValid } = measure.statuses(profile);
    expect([unavailable, unknownKid, notYetValid]).toEqual(statuses);
  },
  nbfTolerance: (profile, { nbfTolerance }) =>
    expect(nbfTolerance!.map((seconds) => measure.toleratesNbf(profile, seconds))).toEqual([true, false]),
  expTolerance: (profile, { expTolerance }) =>
    expect(expTolerance!.map((seconds) => measure.toleratesExp(profile, seconds))).toEqual([true, false]),
};

function claims(table: Readonly<Record<string, Cells>>): void {
  for (const [id, cells] of Object.entries(table)) {
    for (const name of Object.keys(cells) as (keyof Cells)[]) {
      test(`${id}: ${name} is ${String(cells[name])}`, () => {
        expect.hasAssertions();
        CLAIMS[name](verifierPreset(id).profile, cells);
      });
    }
  }
}

describe('a preset behaves as the library did on loopback:', () => {
  claims(MEASURED_CELLS);
});

describe('a preset behaves as its source says:', () => {
  claims(READ_CELLS);
});

describe('beside the table', () => {
  test('get-jwks asked 159 times in 2 h with 30 % of fetches failing; the model draws around that', () => {
    const { profile } = verifierPreset('get-jwks');
    const seen = SEEDS.map((seed) => measure.withFlakyProvider(profile, seed).fetches);
    expect(Math.min(...seen)).toBeLessThanOrEqual(159);
    expect(Math.max(...seen)).toBeGreaterThanOrEqual(159);
  });

  test('a lazy cache of 10 minutes loses p / (1 - p) requests an expiry to a provider that fails with p', () => {
    const seen = SEEDS.map((seed) => measure.withFlakyProvider(verifierPreset('jose').profile, seed).rejected);
    const mean = seen.reduce((sum, count) => sum + count, 0) / seen.length;
    // 11 or 12 expiries in 2 h; one expiry has variance p / (1 - p)^2: four standard errors.
    const expected = (11.5 * 0.3) / 0.7;
    expect(Math.abs(mean - expected)).toBeLessThan(4 * Math.sqrt((12 * 0.3) / 0.49 / seen.length));
  });

  test('fast-jwt with cached errors rejects one token for 10 minutes after the provider is back', () => {
    expect(measure.secondsOneTokenStaysRejected(verifierPreset('fast-jwt-cached-errors').profile)).toBe(600);
    expect(measure.secondsOneTokenStaysRejected(verifierPreset('get-jwks').profile)).toBe(0);
  });

  test('spring-nimbus lets a second request wait 15 s for the lock that the first one holds', () => {
    expect(measure.secondsToErrorOfSecond(verifierPreset('spring-nimbus').profile)).toBe(15);
  });

  test('microsoft-identitymodel serialises: the second request waits out the first and then its own time-out', () => {
    expect(measure.secondsToErrorOfSecond(verifierPreset('microsoft-identitymodel').profile)).toBe(59 + 60);
  });

  test('jwks-rsa shares a hanging fetch for a second only', () => {
    const { profile } = verifierPreset('jwks-rsa');
    expect(measure.secondsToErrorOfSecond(profile)).toBe(30);
    expect(measure.secondsToErrorOfSecond({ ...profile, joinWithinMs: 1_001 })).toBe(29);
  });

  test('keyfunc: of two callers in the last minute before its next turn, one waits for it, the other is rejected', () => {
    const { waitedSeconds, verdicts } = measure.lastMinuteOfLimit(verifierPreset('keyfunc').profile);
    expect(verdicts).toEqual(['accepted', 'rejected']);
    expect(waitedSeconds).toBe(30);
  });
});

describe('the table', () => {
  test('names presets only, and names each of them once', () => {
    const named = [...Object.keys(MEASURED_CELLS), ...Object.keys(READ_CELLS), 'fast-jwt-cached-errors'];
    expect(named.sort()).toEqual(VERIFIER_PRESETS.map(({ id }) => id).sort());
  });

  test('a time that is not reached is never, not a large number', () => {
    expect(measure.secondsUntilRemovedKeyDies(verifierPreset('aws-jwt-verify').profile)).toBe(NEVER);
  });
});

describe('sources', () => {
  const STATED = ['ttlMs', 'fetchTimeoutMs', 'unknownKid', 'startup', 'statusOnKeysUnavailable', 'clockToleranceMs'];

  test.each(VERIFIER_PRESETS)('$id gives a source for each knob that it turns', ({ profile, sources }) => {
    const turned = Object.entries(profile).filter(([name, value]) => {
      return JSON.stringify(value) !== JSON.stringify(DEFAULT_PROFILE[name as keyof typeof DEFAULT_PROFILE]);
    });
    const wanted = [...turned.map(([name]) => name), ...STATED];
    expect(wanted.filter((name) => !(name in sources))).toEqual([]);
  });
});
