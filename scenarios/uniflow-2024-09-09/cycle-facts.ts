/** What the report says of the cycle and of what came after (U9, U10), checked against the record. */
import type { FactCheck, RecordView, Span } from '../../simulator/experiment/index.ts';
import { at, CYCLE_FROM_MS, CYCLE_UNTIL_MS, HISTORY_END_MS, MINUTE_MS, RECURRENCE_DAYS } from './clock.ts';
import { keySources, moved, partedStamps, rejections, time, type StampSpan } from './evidence.ts';
import { edgeOf, stampOf } from './system.ts';

/** Tries under way when the last instance of a stamp came back are over by then. */
const SETTLED_MS = 2 * MINUTE_MS;

export function cyclingHeals(view: RecordView): FactCheck {
  const third = (CYCLE_UNTIL_MS - CYCLE_FROM_MS) / 3;
  const first = rejections(view, { fromMs: CYCLE_FROM_MS, untilMs: CYCLE_FROM_MS + third });
  const last = rejections(view, { fromMs: CYCLE_UNTIL_MS - third, untilMs: CYCLE_UNTIL_MS });
  const healed = healedStamps(view);
  const once = healed.reduce((sum, span) => sum + rejections(view, span, '1'), 0);
  const more = healed.reduce((sum, span) => sum + rejections(view, span), 0) - once;
  const late = rejections(view, { fromMs: CYCLE_UNTIL_MS + SETTLED_MS, untilMs: HISTORY_END_MS });
  const lateOnce = rejections(view, { fromMs: CYCLE_UNTIL_MS + SETTLED_MS, untilMs: HISTORY_END_MS }, '1');
  return {
    holds: isDated(view) && healed.length > 0 && first > last && more === 0 && late === lateOnce,
    expected: 'rejections decline from 07:13 to 08:20 and then stop: an old cookie costs one more sign-in at most',
    observed:
      `${first} in the first third of the cycle, ${last} in the last, ${late} after it; in stamps whose last role ` +
      `was done ${once} old cookies, ${more} second rejections`,
    tolerance: 'fewer; exactly 0',
  };
}

/** The cycle itself is an input: from 07:13 to 08:20. */
function isDated(view: RecordView): boolean {
  const within = (kind: string, atMs: number): boolean =>
    view.notes(kind).some((note) => Math.abs(note.atMs - atMs) < MINUTE_MS / 4);
  return within('orchestrator.began', CYCLE_FROM_MS) && within('orchestrator.ended', CYCLE_UNTIL_MS);
}

/** Stamps with two keys before the cycle, from the moment that it gave the last of their instances the other one. */
function healedStamps(view: RecordView): readonly StampSpan[] {
  const parted = partedStamps(keySources(view, CYCLE_FROM_MS));
  const before = keySources(view, CYCLE_FROM_MS);
  const after = keySources(view, CYCLE_UNTIL_MS + SETTLED_MS);
  const stillParted = partedStamps(after);
  return [...parted].flatMap((stamp): StampSpan[] => {
    if (stillParted.has(stamp)) return [];
    const changes = view.notes('session.key-derived').filter(({ atMs, host, detail }) => {
      const inCycle = atMs >= CYCLE_FROM_MS && atMs < CYCLE_UNTIL_MS + SETTLED_MS;
      return inCycle && stampOf(host) === stamp && before.get(host) !== String(detail['from']);
    });
    const fromMs = Math.max(...changes.map(({ atMs }) => atMs)) + SETTLED_MS;
    return [{ fromMs, untilMs: HISTORY_END_MS, edge: edgeOf(stamp) }];
  });
}

export function comesBack(view: RecordView): FactCheck {
  const days = RECURRENCE_DAYS.map((day) => recurrence(view, day));
  return {
    holds: days.every(({ quiet, again }) => quiet === 0 && again > 0),
    expected: 'after the cycle all is well until the next scaling event, which brings the trouble back, twice',
    observed: days
      .map(
        ({ day, event, quiet, again }) => `September ${9 + day}: ${quiet} rejections before ${event}, ${again} after`,
      )
      .join('; '),
    tolerance: 'exactly 0; more than 0',
  };
}

interface Recurrence {
  readonly day: number;
  readonly event: string;
  readonly quiet: number;
  readonly again: number;
}

function recurrence(view: RecordView, day: number): Recurrence {
  const today: Span = { fromMs: at(day, 0), untilMs: at(day + 1, 0) };
  const began = view.notes('orchestrator.began').find(({ atMs }) => atMs >= today.fromMs && atMs < today.untilMs);
  if (began === undefined || moved(view, today).length === 0) {
    return { day, event: 'the event that did not come', quiet: rejections(view, today), again: 0 };
  }
  const eventMs = began.atMs;
  const quiet = rejections(view, { fromMs: today.fromMs, untilMs: eventMs });
  return { day, event: time(eventMs), quiet, again: rejections(view, { fromMs: eventMs, untilMs: today.untilMs }) };
}
