/** A1 to A6: how the key went out of the caches, and what that did. */
import { clockTime, type FactCheck, type RecordView } from '../../simulator/experiment/index.ts';
import { applications, type Application } from './applications.ts';
import { clock, HOUR_MS, MINUTE_MS, REVERT_MS, ROLLBACK_MS, T0_MS } from './clock.ts';
import { attempted, instancesOf, losses, minutesAfterT0, percent, refused, UNAUTHORIZED, without } from './evidence.ts';

const time = (atMs: number | undefined): string =>
  atMs === undefined ? 'never' : clockTime(clock, atMs, { seconds: true });

export function keyLost(view: RecordView): FactCheck {
  const all = losses(view);
  const first = all[0]?.fromMs;
  return {
    holds: first !== undefined && first >= T0_MS && first <= T0_MS + 5 * MINUTE_MS,
    expected: `metadata without the key from ${clockTime(clock, T0_MS)} on, nowhere before`,
    observed: `${all.length} instances loaded metadata without it, the first at ${time(first)}`,
    tolerance: '+ 5 min',
  };
}

export function trustFollowsMetadata(view: RecordView): FactCheck {
  const all = losses(view);
  const refusing = view.valuesOf('user.attempts', 'instance', UNAUTHORIZED);
  const unexplained = refusing.filter((instance) => {
    const firstMs = view.firstAtMs('user.attempts', { ...UNAUTHORIZED, instance })!;
    return !all.some((loss) => loss.instance === instance && loss.fromMs <= firstMs);
  });
  const first = view.firstAtMs('user.attempts', UNAUTHORIZED);
  return {
    holds: refusing.length > 0 && unexplained.length === 0 && first! >= T0_MS,
    expected: 'every instance that refuses valid tokens has picked up the new metadata before; none before 19:00',
    observed: `first refusal at ${time(first)}; ${refusing.length} instances refused, ${unexplained.length} of them without new metadata`,
    tolerance: 'exact',
  };
}

export function darkOnceLost(view: RecordView): FactCheck {
  let bad = 0;
  let requests = 0;
  for (const { instance, fromMs, untilMs } of losses(view)) {
    const span = { fromMs: fromMs + MINUTE_MS, untilMs: Math.min(untilMs, ROLLBACK_MS) - MINUTE_MS };
    if (span.untilMs <= span.fromMs) continue;
    bad += refused(view, { instance }, span);
    requests += attempted(view, { instance }, span);
  }
  return {
    holds: requests > 0 && bad / requests >= 0.99,
    expected: 'until the rollback, instances with the new metadata refuse everybody',
    observed: `${bad} of ${requests} requests refused (${percent(bad / Math.max(1, requests))})`,
    tolerance: '≥ 99 %',
  };
}

const SHORT_LIVED = applications.filter(({ name }) => ['asks-5m', 'asks-10m', 'waits-20m', 'waits-60m'].includes(name));

export function staggeredLoss(view: RecordView): FactCheck {
  const all = losses(view).filter(({ fromMs }) => fromMs < ROLLBACK_MS);
  const shortLived = SHORT_LIVED.flatMap((application) => instancesOf(view, application));
  const lostBy = (minutes: number): number => {
    return without(all, T0_MS + minutes * MINUTE_MS).filter((instance) => shortLived.includes(instance)).length;
  };
  const late = SHORT_LIVED.reduce((sum, application) => sum + acceptedTooLate(view, application), 0);
  const [early, middle, last] = [lostBy(5), lostBy(20), lostBy(100)];
  const longLived = all.filter(({ instance }) => !shortLived.includes(instance)).length;
  return {
    holds: late === 0 && early < middle && middle < last && last === shortLived.length && longLived < last,
    expected: 'each loses the key within the lifetime of its cache: more and more do, the long-lived hardly',
    observed: `of ${shortLived.length} with a lifetime up to an hour ${early} after 5 min, ${middle} after 20, ${last} after 100; ${longLived} with a longer one; ${late} requests accepted after a lifetime had passed`,
    tolerance: 'lifetime + 1 min',
  };
}

/** Requests that an application still accepted when what it had fetched before T0 could no longer count. */
function acceptedTooLate(view: RecordView, { name: population, lifetimeMs }: Application): number {
  const span = { fromMs: T0_MS + lifetimeMs(NO_VALUES) + MINUTE_MS, untilMs: ROLLBACK_MS };
  return view.total('user.attempts', { request: 'api', population, outcome: 'ok' }, span);
}

/** The lifetimes of the short-lived do not depend on assumptions. */
const NO_VALUES = { longLifetimeMs: 24 * HOUR_MS };

export function noHelp(view: RecordView): FactCheck {
  const all = losses(view);
  const before = without(all, REVERT_MS);
  const after = without(all, ROLLBACK_MS - 1);
  const helped = before.filter((instance) => !after.includes(instance));
  const reverted = view.notes('orchestrator.restarted').some(({ detail }) => detail['instance'] === 'idp');
  return {
    holds: reverted && before.length > 0 && helped.length === 0,
    expected: 'no instance gets the key back between the revert and the rollback',
    observed: `${before.length} without the key at ${time(REVERT_MS)}, ${after.length} at the rollback; ${helped.length} had it back (last loss ${minutesAfterT0(all.findLast(({ fromMs }) => fromMs < ROLLBACK_MS)?.fromMs ?? T0_MS)})`,
    tolerance: '= 0',
  };
}
