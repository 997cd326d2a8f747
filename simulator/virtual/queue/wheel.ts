// The structure for many pending events: a hierarchical timing wheel, in which scheduling, cancelling and popping cost the
// same whether a thousand or a million events are pending. Varghese and Lauck, "Hashed and Hierarchical Timing Wheels"
// (1987), with windows aligned to their span: that is what makes first-in, first-out lists enough for the exact order.
import { SlotHeap } from './heap.ts';
import type { Slots } from './slots.ts';

/** Lists per level; level L owns lists 1024 L … 1024 L + 1023. Level 0 uses its first 256 only. */
const LEVEL_LISTS = 1024;
const LEVELS = 5;
/** The time one list of each level covers, in microseconds: 1 us, 256 us, 262 ms, 268 s, 76 h. */
const LIST_US = [1, 0x100, 0x4_0000, 0x1000_0000, 0x40_0000_0000] as const;
/** The time all lists of a level cover together: 256 us, 262 ms, 268 s, 76 h, 8.9 years. */
const SPAN_US = [0x100, 0x4_0000, 0x1000_0000, 0x40_0000_0000, 0x1_0000_0000_0000] as const;

/** First links below any list end: the event is in one of the two heaps beside the wheel. */
const EARLY = -0x10000;
const OVERFLOW = -0x10001;

export class TimingWheel {
  private readonly slots: Slots;
  private readonly early: SlotHeap;
  private readonly overflow: SlotHeap;
  private readonly ends = new Int32Array(2 * LEVELS * LEVEL_LISTS).fill(-1);
  private readonly bitmap = new Int32Array((LEVELS * LEVEL_LISTS) / 32);
  private readonly summary = new Int32Array(LEVELS);
  private readonly windowEndUs = new Float64Array(LEVELS);

  constructor(slots: Slots, startUs: number) {
    this.slots = slots;
    this.early = new SlotHeap(slots, EARLY);
    this.overflow = new SlotHeap(slots, OVERFLOW);
    this.openWindows(LEVELS, startUs);
  }

  insert(slot: number): void {
    const timeUs = this.slots.keys[2 * slot]!;
    const ends = this.windowEndUs;
    if (timeUs < ends[2]!) {
      if (timeUs < ends[1]!) {
        if (timeUs >= ends[0]!) this.append(LEVEL_LISTS + ((timeUs / 0x100) & 1023), slot);
        else if (timeUs >= ends[0]! - 256) this.append(timeUs & 255, slot);
        else this.early.push(slot);
      } else this.append(2 * LEVEL_LISTS + ((timeUs / 0x4_0000) & 1023), slot);
    } else if (timeUs < ends[3]!) this.append(3 * LEVEL_LISTS + ((timeUs / 0x1000_0000) & 1023), slot);
    else if (timeUs < ends[4]!) this.append(4 * LEVEL_LISTS + ((timeUs / 0x40_0000_0000) & 1023), slot);
    else this.overflow.push(slot);
  }

  remove(slot: number): void {
    const { links } = this.slots;
    const next = links[2 * slot]!;
    if (next <= EARLY) {
      (next === EARLY ? this.early : this.overflow).remove(slot);
      return;
    }
    const previous = links[2 * slot + 1]!;
    if (previous >= 0) links[2 * previous] = next;
    else this.ends[2 * ~previous] = next;
    if (next >= 0) links[2 * next + 1] = previous;
    else this.ends[2 * ~next + 1] = previous;
    if (previous < 0 && next < 0) this.markEmpty(~next);
  }

  /** Takes the earliest event out and returns its slot; -1 when there is none up to limitUs (included). */
  take(limitUs: number): number {
    for (;;) {
      const { summary } = this;
      if (this.early.count > 0) return this.early.firstUs() <= limitUs ? this.early.pop() : -1;
      let level = 0;
      while (summary[level] === 0) level++;
      if (level >= LEVELS) {
        if (this.overflow.count === 0) return -1;
        if (!this.refill(limitUs)) return -1;
        continue;
      }
      const bits = summary[level]!;
      const word = 32 * level + (31 - Math.clz32(bits & -bits));
      const wordBits = this.bitmap[word]!;
      const list = 32 * word + (31 - Math.clz32(wordBits & -wordBits));
      const slot = this.ends[2 * list]!;
      const timeUs = this.slots.keys[2 * slot]!;
      const next = this.slots.links[2 * slot]!;
      if (level === 0 || next < 0) {
        if (timeUs > limitUs) return -1;
        if (level > 0) this.openWindows(level, timeUs);
        this.ends[2 * list] = next;
        if (next < 0) {
          this.ends[2 * list + 1] = -1;
          this.markEmpty(list);
        } else this.slots.links[2 * next + 1] = ~list;
        return slot;
      }
      const startUs = Math.floor(timeUs / LIST_US[level]!) * LIST_US[level]!;
      if (startUs > limitUs) return -1;
      this.openWindows(level, startUs);
      this.ends[2 * list] = -1;
      this.ends[2 * list + 1] = -1;
      this.markEmpty(list);
      for (let moving = slot; moving >= 0; ) {
        const following = this.slots.links[2 * moving]!;
        this.insert(moving);
        moving = following;
      }
    }
  }

  private refill(limitUs: number): boolean {
    const firstUs = this.overflow.firstUs();
    if (firstUs > limitUs) return false;
    this.openWindows(LEVELS, firstUs);
    while (this.overflow.firstUs() < this.windowEndUs[LEVELS - 1]!) this.insert(this.overflow.pop());
    return true;
  }

  private openWindows(levels: number, timeUs: number): void {
    const ends = this.windowEndUs;
    ends[0] = (Math.floor(timeUs / 0x100) + 1) * 0x100;
    if (levels === 1) return;
    ends[1] = (Math.floor(timeUs / 0x4_0000) + 1) * 0x4_0000;
    for (let level = 2; level < levels; level++) {
      const span = SPAN_US[level]!;
      ends[level] = (Math.floor(timeUs / span) + 1) * span;
    }
  }

  private append(list: number, slot: number): void {
    const { links } = this.slots;
    const { ends } = this;
    const tail = ends[2 * list + 1]!;
    if (tail < 0) {
      ends[2 * list] = slot;
      links[2 * slot + 1] = ~list;
      const word = list >> 5;
      this.bitmap[word] = this.bitmap[word]! | (1 << list);
      this.summary[list >> 10] = this.summary[list >> 10]! | (1 << word);
    } else {
      links[2 * tail] = slot;
      links[2 * slot + 1] = tail;
    }
    links[2 * slot] = ~list;
    ends[2 * list + 1] = slot;
  }

  private markEmpty(list: number): void {
    const word = list >> 5;
    const rest = this.bitmap[word]! & ~(1 << list);
    this.bitmap[word] = rest;
    if (rest === 0) this.summary[list >> 10] = this.summary[list >> 10]! & ~(1 << word);
  }
}
