/** The bounds of every knob, and the pairs that make no sense together: a wrong profile fails before a run, by name. */
import { SimulatorError } from '../../../simulator/contract/index.ts';
import type { VerifierProfile } from './profile.ts';
import type { RetrySchedule } from './retry-schedule.ts';
import { fetchesKeysAtBoot } from './startup.ts';

const KID = "cacheScope 'kid'";
const STATUSES: readonly number[] = [401, 500, 503];

/** @throws SimulatorError `bad-argument` */
export function checkProfile(profile: VerifierProfile): void {
  above0(profile.ttlMs, 'ttlMs');
  above0(profile.fetchTimeoutMs, 'fetchTimeoutMs');
  above0(profile.backgroundIntervalMs, 'backgroundIntervalMs');
  finite(profile.cooldownAfterSuccessMs, 'cooldownAfterSuccessMs');
  finite(profile.cooldownAfterFailureMs, 'cooldownAfterFailureMs');
  above0(profile.joinWithinMs, 'joinWithinMs');
  above0(profile.turnPatienceMs, 'turnPatienceMs');
  finite(profile.innerRetryDelayMs, 'innerRetryDelayMs');
  finite(profile.refreshAheadMs, 'refreshAheadMs');
  finite(profile.clockToleranceMs, 'clockToleranceMs');
  if (profile.nbfToleranceMs !== undefined) finite(profile.nbfToleranceMs, 'nbfToleranceMs');
  finite(profile.tokenErrorCacheTtlMs, 'tokenErrorCacheTtlMs');
  whole(profile.innerRetries, 0, 'innerRetries');
  whole(profile.copiesPerInstance, 1, 'copiesPerInstance');
  if (profile.keyCountLimit !== Infinity) whole(profile.keyCountLimit, 1, 'keyCountLimit');
  if (!(profile.discoveryTtlMs >= 0)) throw outside('discoveryTtlMs', profile.discoveryTtlMs, '0 ms or more');
  oneOf(profile.fetchesPerAttempt, [1, 2], 'fetchesPerAttempt');
  oneOf(profile.discoveryUrlCount, [1, 2], 'discoveryUrlCount');
  oneOf(profile.statusOnKeysUnavailable, STATUSES, 'statusOnKeysUnavailable');
  oneOf(profile.statusOnUnknownKid, STATUSES, 'statusOnUnknownKid');
  oneOf(profile.statusOnNotYetValid, STATUSES, 'statusOnNotYetValid');
  const ratio = profile.backgroundJitterRatio;
  if (!(ratio >= 0 && ratio <= 1)) throw outside('backgroundJitterRatio', ratio, 'from 0 to 1');
  if (profile.fallbacks?.disk !== undefined) above0(profile.fallbacks.disk.forMs, 'fallbacks.disk.forMs');
  checkChoices(profile);
  checkPairs(profile);
}

function checkChoices({ staleOnError, unknownKid, startup, backgroundRetry }: VerifierProfile): void {
  if (typeof staleOnError === 'object') {
    if ('forMs' in staleOnError) above0(staleOnError.forMs, 'staleOnError.forMs');
    else above0(staleOnError.whileTrafficGapUnderMs, 'staleOnError.whileTrafficGapUnderMs');
  }
  if (typeof unknownKid === 'object') {
    if ('penaltyMs' in unknownKid) above0(unknownKid.penaltyMs, 'unknownKid.penaltyMs');
    else {
      whole(unknownKid.limit, 1, 'unknownKid.limit');
      above0(unknownKid.perMs, 'unknownKid.perMs');
      if (unknownKid.waitAtMostMs !== undefined) above0(unknownKid.waitAtMostMs, 'unknownKid.waitAtMostMs');
    }
  }
  if (startup.mode === 'eager-background-retry') checkSchedule(startup.retry, 'startup.retry');
  if (backgroundRetry !== 'none') checkSchedule(backgroundRetry, 'backgroundRetry');
}

function checkSchedule(schedule: RetrySchedule, name: string): void {
  if (schedule.kind === 'fixed') above0(schedule.everyMs, `${name}.everyMs`);
  else {
    above0(schedule.baseMs, `${name}.baseMs`);
    above0(schedule.capMs, `${name}.capMs`);
  }
}

function checkPairs(profile: VerifierProfile): void {
  if (profile.refreshAheadMs >= profile.ttlMs) {
    throw outside('refreshAheadMs', profile.refreshAheadMs, 'below ttlMs, or every request refreshes');
  }
  if (profile.cacheScope !== 'kid') {
    if (profile.missingKeyIsFailure) {
      throw contradiction("cacheScope 'set'", 'missingKeyIsFailure', 'a set is fetched for no kid');
    }
    return;
  }
  if (profile.unknownKid === 'never') {
    throw contradiction(KID, "unknownKid 'never'", 'nothing would ever be fetched');
  }
  if (fetchesKeysAtBoot(profile)) throw contradiction(KID, 'an eager startup', 'at boot there is no kid to fetch for');
  if (profile.backgroundIntervalMs !== Infinity) {
    throw contradiction(KID, 'a backgroundIntervalMs', 'without a token there is no kid to fetch for');
  }
}

function above0(value: number, name: string): void {
  if (!(value > 0)) throw outside(name, value, 'above 0 ms');
}

function finite(value: number, name: string): void {
  if (!(value >= 0 && value < Infinity)) throw outside(name, value, '0 ms or more, and finite');
}

function whole(value: number, least: number, name: string): void {
  if (!(Number.isInteger(value) && value >= least)) throw outside(name, value, `a whole number, ${least} or more`);
}

function oneOf(value: number, allowed: readonly number[], name: string): void {
  if (!allowed.includes(value)) throw outside(name, value, `one of ${allowed.join(', ')}`);
}

function outside(name: string, value: number, bounds: string): SimulatorError {
  return new SimulatorError('bad-argument', `Verifier knob ${name} is ${value}.`, `It must be ${bounds}.`);
}

function contradiction(knob: string, what: string, because: string): SimulatorError {
  const message = `Verifier knob ${knob} contradicts ${what}: ${because}.`;
  return new SimulatorError('bad-argument', message, 'Change one of the two knobs.');
}
