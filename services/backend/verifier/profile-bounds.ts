/** The bounds of every knob, and the pairs that make no sense together: a wrong profile fails before a run, by name. */
import { SimulatorError } from '../../../simulator/contract/index.ts';
import type { VerifierProfile } from './profile.ts';

const STATUSES: readonly number[] = [401, 500, 503];

/** @throws SimulatorError `bad-argument` */
export function checkProfile(profile: VerifierProfile): void {
  above0(profile.ttlMs, 'ttlMs');
  above0(profile.fetchTimeoutMs, 'fetchTimeoutMs');
  above0(profile.backgroundIntervalMs, 'backgroundIntervalMs');
  finite(profile.cooldownAfterSuccessMs, 'cooldownAfterSuccessMs');
  finite(profile.cooldownAfterFailureMs, 'cooldownAfterFailureMs');
  finite(profile.innerRetryDelayMs, 'innerRetryDelayMs');
  finite(profile.refreshAheadMs, 'refreshAheadMs');
  finite(profile.clockToleranceMs, 'clockToleranceMs');
  finite(profile.tokenErrorCacheTtlMs, 'tokenErrorCacheTtlMs');
  whole(profile.innerRetries, 0, 'innerRetries');
  whole(profile.copiesPerInstance, 1, 'copiesPerInstance');
  oneOf(profile.fetchesPerAttempt, [1, 2], 'fetchesPerAttempt');
  oneOf(profile.statusOnKeysUnavailable, STATUSES, 'statusOnKeysUnavailable');
  oneOf(profile.statusOnUnknownKid, STATUSES, 'statusOnUnknownKid');
  const ratio = profile.backgroundJitterRatio;
  if (!(ratio >= 0 && ratio <= 1)) throw outside('backgroundJitterRatio', ratio, 'from 0 to 1');
  checkChoices(profile);
  checkPairs(profile);
}

function checkChoices({ staleOnError, unknownKid, startup }: VerifierProfile): void {
  if (typeof staleOnError === 'object') {
    if ('forMs' in staleOnError) above0(staleOnError.forMs, 'staleOnError.forMs');
    else above0(staleOnError.whileTrafficGapUnderMs, 'staleOnError.whileTrafficGapUnderMs');
  }
  if (typeof unknownKid === 'object') {
    if ('penaltyMs' in unknownKid) above0(unknownKid.penaltyMs, 'unknownKid.penaltyMs');
    else {
      whole(unknownKid.limit, 1, 'unknownKid.limit');
      above0(unknownKid.perMs, 'unknownKid.perMs');
    }
  }
  if (startup.mode !== 'eager-background-retry') return;
  if (startup.retry.kind === 'fixed') above0(startup.retry.everyMs, 'startup.retry.everyMs');
  else {
    above0(startup.retry.baseMs, 'startup.retry.baseMs');
    above0(startup.retry.capMs, 'startup.retry.capMs');
  }
}

function checkPairs(profile: VerifierProfile): void {
  if (profile.refreshAheadMs >= profile.ttlMs) {
    throw outside('refreshAheadMs', profile.refreshAheadMs, 'below ttlMs, or every request refreshes');
  }
  if (profile.cacheScope !== 'kid') return;
  if (profile.unknownKid === 'never') {
    throw contradiction("unknownKid 'never'", 'nothing would ever be fetched');
  }
  if (profile.startup.mode !== 'lazy') throw contradiction('an eager startup', 'at boot there is no kid to fetch for');
  if (profile.backgroundIntervalMs !== Infinity) {
    throw contradiction('a backgroundIntervalMs', 'without a token there is no kid to fetch for');
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

function contradiction(what: string, because: string): SimulatorError {
  const message = `Verifier knob cacheScope 'kid' contradicts ${what}: ${because}.`;
  return new SimulatorError('bad-argument', message, "Take cacheScope 'set', or change the other knob.");
}
