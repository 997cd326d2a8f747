// The one queue of everything that will happen. It decides order, and with it reproducibility: events leave by time, and at
// equal times in the sequence in which they were scheduled, whichever structure holds them.
import { SlotHeap } from './heap.ts';
import { NO_TARGET, Slots } from './slots.ts';
import { TimingWheel } from './wheel.ts';

/** From about ten pending events on the wheel is the faster one, and it takes 42 KB: not worth it for a handful. */
const DEFAULT_WHEEL_THRESHOLD_COUNT = 16;

const IN_HEAP = -1;

export interface EventQueueOptions {
  /**
   * How many pending events make the queue move from the heap to the timing wheel, for good. Default 16; 0: the wheel from
   * the start; Infinity: the heap for ever. It changes speed and memory, never the order.
   */
  wheelThresholdCount?: number;
}

/** The set of pending events, popped in exact (time, sequence) order. */
export class EventQueue {
  /** Of the event popped last, in microseconds; 0 before the first. */
  timeUs = 0;
  /** Of the event popped last; 0 … 255. */
  kind = 0;
  /** Of the event popped last; a frozen empty object before the first, and after `next` has returned false. */
  target: object = NO_TARGET;
  /** Of the event popped last: how many were scheduled before it; -1 before the first. */
  sequence = -1;
  private readonly slots = new Slots();
  private readonly heap = new SlotHeap(this.slots, IN_HEAP);
  private readonly wheelThresholdCount: number;
  private wheel: TimingWheel | undefined;
  private scheduled = 0;
  private fired = 0;
  private cancelled = 0;

  constructor(options: EventQueueOptions = {}) {
    this.wheelThresholdCount = options.wheelThresholdCount ?? DEFAULT_WHEEL_THRESHOLD_COUNT;
    if (!(this.wheelThresholdCount >= 0)) {
      throw new TypeError(
        `wheelThresholdCount must be 0 or more (Infinity for never), not ${this.wheelThresholdCount}`,
      );
    }
    if (this.wheelThresholdCount === 0) this.moveToWheel();
  }

  get pendingCount(): number {
    return this.slots.liveCount;
  }

  get scheduledCount(): number {
    return this.scheduled;
  }

  get firedCount(): number {
    return this.fired;
  }

  get cancelledCount(): number {
    return this.cancelled;
  }

  /**
   * Adds an event and returns its handle, a small non-negative integer that is valid until the event is popped or cancelled
   * and is given out again afterwards.
   * - timeUs: integer microseconds, from the time of the event popped last up to 2^53 - 1 (285 years).
   * - kind: integer, 0 … 255. - target: whatever the kind speaks of; let go of when the event is popped or cancelled.
   * Throws a TypeError when timeUs or kind is outside its bounds.
   */
  schedule(timeUs: number, kind: number, target: object): number {
    if (!(timeUs >= this.timeUs && Number.isSafeInteger(timeUs))) throw this.wrongTime(timeUs);
    if ((kind & 0xff) !== kind) throw new TypeError(`kind must be an integer from 0 to 255, not ${kind}`);
    const slot = this.slots.take(timeUs, this.scheduled++, kind, target);
    if (this.wheel !== undefined) this.wheel.insert(slot);
    else {
      this.heap.push(slot);
      if (this.heap.count >= this.wheelThresholdCount) this.moveToWheel();
    }
    return slot;
  }

  /** Removes a pending event for good. Throws a TypeError when nothing is pending under the handle. */
  cancel(handle: number): void {
    if (!this.slots.isLive(handle)) {
      throw new TypeError(`handle ${handle} is not pending: forget a handle when its event is popped or cancelled`);
    }
    if (this.wheel !== undefined) this.wheel.remove(handle);
    else this.heap.remove(handle);
    this.slots.release(handle);
    this.cancelled++;
  }

  /**
   * Pops the earliest event into timeUs, kind, target and sequence. Returns false, and pops nothing, when none is pending or
   * the earliest is later than limitUs (which may be Infinity). Throws a TypeError when limitUs is NaN.
   */
  next(limitUs: number): boolean {
    const { slots, wheel, heap } = this;
    let slot = -1;
    if (wheel !== undefined) slot = wheel.take(limitUs);
    else if (heap.count > 0 && heap.firstUs() <= limitUs) slot = heap.pop();
    if (slot < 0) {
      if (Number.isNaN(limitUs)) throw new TypeError('limitUs must be a number of microseconds or Infinity, not NaN');
      this.target = NO_TARGET;
      return false;
    }
    this.timeUs = slots.timesUs[slot]!;
    this.kind = slots.kinds[slot]!;
    this.sequence = slots.sequences[slot]!;
    this.target = slots.targets[slot]!;
    slots.release(slot);
    this.fired++;
    return true;
  }

  /** Throws with the numbers when an event was lost or doubled: in the counts, or in the structure that holds them. */
  assertConserved(): void {
    const pending = this.slots.liveCount;
    const reachable = this.wheel === undefined ? this.heap.countReachable() : this.wheel.countReachable();
    if (this.scheduled === this.fired + this.cancelled + pending && reachable === pending) return;
    throw new Error(
      `the event queue has lost or doubled events: ${this.scheduled} scheduled, but ${this.fired} fired + ` +
        `${this.cancelled} cancelled + ${pending} pending, of which ${reachable} can be reached`,
    );
  }

  private moveToWheel(): void {
    const wheel = new TimingWheel(this.slots, this.timeUs);
    while (this.heap.count > 0) wheel.insert(this.heap.pop());
    this.wheel = wheel;
  }

  private wrongTime(timeUs: number): TypeError {
    const remedy =
      timeUs < this.timeUs
        ? `it lies before ${this.timeUs}, the time of the last event: schedule at that time or later`
        : 'it must be a whole number of microseconds up to 2^53 - 1: round it first';
    return new TypeError(`timeUs ${timeUs} cannot be scheduled: ${remedy}`);
  }
}
