// The plain structure: while few events are pending nothing is faster, and outside the wheel's reach nothing is simpler.
// Each event knows its own position, so that cancelling removes it for good instead of leaving it to be skipped later.
import type { Slots } from './slots.ts';

/** An indexed 4-ary heap of slots, least (time, sequence) first. Position p has its children at 4p + 1 … 4p + 4. */
export class SlotHeap {
  count = 0;
  private times = new Float64Array(16);
  private orders = new Float64Array(16);
  private items = new Int32Array(16);
  private readonly slots: Slots;
  private readonly tag: number;

  /** tag: a negative number kept in the first link of every member, by which others tell where an event is. */
  constructor(slots: Slots, tag: number) {
    this.slots = slots;
    this.tag = tag;
  }

  /** The time of the earliest event, in microseconds; Infinity when there is none. */
  firstUs(): number {
    return this.count > 0 ? this.times[0]! : Infinity;
  }

  push(slot: number): void {
    const last = this.count++;
    if (last === this.items.length) this.grow();
    const { timesUs, sequences, nextLinks } = this.slots;
    nextLinks[slot] = this.tag;
    this.times[last] = timesUs[slot]!;
    this.orders[last] = sequences[slot]!;
    this.items[last] = slot;
    this.siftUp(last, last);
  }

  /** Takes the earliest event out and returns its slot. The heap must not be empty. */
  pop(): number {
    const first = this.items[0]!;
    const last = --this.count;
    if (last > 0) this.siftDown(last, 0);
    return first;
  }

  remove(slot: number): void {
    const position = this.slots.previousLinks[slot]!;
    const last = --this.count;
    if (position === last) return;
    if (position > 0 && this.precedes(last, (position - 1) >> 2)) this.siftUp(last, position);
    else this.siftDown(last, position);
  }

  /** How many members stand where they believe to stand. */
  countReachable(): number {
    let reachableCount = 0;
    for (let position = 0; position < this.count; position++) {
      if (this.slots.previousLinks[this.items[position]!] === position) reachableCount++;
    }
    return reachableCount;
  }

  private precedes(one: number, other: number): boolean {
    const { times, orders } = this;
    return times[one]! < times[other]! || (times[one] === times[other] && orders[one]! < orders[other]!);
  }

  private siftUp(from: number, to: number): void {
    const { times, orders, items } = this;
    const { previousLinks } = this.slots;
    const time = times[from]!;
    const order = orders[from]!;
    const slot = items[from]!;
    let position = to;
    while (position > 0) {
      const above = (position - 1) >> 2;
      const aboveTime = times[above]!;
      if (aboveTime < time || (aboveTime === time && orders[above]! < order)) break;
      times[position] = aboveTime;
      orders[position] = orders[above]!;
      const other = items[above]!;
      items[position] = other;
      previousLinks[other] = position;
      position = above;
    }
    times[position] = time;
    orders[position] = order;
    items[position] = slot;
    previousLinks[slot] = position;
  }

  private siftDown(from: number, to: number): void {
    const { times, orders, items, count } = this;
    const { previousLinks } = this.slots;
    const time = times[from]!;
    const order = orders[from]!;
    const slot = items[from]!;
    let position = to;
    for (let child = 4 * position + 1; child < count; child = 4 * position + 1) {
      let least = child;
      let leastTime = times[child]!;
      const end = child + 4 < count ? child + 4 : count;
      for (let next = child + 1; next < end; next++) {
        const nextTime = times[next]!;
        if (nextTime < leastTime || (nextTime === leastTime && orders[next]! < orders[least]!)) {
          least = next;
          leastTime = nextTime;
        }
      }
      if (time < leastTime || (time === leastTime && order < orders[least]!)) break;
      times[position] = leastTime;
      orders[position] = orders[least]!;
      const other = items[least]!;
      items[position] = other;
      previousLinks[other] = position;
      position = least;
    }
    times[position] = time;
    orders[position] = order;
    items[position] = slot;
    previousLinks[slot] = position;
  }

  private grow(): void {
    const { times, orders, items } = this;
    this.times = new Float64Array(2 * items.length);
    this.times.set(times);
    this.orders = new Float64Array(2 * items.length);
    this.orders.set(orders);
    this.items = new Int32Array(2 * items.length);
    this.items.set(items);
  }
}
