/** What a verifier does by itself, without a request: at boot, in the retries after a failed boot, and by the clock. */
import { ACTED, keyOf, type Process, type World } from '../../../simulator/contract/index.ts';
import type { Caretaker } from './caretaker.ts';
import type { KeyCache } from './key-cache.ts';
import type { VerifierProfile } from './profile.ts';
import { retryDelayMs, type RetrySchedule } from './retry-schedule.ts';

/** Whether an instance asks for its keys at boot: until it has them, each kid is an unknown one. */
export function fetchesKeysAtBoot({ startup }: VerifierProfile): boolean {
  return startup.mode !== 'lazy' && !('fetches' in startup && startup.fetches === 'discovery');
}

/**
 * Waits for the boot-time fetch of an eager profile, then leaves the rest to the caretaker. `failed`: the process has to
 * end (`eager-crash`).
 *
 * @param copy which of the instance's caches, from 0
 */
export function* startCache(
  world: World,
  profile: VerifierProfile,
  cache: KeyCache,
  caretaker: Caretaker,
  copy: number,
): Process<'ready' | 'failed'> {
  const { startup, backgroundIntervalMs } = profile;
  if (startup.mode !== 'lazy' && !fetchesKeysAtBoot(profile)) {
    const located = yield* cache.discover();
    if (!located.ok && startup.mode === 'eager-crash') return gaveUp(world, profile);
  } else if (startup.mode !== 'lazy') {
    const fetched = yield* cache.refresh();
    if (!cache.holdsKeys) {
      yield* cache.unpack();
      if (startup.mode === 'eager-crash' && !cache.canJudge) return gaveUp(world, profile);
      if (!cache.canJudge) cache.fetches.journal.missing(fetched.ok ? 'the key set is empty' : fetched.failure.words);
      if (startup.mode === 'eager-background-retry') {
        caretaker.begin(retryUntilHeld(world, startup.retry, cache, copy));
      }
    }
  }
  if (backgroundIntervalMs !== Infinity) caretaker.begin(refreshByTheClock(world, profile, cache, copy));
  return 'ready';
}

function gaveUp({ journal }: World, { acts }: VerifierProfile): 'failed' {
  if (acts?.crash !== undefined) journal.note(ACTED, { mitigation: acts.crash });
  return 'failed';
}

function* retryUntilHeld(world: World, schedule: RetrySchedule, cache: KeyCache, copy: number): Process<void> {
  const draws = world.draws('verifier/retry');
  const key = keyOf(world.host.incarnation, copy);
  const { actedAs } = schedule;
  const actions =
    actedAs === undefined ? undefined : world.journal.counter('mitigation.actions', { mitigation: actedAs });
  for (let attempt = 0; ; attempt++) {
    yield* world.timers.sleepPeriod(retryDelayMs(schedule, attempt, draws, key));
    if (cache.holdsKeys) return;
    if (attempt === 0 && actedAs !== undefined) world.journal.note(ACTED, { mitigation: actedAs });
    actions?.add();
    yield* cache.refresh();
  }
}

function* refreshByTheClock(world: World, profile: VerifierProfile, cache: KeyCache, copy: number): Process<void> {
  const { backgroundIntervalMs, backgroundJitterRatio, backgroundRetry } = profile;
  const draws = world.draws('verifier/background');
  const retryDraws = world.draws('verifier/background-retry');
  const key = keyOf(world.host.incarnation, copy);
  for (let turn = 0; ; turn++) {
    const jitter = backgroundJitterRatio * draws.uniform(key, turn);
    yield* world.timers.sleepPeriod(backgroundIntervalMs * (1 + jitter));
    cache.acts.count('byTheClock');
    let fetched = yield* cache.refresh();
    if (backgroundRetry === 'none') continue;
    for (let attempt = 0; !fetched.ok; attempt++) {
      yield* world.timers.sleepPeriod(retryDelayMs(backgroundRetry, attempt, retryDraws, keyOf(key, turn)));
      fetched = yield* cache.refresh();
    }
  }
}
