// What every user of the queue relies on, asked of both structures: order, limits, handles, errors, and that nothing leaks.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { EventQueue } from './event-queue.ts';

const DAY_US = 86_400e6;

interface Labelled {
  label: string;
}

function popLabels(queue: EventQueue, limitUs = Infinity): string[] {
  const labels: string[] = [];
  while (queue.next(limitUs)) labels.push((queue.target as Labelled).label);
  return labels;
}

describe.each([
  ['heap', Infinity],
  ['wheel', 0],
])('the %s', (_name, wheelThresholdCount) => {
  const build = (): EventQueue => new EventQueue({ wheelThresholdCount });

  test('gives events back by time, and at equal times in the order they were scheduled', () => {
    const queue = build();
    for (const [timeUs, label] of [
      [500, 'c'],
      [20, 'a'],
      [500, 'd'],
      [20, 'b'],
      [7e6, 'f'],
      [501, 'e'],
    ] as const) {
      queue.schedule(timeUs, 1, { label });
    }
    expect(popLabels(queue)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(queue.next(Infinity)).toBe(false);
  });

  test('tells time, kind, target and sequence of the event just popped', () => {
    const queue = build();
    const target = { label: 'token expiry' };
    queue.schedule(90, 255, {});
    queue.schedule(30 * DAY_US, 0, target);
    queue.next(Infinity);
    expect([queue.timeUs, queue.kind, queue.sequence]).toEqual([90, 255, 0]);
    queue.next(Infinity);
    expect([queue.timeUs, queue.kind, queue.sequence]).toEqual([30 * DAY_US, 0, 1]);
    expect(queue.target).toBe(target);
  });

  test('keeps order when an event is added to the very time being served', () => {
    const queue = build();
    for (let n = 0; n < 10; n++) queue.schedule(1_000, 1, { label: `${n}` });
    queue.next(Infinity);
    queue.schedule(1_000, 1, { label: 'added' });
    queue.schedule(1_001, 1, { label: 'later' });
    expect(popLabels(queue)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', 'added', 'later']);
  });

  test('does not pop beyond the limit, and pops an event exactly at it', () => {
    const queue = build();
    queue.schedule(400, 1, { label: 'now' });
    queue.schedule(401, 1, { label: 'next' });
    expect(popLabels(queue, 399)).toEqual([]);
    expect(popLabels(queue, 400)).toEqual(['now']);
    expect([queue.timeUs, queue.pendingCount]).toEqual([400, 1]);
    expect(popLabels(queue, 401)).toEqual(['next']);
  });

  test('accepts an event before those among which a limit stopped the search', () => {
    const queue = build();
    for (let n = 0; n < 9; n++) queue.schedule(40 * DAY_US + 300e6 + 200 + n, 1, { label: `${n}` });
    for (let n = 0; n < 2; n++) queue.schedule(41 * DAY_US + n, 1, { label: 'far' });
    expect(popLabels(queue, 40 * DAY_US + 300e6 + 199)).toEqual([]);
    queue.schedule(40 * DAY_US + 300e6 + 150, 1, { label: 'third' });
    queue.schedule(90, 1, { label: 'first' });
    queue.schedule(40 * DAY_US, 1, { label: 'second' });
    queue.cancel(queue.schedule(91, 1, { label: 'cancelled' }));
    expect(popLabels(queue, 89)).toEqual([]);
    queue.assertConserved();
    expect(popLabels(queue)).toEqual([
      'first',
      'second',
      'third',
      '0',
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
      'far',
      'far',
    ]);
  });

  test.each([0x100, 0x4_0000, 0x1000_0000, 0x40_0000_0000, 0x1_0000_0000_0000])(
    'keeps first in, first out when a limit stops the search on the edge of a list of %d microseconds',
    (listUs) => {
      const queue = build();
      const edgeUs = 3 * listUs;
      queue.schedule(edgeUs + 1, 1, { label: 'first' });
      queue.schedule(edgeUs + 0.75 * listUs, 1, { label: 'third' });
      expect(popLabels(queue, edgeUs)).toEqual([]);
      queue.schedule(edgeUs + 1, 1, { label: 'second' });
      expect(popLabels(queue)).toEqual(['first', 'second', 'third']);
    },
  );

  test('loses no timer days, years or centuries ahead', () => {
    const queue = build();
    const daysAhead = [1, 30, 400, 3_000, 3_258, 7_300, 7_301, 36_500, 104_249];
    for (const days of [...daysAhead].reverse()) queue.schedule(days * DAY_US, 1, { label: `${days}` });
    queue.cancel(queue.schedule(50_000 * DAY_US, 1, { label: 'cancelled' }));
    queue.schedule(Number.MAX_SAFE_INTEGER, 1, { label: 'the last microsecond' });
    queue.assertConserved();
    expect(popLabels(queue)).toEqual([...daysAhead.map(String), 'the last microsecond']);
    queue.assertConserved();
  });

  test('never pops a cancelled event, wherever in a crowd it stood', () => {
    const queue = build();
    const handles = Array.from({ length: 60 }, (_, n) => queue.schedule(5_000 + (n % 3), 1, { label: `${n}` }));
    for (let n = 0; n < 60; n++) if (n % 5 !== 0) queue.cancel(handles[n]!);
    queue.assertConserved();
    expect(popLabels(queue).map(Number)).toEqual([0, 15, 30, 45, 10, 25, 40, 55, 5, 20, 35, 50]);
    expect([queue.scheduledCount, queue.firedCount, queue.cancelledCount, queue.pendingCount]).toEqual([60, 12, 48, 0]);
  });

  test('gives a freed handle to another event without touching that one', () => {
    const queue = build();
    const stale = queue.schedule(10, 1, { label: 'cancelled' });
    queue.cancel(stale);
    expect(queue.schedule(20, 1, { label: 'heir' })).toBe(stale);
    expect(popLabels(queue)).toEqual(['heir']);
    expect(() => queue.cancel(stale)).toThrow(TypeError);
    for (const never of [-1, 0.5, 1e9, NaN]) expect(() => queue.cancel(never)).toThrow(/not pending/);
    expect(queue.cancelledCount).toBe(1);
  });

  test('refuses an impossible time, kind or limit and says what to do', () => {
    const queue = build();
    queue.schedule(100, 1, {});
    queue.next(Infinity);
    expect(() => queue.schedule(99, 1, {})).toThrow(
      new TypeError(
        'timeUs 99 cannot be scheduled: it lies before 100, the time of the last event: schedule at that time or later',
      ),
    );
    for (const timeUs of [100.5, NaN, Infinity, 2 ** 53]) {
      expect(() => queue.schedule(timeUs, 1, {})).toThrow(
        /timeUs .* must be a whole number of microseconds .* round it first/,
      );
    }
    expect(() => build().schedule(-1, 1, {})).toThrow(TypeError);
    for (const kind of [-1, 256, 1.5, NaN])
      expect(() => queue.schedule(200, kind, {})).toThrow(/kind must be an integer/);
    expect(() => queue.next(NaN)).toThrow(/limitUs/);
    expect([queue.scheduledCount, queue.pendingCount]).toEqual([1, 0]);
    queue.assertConserved();
  });

  test('lets go of the targets of popped and cancelled events', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const queue = build();
    const references: WeakRef<object>[] = [];
    const remember = (target: object): object => {
      references.push(new WeakRef(target));
      return target;
    };
    queue.schedule(1, 1, remember({}));
    queue.cancel(queue.schedule(2, 1, remember({})));
    queue.schedule(3, 1, remember({}));
    while (queue.next(2));
    await new Promise((resolve) => setTimeout(resolve, 0));
    collectGarbage();
    expect(references.map((reference) => reference.deref() !== undefined)).toEqual([false, false, true]);
    expect(queue.pendingCount).toBe(1);
  });
});

test('a threshold that is no count is refused', () => {
  for (const wheelThresholdCount of [-1, NaN]) {
    expect(() => new EventQueue({ wheelThresholdCount })).toThrow(/wheelThresholdCount/);
  }
});
