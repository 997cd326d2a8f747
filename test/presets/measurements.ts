/** Each measurement that the libraries were put through, as a procedure that gives one number or word. */
import type { VerifierProfile } from '../../services/backend/index.ts';
import { TIMED_OUT, type Process } from '../../simulator/contract/index.ts';
import { issue } from '../parity/verifier-stage.ts';
import { measured, NEVER, type Laboratory, type Mode } from './laboratory.ts';

const HOUR = 3_600;
/** Past every lifetime of a set that ends within a day, and past every cooldown. */
const ago = (profile: VerifierProfile): number => (profile.ttlMs === Infinity ? 25 : profile.ttlMs / 1000 + 1);
/** Longer than any cooldown or limit but those of minutes, shorter than any lifetime but that of get-jwks. */
const SETTLED_SECONDS = 120;
/** Ample for a fetch that nobody waits for. */
const REPLY_SECONDS = 0.1;

/** Starts it with the provider well and has it accept a token. */
function* warm(lab: Laboratory): Process<void> {
  yield* lab.stage.verifier.start();
  if (!(yield* lab.accepts(lab.good))) throw new Error('A healthy provider’s token was rejected.');
}

/** Seconds to the first error with a provider whose answers break off; NEVER above 330. */
export const secondsToErrorInCutBody = (profile: VerifierProfile): number =>
  measured(profile, function* (lab) {
    lab.mode = 'cut';
    const before = lab.nowSeconds;
    const answer = yield* lab.stage.world.tasks.timeout(330_000, lab.accepts(lab.good));
    return answer === TIMED_OUT ? NEVER : lab.nowSeconds - before;
  });

/** Seconds to the first error with a provider that accepts connections and never answers, boot included; NEVER above 330. */
export const secondsToErrorInHang = (profile: VerifierProfile): number =>
  measured(profile, function* (lab) {
    if (fetchesDiscoveryAlone(profile)) yield* lab.stage.verifier.start();
    lab.mode = 'hang';
    const before = lab.nowSeconds;
    const answer = yield* lab.stage.world.tasks.timeout(330_000, firstAnswer(profile, lab));
    return answer === TIMED_OUT ? NEVER : lab.nowSeconds - before;
  });

function* firstAnswer(profile: VerifierProfile, lab: Laboratory): Process<void> {
  if (fetchesDiscoveryAlone(profile)) yield* lab.accepts(lab.good);
  else if (profile.startup.mode === 'lazy') yield* lab.accepts(lab.good);
  else yield* lab.stage.verifier.start();
}

function fetchesDiscoveryAlone({ startup }: VerifierProfile): boolean {
  return 'fetches' in startup && startup.fetches === 'discovery';
}

/**
 * What becomes of an instance without keys while the provider is down, one request a second: `crash`, or seconds of
 * rejections after it is back.
 *
 * @param booted whether the provider was still well while it booted
 */
export const tailOfColdStart = (
  profile: VerifierProfile,
  mode: Mode,
  outageSeconds: number,
  booted = false,
): number | 'crash' =>
  measured(profile, function* (lab) {
    if (!booted) lab.mode = mode;
    if ((yield* lab.stage.verifier.start()) === 'failed') return 'crash';
    lab.mode = mode;
    for (let second = 0; second < outageSeconds; second++) {
      if (yield* lab.accepts(lab.good)) throw new Error('Accepted in the outage.');
      yield* lab.pass(1);
    }
    lab.mode = 'ok';
    return yield* lab.secondsUntilAccepted(lab.good, 2 * HOUR);
  });

/** Seconds for which a warm verifier serves good tokens while the key set answers 503, one request every so often, for 2 h. */
export const secondsServedInOutage = (profile: VerifierProfile, everySeconds: number): number =>
  measured(profile, function* (lab) {
    yield* warm(lab);
    lab.mode = '503';
    return yield* lab.secondsUntilRejected(lab.good, everySeconds, 2 * HOUR);
  });

/** HTTP requests for 20 tokens in a row, the set expired and the provider down. */
export const fetchesOf20InOutage = (profile: VerifierProfile): number =>
  measured(profile, function* (lab) {
    yield* warm(lab);
    yield* lab.pass(ago(profile));
    lab.mode = '503';
    const before = lab.fetchCount;
    for (let i = 0; i < 20; i++) yield* lab.accepts(lab.good);
    return lab.fetchCount - before;
  });

