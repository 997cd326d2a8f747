/** What the report says of sessions and sign-ins (U1 to U4, U7), checked against the record. */
import type { FactCheck, RecordView } from '../../simulator/experiment/index.ts';
import { CYCLE_FROM_MS, MINUTE_MS, T0_MS } from './clock.ts';
import {
  BEFORE,
  keySources,
  moved,
  partedStamps,
  percent,
  REJECTED_PAGE,
  rejections,
  rejectionsByInstance,
  share,
  sumEu,
  TROUBLE,
  UNTOUCHED,
} from './evidence.ts';
import { stampOf } from './system.ts';

export function partOfSomeStampsMoved(view: RecordView): FactCheck {
  const instances = moved(view, { fromMs: T0_MS, untilMs: T0_MS + 15 * MINUTE_MS });
  const stamps = new Set(instances.map(stampOf));
  const began = view.notes('orchestrator.began').filter(({ atMs }) => atMs < CYCLE_FROM_MS);
  const others = began.filter(
    ({ atMs, detail }) => atMs !== T0_MS || !String(detail['label']).startsWith('scaling event'),
  );
  const all = [...new Set(view.notes('backend.listening').map(({ host }) => host))];
  const whole = [...stamps].some((stamp) => all.every((name) => stampOf(name) !== stamp || instances.includes(name)));
  return {
    holds: instances.length > 0 && !whole && others.length === 0,
    expected: 'at 05:22 a part of some stamps’ instances is moved; nothing else changes before the cycle',
    observed: `${instances.join(', ') || 'nobody'} moved, of ${all.length} instances; ${others.length} other actions`,
    tolerance: 'input',
  };
}

export function bothSidesReject(view: RecordView): FactCheck {
  const odd = moved(view, UNTOUCHED);
  const parted = partedStamps(keySources(view, CYCLE_FROM_MS));
  const counts = [...rejectionsByInstance(view, UNTOUCHED)];
  const sum = (accept: (instance: string) => boolean): number =>
    counts.reduce((total, [instance, count]) => (accept(instance) ? total + count : total), 0);
  const here = sum((instance) => odd.includes(instance));
  const peers = sum((instance) => parted.has(stampOf(instance)) && !odd.includes(instance));
  const elsewhere = sum((instance) => !parted.has(stampOf(instance)));
  const before = rejections(view, BEFORE);
  return {
    holds: here > 0 && peers > 0 && elsewhere === 0 && before === 0,
    expected: 'instances with the new value reject cookies made with the old, and the reverse; nobody else rejects',
    observed: `${here} rejections by moved instances, ${peers} by their peers, ${elsewhere} elsewhere, ${before} before`,
    tolerance: 'more than 0; exactly 0',
  };
}

export function backAtTheLoginScreen(view: RecordView): FactCheck {
  const redirects = sumEu((population) => view.total('user.attempts', { ...REJECTED_PAGE, population }, TROUBLE));
  const refused = sumEu((population) => view.total('user.attempts', { population, outcome: 'unauthorized' }));
  const signOuts = sumEu((population) => view.total('user.sign-outs', { population }, TROUBLE));
  return {
    holds: redirects > 0 && refused === 0 && signOuts === redirects,
    expected: 'sessions rejected before their end, by a redirect to the login screen and never by a 401',
    observed: `${redirects} unexpired sessions redirected, ${signOuts} sign-outs, ${refused} answers 401`,
    tolerance: 'equal; exactly 0',
  };
}

export function loginLoops(view: RecordView): FactCheck {
  const repeated = sumEu((population) => view.total('browser.sign-ins-repeated', { population }, TROUBLE));
  const failed = sumEu((population) => view.total('user.sign-ins-failed', { population }, TROUBLE));
  const all = sumEu((population) => view.total('user.sign-ins', { population }, TROUBLE));
  const before = sumEu((population) => view.total('browser.sign-ins-repeated', { population }, BEFORE));
  return {
    holds: repeated > 0 && failed > 0 && before === 0,
    expected: 'users who have just signed in sign in again within a minute; others cannot sign in at all',
    observed: `of ${all} sign-ins ${repeated} within a minute of the user’s last, ${failed} failed; ${before} loops before`,
    tolerance: 'more than 0; exactly 0',
  };
}

export function laterTriesSucceed(view: RecordView): FactCheck {
  const soon = successOf(view, 'under-1-min');
  const later = successOf(view, 'over-4-min');
  return {
    holds: soon.count > 0 && later.good > 0 && later.ratio > soon.ratio,
    expected: 'a try 4 minutes or more after a failure succeeds more often than one within a minute',
    observed: `${percent(later.ratio)} of ${later.count} against ${percent(soon.ratio)} of ${soon.count}`,
    tolerance: 'greater',
  };
}

function successOf(view: RecordView, wait: string): { good: number; count: number; ratio: number } {
  const total = (name: string): number => sumEu((population) => view.total(name, { population, wait }, UNTOUCHED));
  const good = total('browser.tries-again-ok');
  const count = good + total('browser.tries-again-failed');
  return { good, count, ratio: share(good, count) };
}
