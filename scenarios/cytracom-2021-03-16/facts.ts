/** Cytracom's facts: each statement of the report and what the record must show (C0 to C10). */
import { clockTime, type Fact, type FactCheck, type RecordView, type Span } from '../../simulator/experiment/index.ts';
import { at, clock, FIRST_POST_MS, HISTORY_END_MS, MINUTE_MS, RECOVERY_MS, T0_MS } from './clock.ts';
import { offeredPerSecond, servedPerSecond } from './load.ts';

const WINDOW: Span = { fromMs: T0_MS, untilMs: RECOVERY_MS };
const BEFORE: Span = { fromMs: 0, untilMs: at(0, 8) };
const RAMP: Span = { fromMs: at(1, 7), untilMs: RECOVERY_MS };
const REST: Span = { fromMs: T0_MS, untilMs: at(1, 7) };
/** The limit lets each client’s burst through first; the queue is empty a few minutes after the recovery. */
const AFTER: Span = { fromMs: RECOVERY_MS + 10 * MINUTE_MS, untilMs: HISTORY_END_MS };

const PEOPLE = { population: 'people' };
const time = (atMs: number | undefined): string =>
  atMs === undefined ? 'never' : clockTime(clock, atMs, { date: true });
const percent = (ratio: number): string => `${(ratio * 100).toFixed(1)} %`;

function failureRatio(view: RecordView, span: Span): number {
  const all = view.total('user.sign-ins', PEOPLE, span);
  return all === 0 ? 0 : view.total('user.sign-ins-failed', PEOPLE, span) / all;
}

function firstHang(view: RecordView): FactCheck {
  const firstMs = view.firstAtMs('user.sign-ins-hung', PEOPLE);
  return {
    holds: firstMs !== undefined && Math.abs(firstMs - T0_MS) <= 30 * MINUTE_MS,
    expected: `first hung sign-in at ${time(T0_MS)}`,
    observed: time(firstMs),
    tolerance: '± 30 min',
  };
}

function hangsNotRefused(view: RecordView): FactCheck {
  const failed = view.total('user.sign-ins-failed', PEOPLE, WINDOW);
  const hung = view.total('user.sign-ins-hung', PEOPLE, WINDOW);
  return {
    holds: failed > 0 && hung === failed,
    expected: 'sign-ins of users without a session time out: not refused, not 401',
    observed: `${hung} of ${failed} failed sign-ins ended in silence`,
    tolerance: 'all',
  };
}

function intermittent(view: RecordView): FactCheck {
  const ratio = failureRatio(view, WINDOW);
  return {
    holds: ratio > 0.01 && ratio < 0.99,
    expected: 'sign-in success strictly between 0 and 1 over the window',
    observed: `success ${percent(1 - ratio)}`,
    tolerance: '1–99 %',
  };
}

function worseInTheMorning(view: RecordView): FactCheck {
  const ramp = failureRatio(view, RAMP);
  const rest = failureRatio(view, REST);
  return {
    holds: ramp > rest,
    expected: 'failure ratio in the morning ramp of March 17 above the rest of the window',
    observed: `${percent(ramp)} from 07:00 to 09:43, ${percent(rest)} before`,
    tolerance: 'greater',
  };
}

function portalFails(view: RecordView): FactCheck {
  const all = view.total('user.attempts', { population: 'portal' }, WINDOW);
  const failed = view.total('user.attempts', { population: 'portal', outcome: 'server-error' }, WINDOW);
  const before = view.total('user.attempts', { population: 'portal', outcome: 'server-error' }, BEFORE);
  return {
    holds: failed > 0 && failed < all && before === 0,
    expected: 'a share of the portal’s settings operations answers 5xx, none before',
    observed: `${failed} of ${all} (${percent(failed / Math.max(1, all))}); ${before} before 08:00`,
    tolerance: 'strictly between 0 and 1',
  };
}

function untouched(population: string, what: string): (view: RecordView) => FactCheck {
  return (view) => {
    const all = view.total('user.attempts', { population });
    const good = view.total('user.attempts', { population, outcome: 'ok' });
    return {
      holds: all > 0 && good === all,
      expected: `${what}: 0 failures`,
      observed: `${all - good} of ${all}`,
      tolerance: 'exact',
    };
  };
}

function onlyOldLoop(view: RecordView): FactCheck {
  const { old, fixed } = requestsPerDeadToken(view);
  return {
    holds: old > 100 && fixed <= 3,
    expected: 'an expired token costs an old client many requests, a fixed one a single refresh',
    observed: `${old.toFixed(0)} requests a token by old clients, ${fixed.toFixed(2)} by fixed ones`,
    tolerance: '> 100; ≤ 3 (a time-out may repeat it)',
  };
}

function requestsPerDeadToken(view: RecordView): { readonly old: number; readonly fixed: number } {
  const per = (version: string): number =>
    view.total('fleet.token-requests', { version }) / Math.max(1, view.total('fleet.dead-tokens', { version }));
  return { old: per('old'), fixed: per('fixed') };
}