/** HTTP requests for 50 tokens at once at a cold verifier whose provider takes 100 ms. */
export const fetchesOf50AtOnce = (profile: VerifierProfile): number =>
  measured(profile, function* (lab) {
    yield* lab.stage.verifier.start();
    const before = fetchesDiscoveryAlone(profile) ? lab.fetchCount : 0;
    lab.stage.idp.delayMs = 100;
    const token = yield* lab.token(lab.good);
    yield* lab.stage.world.tasks.all(...Array.from({ length: 50 }, (_, key) => lab.takes(token, key)));
    return lab.fetchCount - before;
  });

interface Flood {
  /** HTTP requests for 100 tokens with kids that nobody knows. */
  readonly fetches: number;
  /** Seconds for which a key published right after them is rejected. */
  readonly newKeySeconds: number;
}

export const flood = (profile: VerifierProfile): Flood =>
  measured(profile, function* (lab) {
    yield* warm(lab);
    yield* lab.pass(SETTLED_SECONDS);
    const before = lab.fetchCount;
    for (let i = 0; i < 100; i++) yield* lab.takes(yield* lab.bogus());
    yield* lab.pass(REPLY_SECONDS);
    const fetches = lab.fetchCount - before;
    lab.published = [lab.good, lab.next];
    return { fetches, newKeySeconds: yield* lab.secondsUntilAccepted(lab.next, HOUR) };
  });

/** Whether a token with an unknown kid, in an outage, costs the tokens that were good. */
export const unknownKidBreaksKnown = (profile: VerifierProfile): boolean =>
  measured(profile, function* (lab) {
    yield* warm(lab);
    yield* lab.pass(SETTLED_SECONDS);
    lab.mode = '503';
    yield* lab.takes(yield* lab.bogus());
    return !(yield* lab.accepts(lab.good));
  });

interface Rotation {
  /** Seconds for which tokens by the new key are rejected. */
  readonly newSeconds: number;
  /** Seconds after which the old key is rejected, both kinds of token coming every 30 s. */
  readonly oldSeconds: number;
}

/** The set changes from the one key to the other right after a fetch. */
export const hardRotation = (profile: VerifierProfile): Rotation =>
  measured(profile, function* (lab) {
    yield* warm(lab);
    lab.published = [lab.next];
    const began = lab.nowSeconds;
    const newSeconds = yield* lab.secondsUntilAccepted(lab.next, 2 * HOUR);
    if (!(yield* lab.accepts(lab.good))) return { newSeconds, oldSeconds: newSeconds };
    while (lab.nowSeconds - began < 2 * HOUR) {
      yield* lab.pass(30);
      yield* lab.accepts(lab.next);
      if (!(yield* lab.accepts(lab.good))) return { newSeconds, oldSeconds: lab.nowSeconds - began };
    }
    return { newSeconds, oldSeconds: NEVER };
  });

/** Seconds until a live key that was removed is rejected, without any new kid, one request in 30 s, for 2 h. */
export const secondsUntilRemovedKeyDies = (profile: VerifierProfile): number =>
  measured(profile, function* (lab) {
    yield* warm(lab);
    lab.published = [lab.next];
    return yield* lab.secondsUntilRejected(lab.good, 30, 2 * HOUR);
  });

/** Seconds of rejections after one bad document past the lifetime of the set, counted from when the document is good again. */
export const secondsOfPoison = (profile: VerifierProfile, mode: 'empty' | 'html'): number =>
  measured(profile, function* (lab) {
    yield* warm(lab);
    yield* lab.pass(ago(profile));
    lab.mode = mode;
    yield* lab.accepts(lab.good);
    lab.mode = 'ok';
    return yield* lab.secondsUntilAccepted(lab.good, HOUR);
  });

interface Flakiness {
  readonly rejected: number;
  readonly fetches: number;
}

/** Rejections among 1440 tokens, one in 5 s, with a key set that fails 30 % of the time. */
export const withFlakyProvider = (profile: VerifierProfile, seed: number): Flakiness =>
  measured(
    profile,
    function* (lab) {
      yield* warm(lab);
      const before = lab.fetchCount;
      lab.failingRatio = 0.3;
      let rejected = 0;
      for (let i = 0; i < 1_440; i++) {
        yield* lab.pass(5);
        if (!(yield* lab.accepts(lab.good))) rejected++;
      }
      return { rejected, fetches: lab.fetchCount - before };
    },
    seed,
  );

