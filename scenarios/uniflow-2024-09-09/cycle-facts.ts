/** What the report says of the cycle and of what came after (U9, U10), checked against the record. */
import type { FactCheck, RecordView, Span } from '../../simulator/experiment/index.ts';
import { at, CYCLE_FROM_MS, CYCLE_UNTIL_MS, HISTORY_END_MS, MINUTE_MS, RECURRENCE_DAYS, T0_MS } from './clock.ts';
import { moved, rejections, time } from './evidence.ts';

/** What was under way when the last instance came back. */
const SETTLED_MS = 2 * MINUTE_MS;

export function cyclingHeals(view: RecordView): FactCheck {
  const third = (CYCLE_UNTIL_MS - CYCLE_FROM_MS) / 3;
  const first = rejections(view, { fromMs: CYCLE_FROM_MS, untilMs: CYCLE_FROM_MS + third });
  const last = rejections(view, { fromMs: CYCLE_UNTIL_MS - third, untilMs: CYCLE_UNTIL_MS });
  const after: Span = { fromMs: CYCLE_UNTIL_MS + SETTLED_MS, untilMs: HISTORY_END_MS };
  const once = rejections(view, after, '1');
  const more = rejections(view, after) - once;
  return {
    holds: isDated(view) && first > last && more === 0,
    expected: 'rejections decline from 07:13 to 08:20 and then stop: an old cookie costs one more sign-in at most',
    observed: `${first} in the first third of the cycle, ${last} in the last; after it ${once} old cookies, ${more} second rejections`,
    tolerance: 'fewer; exactly 0',
  };
}

/** The cycle itself is an input: from 07:13 to 08:20. */
function isDated(view: RecordView): boolean {
  const within = (kind: string, atMs: number): boolean =>
    view.notes(kind).some((note) => Math.abs(note.atMs - atMs) < MINUTE_MS / 4);
  return within('orchestrator.began', CYCLE_FROM_MS) && within('orchestrator.ended', CYCLE_UNTIL_MS);
}

export function comesBack(view: RecordView): FactCheck {
  const days = RECURRENCE_DAYS.map((day) => recurrence(view, day));
  return {
    holds: days.every(({ quiet, again }) => quiet === 0 && again > 0),
    expected: 'after the cycle all is well until the next scaling event, which brings the trouble back, twice',
    observed: days
      .map(({ day, eventMs, quiet, again }) => `September ${9 + day}: ${quiet} rejections before ${time(eventMs)}, ${again} after`)
      .join('; '),
    tolerance: 'exactly 0; more than 0',
  };
}

function recurrence(view: RecordView, day: number): { day: number; eventMs: number; quiet: number; again: number } {
  const today: Span = { fromMs: at(day, 0), untilMs: at(day + 1, 0) };
  const began = view.notes('orchestrator.began').find(({ atMs }) => atMs >= today.fromMs && atMs < today.untilMs);
  const eventMs = moved(view, today).length > 0 && began !== undefined ? began.atMs : today.untilMs;
  return {
    day,
    eventMs,
    quiet: rejections(view, { fromMs: today.fromMs, untilMs: eventMs }),
    again: rejections(view, { fromMs: eventMs, untilMs: today.untilMs }),
  };
}

/** From T0 to the first rejection, for the story. */
export function firstRejectionMs(view: RecordView): number | undefined {
  const firstMs = view.firstAtMs('browser.rejections');
  return firstMs === undefined ? undefined : firstMs - T0_MS;
}