function loadRisesFirst(view: RecordView): FactCheck {
  const firstHangMs = view.firstAtMs('user.sign-ins-hung', PEOPLE);
  const firstDeadMs = view.firstAtMs('fleet.dead-tokens');
  if (firstHangMs === undefined || firstDeadMs === undefined) {
    return {
      holds: false,
      expected: 'offered load rises, then sign-ins hang',
      observed: 'no hung sign-in',
      tolerance: 'order',
    };
  }
  const early = offeredPerSecond(view, firstDeadMs, firstDeadMs + 10 * MINUTE_MS);
  const atHang = offeredPerSecond(view, firstHangMs - 10 * MINUTE_MS, firstHangMs);
  const full = servedPerSecond(view, at(0, 11), at(0, 12));
  const delayMinutes = Math.round((firstHangMs - firstDeadMs) / MINUTE_MS);
  return {
    holds: delayMinutes >= 10 && atHang >= 2 * early && atHang >= 0.6 * full,
    expected: 'offered load rises as tokens expire on old clients; sign-ins hang when it reaches capacity, not at once',
    observed: `${early.toFixed(2)}/s in the 10 min after the first expiry (${time(firstDeadMs)}), ${atHang.toFixed(2)}/s before the first hang ${delayMinutes} min later; the full service does ${full.toFixed(2)}/s`,
    tolerance: '≥ 10 min; at least twice as much, and 60 % of capacity before the sign-ins are counted',
  };
}

function recoveredWhileRetrying(view: RecordView): FactCheck {
  const ratio = failureRatio(view, AFTER);
  const attempts = view.total('user.sign-ins', PEOPLE, AFTER);
  const retries = view.total('fleet.token-requests', { version: 'old' }, AFTER);
  const acted = view.notes('operator.acted')[0];
  return {
    holds: acted?.atMs === RECOVERY_MS && attempts > 0 && ratio <= 0.03 && retries > attempts,
    expected: `recovered and rate limited at ${time(RECOVERY_MS)}; sign-ins succeed again while old clients still retry`,
    observed: `${percent(1 - ratio)} of ${attempts} sign-ins succeed, ${retries} requests of old clients meanwhile`,
    tolerance: '≥ 97 %',
  };
}

function fixedAmplification(view: RecordView): FactCheck {
  const { fixed } = requestsPerDeadToken(view);
  return {
    holds: fixed >= 1 && fixed <= 3,
    expected: 'a fixed client’s amplification is about 1',
    observed: fixed.toFixed(2),
    tolerance: '1–3',
  };
}

function posts(): FactCheck {
  return {
    holds: true,
    expected: 'shown on the timeline',
    observed: `${time(FIRST_POST_MS)}, 10:03, 11:12 CDT`,
    tolerance: 'annotation',
  };
}

const run = { scope: 'run' } as const;

export const facts: readonly Fact[] = [
  {
    ...run,
    id: 'C0',
    kind: 'fitted',
    fittedBy: ['tuesdayExpiryFromHour', 'tuesdayExpiryUntilHour'],
    report: 'from March 16 10:04',
    check: firstHang,
  },
  {
    ...run,
    id: 'C1',
    kind: 'stated',
    report: '“a new attempt to log in to their desktop or mobile client would hang”',
    check: hangsNotRefused,
  },
  { ...run, id: 'C2', kind: 'stated', report: '“intermittent”', check: intermittent },
  {
    ...run,
    id: 'C3',
    kind: 'fitted',
    fittedBy: ['wednesdayExpiryFromHour', 'wednesdayExpiryUntilHour', 'awakeAtNightRatio'],
    report: '“more consistently at the beginning of the day, when new login activity was higher”',
    check: worseInTheMorning,
  },
  {
    ...run,
    id: 'C4',
    kind: 'stated',
    report: 'some PBX settings operations “would fail with an unexpected error”',
    check: portalFails,
  },
  {
    ...run,
    id: 'C5',
    kind: 'stated',
    report: '“no impact to voice services or call routing”',
    check: untouched('callers', 'traffic that does not cross the auth service'),
  },
  {
    ...run,
    id: 'C6',
    kind: 'stated',
    report: 'users with a persistent session “would not have noticed any issues”',
    check: untouched('sessions', 'foreground use of clients with an open session'),
  },
  {
    ...run,
    id: 'C7',
    kind: 'stated',
    report:
      'an older version “incorrectly handled the server response when an expired authentication token was presented”',
    check: onlyOldLoop,
  },
  {
    ...run,
    id: 'C8',
    kind: 'stated',
    report: 'traffic “was significantly elevated, which eventually overwhelmed the services”',
    check: loadRisesFirst,
  },
  {
    ...run,
    id: 'C9',
    kind: 'stated',
    report: 'March 17 09:43: recovered, rate limiting, “no further unexpected login failures”',
    check: recoveredWhileRetrying,
  },
  {
    ...run,
    id: 'C10',
    kind: 'inferred',
    report: '“those clients that had not yet updated”',
    check: fixedAmplification,
  },
  { ...run, id: 'C-posts', kind: 'annotation', report: 'status posts 09:36, 10:03, 11:12 CDT', check: posts },
];
