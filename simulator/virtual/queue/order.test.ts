// Heap and wheel share little code, so agreeing with each other and with a sorted array, on anything a program may do, is
// what makes the order of events trustworthy.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventQueue } from './event-queue.ts';

const SECOND_US = 1e6;
const DAY_US = 86_400 * SECOND_US;

type Step =
  | { act: 'schedule'; aheadUs: number; kind: number; count: number }
  | { act: 'cancel'; pick: number }
  | { act: 'next'; aheadUs: number };

interface Pending {
  handle: number;
  timeUs: number;
  sequence: number;
  kind: number;
  target: object;
}

/** Distances at every scale of the wheel, with the edges of its lists and windows on both sides. */
const aheadUs = fc.oneof(
  fc.nat(3),
  fc.nat(700),
  fc.nat(2 * SECOND_US),
  fc.nat(600 * SECOND_US),
  fc
    .constantFrom(0x100, 0x4_0000, 0x1000_0000, 0x40_0000_0000, 0x1_0000_0000_0000)
    .chain((edgeUs) => fc.integer({ min: edgeUs - 2, max: edgeUs + 2 })),
  fc.nat(1_000).map((extraUs) => 30 * DAY_US + extraUs),
  fc.nat(1_000).map((extraUs) => 20 * 365 * DAY_US + extraUs),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('schedule' as const),
      aheadUs,
      kind: fc.nat(255),
      count: fc.constantFrom(1, 1, 1, 2, 7),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('cancel' as const), pick: fc.nat() }) },
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constant('next' as const), aheadUs: fc.oneof(aheadUs, fc.constant(Infinity)) }),
  },
);

/** The queue beside a sorted array of what must be in it. */
class Checked {
  readonly queue: EventQueue;
  private readonly pending: Pending[] = [];
  private sequence = 0;

  constructor(wheelThresholdCount: number) {
    this.queue = new EventQueue({ wheelThresholdCount });
  }

  run(one: Step): void {
    if (one.act === 'schedule') for (let n = 0; n < one.count; n++) this.schedule(one.aheadUs, one.kind);
    else if (one.act === 'cancel') this.cancel(one.pick);
    else this.next(this.queue.timeUs + one.aheadUs);
  }

  next(limitUs: number): boolean {
    const due = this.pending[0] !== undefined && this.pending[0].timeUs <= limitUs ? this.pending.shift() : undefined;
    expect(this.queue.next(limitUs)).toBe(due !== undefined);
    if (due === undefined) return false;
    const { timeUs, sequence, kind, target } = this.queue;
    expect({ timeUs, sequence, kind }).toEqual({ timeUs: due.timeUs, sequence: due.sequence, kind: due.kind });
    expect(target).toBe(due.target);
    return true;
  }

  private schedule(aheadUs: number, kind: number): void {
    const timeUs = Math.min(this.queue.timeUs + aheadUs, Number.MAX_SAFE_INTEGER);
    const target = {};
    const handle = this.queue.schedule(timeUs, kind, target);
    expect(this.pending.some((other) => other.handle === handle)).toBe(false);
    const later = this.pending.findIndex((other) => other.timeUs > timeUs);
    const event = { handle, timeUs, sequence: this.sequence++, kind, target };
    this.pending.splice(later < 0 ? this.pending.length : later, 0, event);
  }

  private cancel(pick: number): void {
    const [event] = this.pending.splice(pick % Math.max(1, this.pending.length), 1);
    if (event !== undefined) this.queue.cancel(event.handle);
  }
}

describe('in any mixture of scheduling, cancelling and popping, the order is that of a sorted array', () => {
  test.each([0, 1, 6, 32, Infinity])('moving to the wheel at %d pending events', (wheelThresholdCount) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120, size: 'max' }), (steps) => {
        const checked = new Checked(wheelThresholdCount);
        for (const one of steps) checked.run(one);
        checked.queue.assertConserved();
        while (checked.next(Infinity));
        checked.queue.assertConserved();
      }),
      { numRuns: 300, seed: 20_260_801 },
    );
  });
});

/** 200,000 operations from a fixed recipe; returns a checksum over every popped event. */
function checksumOfBusyRun(wheelThresholdCount: number): {
  checksum: number;
  firedCount: number;
  cancelledCount: number;
} {
  const queue = new EventQueue({ wheelThresholdCount });
  const distancesUs = [
    0,
    40,
    255,
    5_000,
    250_000,
    5 * SECOND_US,
    30 * SECOND_US,
    3_600 * SECOND_US,
    DAY_US,
    30 * DAY_US,
  ];
  let state = 1;
  let checksum = 0;
  const draw = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const timers: ({ handle: number } | undefined)[] = new Array(5_000).fill(undefined);
  for (let operation = 0; operation < 200_000; operation++) {
    const owner = draw(timers.length);
    const timer = timers[owner];
    if (timer !== undefined && draw(3) === 0) {
      queue.cancel(timer.handle);
      timers[owner] = undefined;
    } else if (timer === undefined) {
      const target = { handle: -1, owner };
      target.handle = queue.schedule(
        queue.timeUs + draw(1 + distancesUs[draw(distancesUs.length)]!),
        draw(256),
        target,
      );
      timers[owner] = target;
    } else if (queue.next(queue.timeUs + SECOND_US) || queue.next(Infinity)) {
      timers[(queue.target as unknown as { owner: number }).owner] = undefined;
      checksum = (Math.imul(checksum ^ queue.sequence, 16_777_619) + (queue.timeUs % 2 ** 32) + queue.kind) | 0;
    }
  }
  queue.assertConserved();
  return { checksum, firedCount: queue.firedCount, cancelledCount: queue.cancelledCount };
}

test('heap, wheel and a queue that changes over in the middle pop the same 200,000-step run alike', () => {
  const heap = checksumOfBusyRun(Infinity);
  expect(heap.firedCount).toBeGreaterThan(30_000);
  expect(heap.cancelledCount).toBeGreaterThan(20_000);
  expect(checksumOfBusyRun(0)).toEqual(heap);
  expect(checksumOfBusyRun(1_000)).toEqual(heap);
});