/** Seconds for which one and the same token, rejected for want of keys, stays rejected after the provider is back. */
export const secondsOneTokenStaysRejected = (profile: VerifierProfile): number =>
  measured(profile, function* (lab) {
    lab.mode = '503';
    yield* lab.stage.verifier.start();
    const token = yield* lab.token(lab.good);
    yield* lab.takes(token);
    lab.mode = 'ok';
    const began = lab.nowSeconds;
    while (!(yield* lab.takes(token))) yield* lab.pass(1);
    return Math.round(lab.nowSeconds - began);
  });

/** Seconds until the second of two requests gets its error, sent a second after the first, with a provider that hangs. */
export const secondsToErrorOfSecond = (profile: VerifierProfile): number =>
  measured(profile, function* (lab) {
    lab.mode = 'hang';
    const token = yield* lab.token(lab.good);
    const first = lab.stage.world.tasks.spawn(lab.takes(token));
    yield* lab.pass(1);
    const before = lab.nowSeconds;
    yield* lab.takes(token);
    const seconds = lab.nowSeconds - before;
    first.cancel();
    return seconds;
  });

export interface Statuses {
  readonly unavailable: number | undefined;
  readonly unknownKid: number | undefined;
  readonly notYetValid: number | undefined;
}

/** What a caller sees: no keys to be had, a kid that the set lacks, a token of the far future. Undefined for accepted. */
export const statuses = (profile: VerifierProfile): Statuses => ({
  unavailable: measured(profile, function* (lab) {
    if (fetchesDiscoveryAlone(profile)) yield* lab.stage.verifier.start();
    lab.mode = '503';
    if (!fetchesDiscoveryAlone(profile)) yield* lab.stage.verifier.start();
    return yield* statusOf(lab, yield* lab.token(lab.good));
  }),
  unknownKid: measured(profile, function* (lab) {
    yield* warm(lab);
    return yield* statusOf(lab, yield* lab.bogus());
  }),
  notYetValid: measured(profile, function* (lab) {
    yield* warm(lab);
    return yield* statusOf(lab, yield* lab.token(lab.good, HOUR));
  }),
});

function* statusOf(lab: Laboratory, token: Parameters<Laboratory['takes']>[0]): Process<number | undefined> {
  const verdict = yield* lab.stage.verifier.verify(token, { key: 1 });
  return verdict.ok ? undefined : verdict.status;
}

/** Whether a token is accepted whose `nbf` lies so many seconds in the future. */
export const toleratesNbf = (profile: VerifierProfile, seconds: number): boolean =>
  measured(profile, function* (lab) {
    yield* warm(lab);
    return yield* lab.takes(yield* lab.token(lab.good, seconds));
  });

/** Whether a token is accepted that expired so many seconds ago. */
export const toleratesExp = (profile: VerifierProfile, seconds: number): boolean =>
  measured(profile, function* (lab) {
    yield* warm(lab);
    const exp = Math.floor(lab.nowSeconds) - seconds;
    return yield* lab.takes(yield* issue(lab.stage.world, lab.good, { exp }));
  });

interface LastMinute {
  /** Of the one that was accepted. */
  readonly waitedSeconds: number;
  readonly verdicts: readonly string[];
}

/** Two tokens by a new key, 30 s before a limit of five minutes that one bogus token has spent opens again. */
export const lastMinuteOfLimit = (profile: VerifierProfile): LastMinute =>
  measured(profile, function* (lab) {
    yield* warm(lab);
    yield* lab.takes(yield* lab.bogus());
    lab.published = [lab.good, lab.next];
    yield* lab.pass(270);
    const token = yield* lab.token(lab.next);
    const before = lab.nowSeconds;
    const waited: number[] = [];
    function* caller(): Process<string> {
      if (!(yield* lab.takes(token))) return 'rejected';
      waited.push(Math.round(lab.nowSeconds - before));
      return 'accepted';
    }
    const verdicts = yield* lab.stage.world.tasks.all(caller(), caller());
    return { waitedSeconds: waited[0] ?? NEVER, verdicts };
  });
