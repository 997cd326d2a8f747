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
  | { act: 'next'; aheadUs: number }
  | { act: 'approach'; shortUs: number };

interface Pending {
  handle: number;
  timeUs: number;
  sequence: number;
  kind: number;
  target: object;
}

/** Distances at every scale of the wheel, with the edges of its lists and windows on both sides. */
const distanceUs = fc.oneof(
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
const schedule = fc.record({
  act: fc.constant('schedule' as const),
  aheadUs: distanceUs,
  kind: fc.nat(255),
  count: fc.constantFrom(1, 1, 1, 2, 7),
});
const cancel = fc.record({ act: fc.constant('cancel' as const), pick: fc.nat() });
const next = fc.record({ act: fc.constant('next' as const), aheadUs: fc.oneof(distanceUs, fc.constant(Infinity)) });
const approach = fc.record({
  act: fc.constant('approach' as const),
  shortUs: fc.oneof(fc.constantFrom(0, 1), distanceUs),
});
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: schedule },
    { weight: 2, arbitrary: cancel },
    { weight: 2, arbitrary: next },
    { weight: 2, arbitrary: approach },
  ),
  { maxLength: 120, size: 'max' },
);

/** The queue beside a sorted array of what must be in it: two diaries, which must read the same. */
class SideBySide {
  readonly queue: EventQueue;
  readonly observed: string[] = [];
  readonly expected: string[] = [];
  private readonly pending: Pending[] = [];

  constructor(wheelThresholdCount: number) {
    this.queue = new EventQueue({ wheelThresholdCount });
  }

  take(step: Step): void {
    if (step.act === 'schedule') for (let n = 0; n < step.count; n++) this.schedule(step.aheadUs, step.kind);
    else if (step.act === 'cancel') this.cancel(step.pick);
    else if (step.act === 'next') this.next(this.queue.timeUs + step.aheadUs);
    else if (this.pending[0] !== undefined) this.next(this.pending[0].timeUs - step.shortUs);
  }

  next(limitUs: number): boolean {
    const { queue } = this;
    const popped = queue.next(limitUs);
    this.observed.push(popped ? `${queue.timeUs} #${queue.sequence} kind ${queue.kind}` : 'nothing due');
    const due = this.pending[0] !== undefined && this.pending[0].timeUs <= limitUs ? this.pending.shift() : undefined;
    this.expected.push(due === undefined ? 'nothing due' : `${due.timeUs} #${due.sequence} kind ${due.kind}`);
    if (popped && queue.target !== due?.target) this.observed.push('with the target of another');
    return popped;
  }

  private schedule(aheadUs: number, kind: number): void {
    const timeUs = Math.min(this.queue.timeUs + aheadUs, Number.MAX_SAFE_INTEGER);
    const sequence = this.queue.scheduledCount;
    const target = {};
    const handle = this.queue.schedule(timeUs, kind, target);
    if (this.pending.some((other) => other.handle === handle)) this.observed.push(`handle ${handle} twice`);
    const later = this.pending.findIndex((other) => other.timeUs > timeUs);
    this.pending.splice(later < 0 ? this.pending.length : later, 0, { handle, timeUs, sequence, kind, target });
  }

  private cancel(pick: number): void {
    const [event] = this.pending.splice(pick % Math.max(1, this.pending.length), 1);
    if (event !== undefined) this.queue.cancel(event.handle);
  }
}

describe('in any mixture of scheduling, cancelling and popping, the order is that of a sorted array', () => {
  test.each([0, 1, 6, 32, Infinity])('with the wheel from %d pending events on', (wheelThresholdCount) => {
    const property = fc.property(steps, (mixture) => {
      const both = new SideBySide(wheelThresholdCount);
      for (const step of mixture) both.take(step);
      both.queue.assertConserved();
      while (both.next(Infinity));
      both.queue.assertConserved();
      expect(both.observed).toEqual(both.expected);
    });
    fc.assert(property, { numRuns: 1_000, seed: 20_260_801 });
  });
});

interface Timer {
  handle: number;
  owner: number;
}

/** 200,000 steps of a fixed recipe; the checksum covers every popped event. */
function busyRun(wheelThresholdCount: number): { checksum: number; firedCount: number; cancelledCount: number } {
  const queue = new EventQueue({ wheelThresholdCount });
  const distancesUs = [0, 40, 255, 5_000, 250_000, 5e6, 30e6, 3_600e6, DAY_US, 30 * DAY_US];
  const timers: (Timer | undefined)[] = Array.from({ length: 5_000 }, () => undefined);
  let state = 1;
  let checksum = 0;
  const draw = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
  for (let step = 0; step < 200_000; step++) {
    const owner = draw(timers.length);
    const timer = timers[owner];
    if (timer === undefined) {
      const started: Timer = { handle: -1, owner };
      const aheadUs = draw(1 + distancesUs[draw(distancesUs.length)]!);
      started.handle = queue.schedule(queue.timeUs + aheadUs, draw(256), started);
      timers[owner] = started;
    } else if (draw(3) === 0) {
      queue.cancel(timer.handle);
      timers[owner] = undefined;
    } else if (queue.next(queue.timeUs + SECOND_US) || queue.next(Infinity)) {
      timers[(queue.target as Timer).owner] = undefined;
      checksum = (Math.imul(checksum ^ queue.sequence, 16_777_619) + (queue.timeUs % 0x1_0000_0000) + queue.kind) | 0;
    }
  }
  queue.assertConserved();
  return { checksum, firedCount: queue.firedCount, cancelledCount: queue.cancelledCount };
}

test('heap, wheel and a queue that changes over in the middle pop the same run of 200,000 steps alike', () => {
  const heap = busyRun(Infinity);
  expect(heap.firedCount).toBeGreaterThan(50_000);
  expect(heap.cancelledCount).toBeGreaterThan(20_000);
  expect(busyRun(0)).toEqual(heap);
  expect(busyRun(1_000)).toEqual(heap);
});
