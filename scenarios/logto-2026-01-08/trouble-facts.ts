/** L1 to L4 and L8: how the trouble began, whom it hit, and why fetching again did not help. */
import { clockTime, type FactCheck, type RecordView } from '../../simulator/experiment/index.ts';
import { CLEARED_MS, clock, MINUTE_MS, REVERTED_MS, T0_MS } from './clock.ts';
import { attempted, groupsOn, isOf, loadsOfNewKey, percent, refused, refusedShare, UNAUTHORIZED } from './evidence.ts';
import { CACHED_DOMAIN, OTHER_DOMAIN } from './tenants.ts';

const CACHED = groupsOn(CACHED_DOMAIN);
const OTHERS = groupsOn(OTHER_DOMAIN);

const time = (atMs: number | undefined): string =>
  atMs === undefined ? 'never' : clockTime(clock, atMs, { seconds: true });

export function errorsIncrease(view: RecordView): FactCheck {
  const firstMs = view.firstAtMs('user.attempts', UNAUTHORIZED);
  return {
    holds: firstMs !== undefined && firstMs >= T0_MS && firstMs <= T0_MS + 2 * MINUTE_MS,
    expected: 'valid tokens are refused from 16:00 on, none before',
    observed: `first at ${time(firstMs)}`,
    tolerance: '+ 2 min',
  };
}

export function rotatedBehindTheCache(view: RecordView): FactCheck {
  const span = { fromMs: T0_MS + MINUTE_MS, untilMs: CLEARED_MS };
  const fromCopies = view.total('edge-cache.answers', { cache: CACHED_DOMAIN, result: 'hit' }, span);
  const firstMs = loadsOfNewKey(view, OTHERS)[0]?.atMs;
  return {
    holds: firstMs !== undefined && firstMs >= T0_MS && firstMs < T0_MS + 5 * MINUTE_MS && fromCopies > 0,
    expected: 'a new key from 16:00 on; the edge of one domain answers from copies',
    observed: `new key first seen at ${time(firstMs)} on the other domain; ${fromCopies} answers from copies until ${time(CLEARED_MS)}`,
    tolerance: '+ 5 min',
  };
}

/** From here on who held an old token on the other domain has signed in again. */
const SETTLED_MS = T0_MS + 15 * MINUTE_MS;

export function someTenants(view: RecordView): FactCheck {
  const span = { fromMs: SETTLED_MS, untilMs: CLEARED_MS };
  const cached = refusedShare(view, CACHED, span);
  const others = refusedShare(view, OTHERS, span);
  return {
    holds: cached > 0.2 && cached < 1 && others < 0.02 && attempted(view, OTHERS, span) > 0,
    expected: 'on the cached domain tokens are refused, on the other they are not, once people have signed in again',
    observed: `${time(SETTLED_MS)} to ${time(CLEARED_MS)}: ${percent(cached)} of requests refused on the cached domain, ${percent(others)} on the other`,
    tolerance: '> 20 %, < 2 %',
  };
}

/** An instance on the cached domain can have the new key only once the edge has another copy. */
export function fetchedInVain(view: RecordView): FactCheck {
  const span = { fromMs: T0_MS + MINUTE_MS, untilMs: CLEARED_MS };
  const hits = view.total('edge-cache.answers', { cache: CACHED_DOMAIN, result: 'hit' }, span);
  const asking = CACHED.filter((group) => group.endsWith('asking'));
  const early = loadsOfNewKey(view, CACHED).filter(({ atMs }) => atMs < CLEARED_MS);
  const changes = view.notes('edge-cache.changed').filter(({ host }) => host === CACHED_DOMAIN);
  const unexplained = early.filter(
    ({ atMs }) => !changes.some((change) => change.atMs <= atMs && change.atMs >= T0_MS),
  );
  const soon = early.filter(({ atMs }) => atMs < SETTLED_MS);
  const healed = new Set(soon.map(({ host }) => host).filter((host) => asking.some((group) => isOf(host, group))));
  const all = new Set(
    view
      .notes('backend.listening')
      .map(({ host }) => host)
      .filter((host) => asking.some((group) => isOf(host, group))),
  );
  return {
    holds: hits >= 30 && unexplained.length === 0 && healed.size < all.size,
    expected:
      'verifiers fetch for the unknown key again and again and get the old copy, until it expires or is cleared',
    observed: `${hits} fetches answered from copies; ${healed.size} of ${all.size} asking instances had the new key by ${time(SETTLED_MS)}; ${unexplained.length} had it before the edge had another copy`,
    tolerance: '≥ 30; not all; = 0',
  };
}

export function clearingWasNotAll(view: RecordView): FactCheck {
  const span = { fromMs: CLEARED_MS + MINUTE_MS, untilMs: REVERTED_MS };
  const asking = CACHED.filter((group) => group.endsWith('asking'));
  const waiting = CACHED.filter((group) => !asking.includes(group));
  const before = refusedShare(view, asking, { fromMs: SETTLED_MS, untilMs: CLEARED_MS });
  const after = refusedShare(view, asking, { ...span, fromMs: CLEARED_MS + 3 * MINUTE_MS });
  const still = refused(view, waiting, span);
  return {
    holds: before > 0.2 && after < 0.1 && still > 0,
    expected: 'once the cache is cleared, verifiers that ask get the new key; those that wait still refuse',
    observed: `asking: ${percent(before)} refused before, ${percent(after)} after; waiting: ${still} requests refused before the revert`,
    tolerance: '> 20 %, < 10 %; > 0',
  };
}
