/** A8 to A11: how the key came back, who waited longest, and who never noticed. */
import { clockTime, type FactCheck, type RecordView } from '../../simulator/experiment/index.ts';
import { applications, INVALIDATED } from './applications.ts';
import { clock, HISTORY_END_MS, HOUR_MS, MINUTE_MS, PUBLISHED_DURATION_MS, ROLLBACK_MS, T0_MS } from './clock.ts';
import { attempted, losses, percent, refused, UNAUTHORIZED, type Loss } from './evidence.ts';
import { SESSIONS } from './people.ts';

const PUBLISHED_END_MS = T0_MS + PUBLISHED_DURATION_MS;
/** Who has not recovered an hour after the rollback has a cache that lasts longer. */
const RESIDUAL_FROM_MS = ROLLBACK_MS + 65 * MINUTE_MS;

/** From the rollback to the last of an application's instances that hold the key again; undefined when none had lost it. */
function recoveryMs(all: readonly Loss[], name: string): number | undefined {
  const own = all.filter(({ application, fromMs }) => application.name === name && fromMs < ROLLBACK_MS);
  return own.length === 0 ? undefined : Math.max(...own.map(({ untilMs }) => untilMs)) - ROLLBACK_MS;
}

/** The longest pause between two fetches for unknown kids, and a minute. */
const ASKED_AGAIN_MS = 6 * MINUTE_MS;
const ASKING = applications.filter(({ habit }) => habit === 'asks').map(({ name }) => name);

export function staggeredRecovery(view: RecordView): FactCheck {
  const all = losses(view);
  const ms = (name: string): number => recoveryMs(all, name) ?? NaN;
  const [soon, later, last] = ['waits-20m', 'waits-60m', INVALIDATED].map(ms);
  const span = { fromMs: ROLLBACK_MS + ASKED_AGAIN_MS, untilMs: HISTORY_END_MS };
  const lateRefusals = ASKING.reduce((sum, population) => sum + refused(view, { population }, span), 0);
  // One refusal each: an instance of the background kind answers the first token after the rollback before it has fetched.
  const allowed = all.filter(({ application }) => application.name === 'asks-24h').length;
  return {
    holds: lateRefusals <= allowed && soon! <= 20 * MINUTE_MS && later! <= HOUR_MS && soon! < later! && later! < last!,
    expected: 'who asks for an unknown key has it back with the next users; the others when their lifetime ends',
    observed: `asking ones refused ${lateRefusals} from ${clockTime(clock, span.fromMs)} on; the others were all well after ${minutes(soon!)}, ${minutes(later!)}, ${minutes(last!)}`,
    tolerance: `≤ ${allowed}; ≤ lifetime; order`,
  };
}

function minutes(ms: number): string {
  return ms === Infinity ? 'no time within the record' : `${Math.ceil(ms / MINUTE_MS)} min`;
}

export function residual(view: RecordView): FactCheck {
  const span = { fromMs: RESIDUAL_FROM_MS, untilMs: HISTORY_END_MS };
  const bad = refused(view, {}, span);
  const elsewhere = bad - refused(view, { population: INVALIDATED }, span);
  const all = attempted(view, {}, { ...span, untilMs: PUBLISHED_END_MS });
  const lastMs = view.lastAtMs('user.attempts', UNAUTHORIZED) ?? 0;
  const invalidated = view.notes('orchestrator.restarted').some(({ atMs, detail }) => {
    return atMs >= lastMs && String(detail['instance']).startsWith(INVALIDATED);
  });
  return {
    holds:
      bad > 0 &&
      elsewhere === 0 &&
      bad / all < 0.1 &&
      lastMs > PUBLISHED_END_MS - HOUR_MS &&
      lastMs <= PUBLISHED_END_MS &&
      invalidated,
    expected: 'a few are refused until 09:25, by instances whose cached metadata nothing renews; the update ends it',
    observed: `${bad} of ${all} requests after ${clockTime(clock, RESIDUAL_FROM_MS)} refused (${percent(bad / Math.max(1, all))}), ${elsewhere} elsewhere; last at ${clockTime(clock, lastMs)}`,
    tolerance: '− 60 min; < 10 %',
  };
}

export function sessionsUntouched(view: RecordView): FactCheck {
  const span = { fromMs: T0_MS, untilMs: HISTORY_END_MS };
  const all = view.total('user.attempts', { population: SESSIONS }, span);
  const bad = all - view.total('user.attempts', { population: SESSIONS, outcome: 'ok' }, span);
  return {
    holds: all > 0 && bad === 0,
    expected: 'who needs no new authentication goes on working',
    observed: `${bad} of ${all} requests of people with a session failed`,
    tolerance: '= 0',
  };
}

/** At most one sign-in in a hundred may meet the restart of the provider. */
export function signInWorks(view: RecordView): FactCheck {
  const span = { fromMs: T0_MS, untilMs: ROLLBACK_MS };
  let all = 0;
  let bad = 0;
  let forced = 0;
  for (const { name: population } of applications) {
    all += view.total('user.sign-ins', { population }, span);
    forced += view.total('user.sign-ins', { population, forced: 'yes' }, span);
    bad += view.total('user.sign-ins-failed', { population }, span);
  }
  return {
    holds: forced > 0 && bad / all <= 0.01,
    expected: 'sign-ins at the provider succeed; their tokens are not taken',
    observed: `${bad} of ${all} sign-ins failed until the rollback; ${forced} were forced by refused tokens`,
    tolerance: '≤ 1 %',
  };
}
