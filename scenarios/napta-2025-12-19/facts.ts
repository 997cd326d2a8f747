/** Napta's facts: each statement of the report and what the record must show (N1 to N11). */
import {
  binomialBand,
  clockTime,
  type Fact,
  type FactCheck,
  type RecordView,
  type Span,
} from '../../simulator/experiment/index.ts';
import { clock, HISTORY_END_MS, MINUTE_MS, RESTART_MS, T0_MS } from './clock.ts';
import { sweepFacts } from './sweep-facts.ts';

const UNAUTHORIZED = { population: 'users', outcome: 'unauthorized' };
/** From T0 to the restart: while nothing but the users reacts. */
const TROUBLE: Span = { fromMs: T0_MS + MINUTE_MS, untilMs: RESTART_MS };

const time = (atMs: number | undefined): string =>
  atMs === undefined ? 'never' : clockTime(clock, atMs, { seconds: true });

function firstWrong401(view: RecordView): FactCheck {
  const firstMs = view.firstAtMs('user.attempts', UNAUTHORIZED);
  const evidence = keylessInstances(view).length;
  return {
    holds: firstMs !== undefined && Math.abs(firstMs - T0_MS) <= 2 * MINUTE_MS && evidence > 0,
    expected: 'first 401 to a valid user at 15:50, none before; evidence in instance logs',
    observed: `first at ${time(firstMs)}; ${evidence} instances logged that they hold no keys`,
    tolerance: '± 2 min',
  };
}

/** Instances whose latest word on the matter is that they started without keys. */
function keylessInstances(view: RecordView): readonly string[] {
  return [...new Set(view.notes('keys.missing').map((note) => note.host))];
}

function boundedOutage(view: RecordView): FactCheck {
  const failed = view.notes('keys.fetch-failed').map((note) => note.atMs);
  const last401 = view.lastAtMs('user.attempts', UNAUTHORIZED) ?? 0;
  const hits = view.total('fault.hits', { fault: 'idp-keys-unreachable' });
  const lastHit = view.lastAtMs('fault.hits', { fault: 'idp-keys-unreachable' });
  return {
    holds: hits > 0 && failed.length > 0 && lastHit !== undefined && lastHit < last401,
    expected: 'key endpoints fail in a bounded window that covers some starts and ends before the 401s do',
    observed: `${hits} fetches failed, the last at ${time(lastHit)}; last 401 at ${time(last401)}`,
    tolerance: 'order',
  };
}

function onlyThoseStartedInside(view: RecordView): FactCheck {
  const keyless = keylessInstances(view);
  const started = view.notes('backend.listening');
  const insiders = started
    .filter((note) => note.atMs > T0_MS - 10 * MINUTE_MS && note.atMs < RESTART_MS)
    .map((note) => note.host);
  const all = new Set(started.map((note) => note.host)).size;
  return {
    holds: keyless.length > 0 && keyless.length < all && keyless.every((host) => insiders.includes(host)),
    expected: 'some instances, not all, hold no keys; only those started inside the window',
    observed: `${keyless.length} of ${all} (${keyless.join(', ')}), ${insiders.length} started inside`,
    tolerance: 'exact',
  };
}

function only401OnTheSubset(view: RecordView): FactCheck {
  const keyless = keylessInstances(view);
  const ratios = instances(view).map((instance) => ({ instance, ratio: unauthorizedRatio(view, instance) }));
  const ill = ratios.filter(({ instance }) => keyless.includes(instance));
  const well = ratios.filter(({ instance }) => !keyless.includes(instance));
  const lowest = Math.min(...ill.map(({ ratio }) => ratio));
  const highest = Math.max(0, ...well.map(({ ratio }) => ratio));
  return {
    holds: ill.length > 0 && lowest >= 0.99 && highest === 0,
    expected: '401 ratio about 1 on the subset, 0 elsewhere',
    observed:
      ill.length === 0
        ? `no instance is without keys, at most ${percent(highest)} elsewhere`
        : `at least ${percent(lowest)} on the subset, at most ${percent(highest)} elsewhere`,
    tolerance: '≥ 99 %, = 0',
  };
}

function instances(view: RecordView): readonly string[] {
  return view.valuesOf('user.attempts', 'instance', { population: 'users' }).filter((name) => name !== 'none');
}

function unauthorizedRatio(view: RecordView, instance: string): number {
  const all = view.total('user.attempts', { population: 'users', instance }, TROUBLE);
  return all === 0 ? 0 : view.total('user.attempts', { ...UNAUTHORIZED, instance }, TROUBLE) / all;
}

function intermittent(view: RecordView): FactCheck {
  const attempts = view.total('user.attempts', { population: 'users' }, TROUBLE);
  const bad = view.total('user.attempts', UNAUTHORIZED, TROUBLE);
  const share = keylessInstances(view).length / instances(view).length;
  const band = binomialBand(attempts, share, 0.99);
  const hitUsers = view.usersHit('users', TROUBLE).length;
  const both = view.total('user.intentions-recovered', { population: 'users' }, TROUBLE);
  return {
    holds: bad >= band.lowCount && bad <= band.highCount && both > 0,
    expected: `overall 401 ratio about broken ÷ total = ${percent(share)}; one user sees both`,
    observed: `${bad} of ${attempts} (${percent(bad / attempts)}); ${hitUsers} users hit; ${both} times one user was refused and then served`,
    tolerance: `99 % binomial band ${band.lowCount}–${band.highCount}`,
  };
}

function disconnected(view: RecordView): FactCheck {
  const refused = view.total('user.attempts', UNAUTHORIZED);
  const signOuts = view.total('user.sign-outs', { population: 'users' });
  const again = view.total('user.sign-ins', { population: 'users', forced: 'yes' });
  const perUser = again / Math.max(1, view.usersHit('users').length);
  return {
    holds: refused > 0 && signOuts === refused && perUser > 1,
    expected: 'each 401 ends the session; users sign in again and can be hit again',
    observed: `${refused} 401s, ${signOuts} sign-outs, ${perUser.toFixed(1)} forced sign-ins a user hit`,
    tolerance: 'equal; more than 1',
  };
}

function outlivesTheOutage(view: RecordView): FactCheck {
  const lastHit = view.lastAtMs('fault.hits', { fault: 'idp-keys-unreachable' }) ?? T0_MS;
  const healthy: Span = { fromMs: Math.max(lastHit, T0_MS) + 30 * MINUTE_MS, untilMs: RESTART_MS };
  const bad = view.total('user.attempts', UNAUTHORIZED, healthy);
  const all = view.total('user.attempts', { population: 'users' }, healthy);
  return {
    holds: bad > 0,
    expected: 'failures go on long after the provider is healthy',
    observed: `${bad} of ${all} requests still 401 from half an hour after the last failed fetch to the restart`,
    tolerance: 'more than 0',
  };
}

function inputAt(label: string, atMs: number, what: string): (view: RecordView) => FactCheck {
  return (view) => {
    const acted = view.notes('operator.acted').find((note) => String(note.detail['label']).includes(label));
    return {
      holds: acted !== undefined && Math.abs(acted.atMs - atMs) < 1000,
      expected: `${what} at ${clockTime(clock, atMs)}`,
      observed: time(acted?.atMs),
      tolerance: 'input',
    };
  };
}

function zeroAfterRestart(view: RecordView): FactCheck {
  const lastMs = view.lastAtMs('user.attempts', UNAUTHORIZED);
  const zeroMs = T0_MS + 125 * MINUTE_MS;
  const restarted = view.notes('orchestrator.restarted').map((note) => note.atMs);
  const lastRestart = Math.max(0, ...restarted);
  const after: Span = { fromMs: zeroMs + 3 * MINUTE_MS, untilMs: HISTORY_END_MS };
  const served = view.total('user.attempts', { population: 'users', outcome: 'ok' }, after);
  return {
    holds:
      lastMs !== undefined &&
      Math.abs(lastMs - zeroMs) <= 3 * MINUTE_MS &&
      lastMs <= lastRestart + MINUTE_MS &&
      served > 0,
    expected: '401 ratio 0 from 17:55 on, because of the restart',
    observed: `last 401 at ${time(lastMs)}, last restart begun at ${time(lastRestart)}, then ${served} served and none refused`,
    tolerance: '± 3 min',
  };
}

function annotation(observed: string): () => FactCheck {
  return () => ({ holds: true, expected: 'shown on the timeline', observed, tolerance: 'annotation' });
}

function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}

const run = { scope: 'run' } as const;

export const facts: readonly Fact[] = [
  {
    ...run,
    id: 'N1',
    kind: 'stated',
    report: '15:50: intermittent disconnections and 401s, “identified retrospectively from logs”',
    check: firstWrong401,
  },
  {
    ...run,
    id: 'N2',
    kind: 'input',
    report: 'the third party “was temporarily unreachable or unstable”',
    check: boundedOutage,
  },
  {
    ...run,
    id: 'N3',
    kind: 'stated',
    report: '“a specific subset of our backend services failed to retrieve the necessary configuration upon startup”',
    check: onlyThoseStartedInside,
  },
  {
    ...run,
    id: 'N4',
    kind: 'stated',
    report: 'unauthenticated “only when routed to these specific instances”',
    check: only401OnTheSubset,
  },
  { ...run, id: 'N5', kind: 'stated', report: '“intermittent”', check: intermittent },
  {
    ...run,
    id: 'N6',
    kind: 'stated',
    report: '“immediate disconnections and 401 errors upon navigation or idle return”',
    check: disconnected,
  },
  {
    ...run,
    id: 'N7',
    kind: 'inferred',
    report: 'planned: automatic retry, “ensuring the system can recover autonomously”',
    check: outlivesTheOutage,
  },
  sweepFacts[0]!,
  {
    ...run,
    id: 'N9',
    kind: 'input',
    report: '17:36: restart of the affected services',
    check: inputAt('N9', RESTART_MS, 'restart begins'),
  },
  {
    ...run,
    id: 'N10',
    kind: 'fitted',
    fittedBy: ['restartEveryMs'],
    report: '17:55: “error rates dropped to zero”',
    check: zeroAfterRestart,
  },
  {
    ...run,
    id: 'N11',
    kind: 'annotation',
    report: 'status posts 16:39, 16:55, 17:14 UTC',
    check: annotation('17:39, 17:55, 18:14 CET'),
  },
];
