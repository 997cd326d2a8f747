// The structure for many pending events: a hierarchical timing wheel, where scheduling, cancelling and popping cost the same
// whether a hundred or a hundred thousand are pending (Varghese and Lauck, "Hashed and Hierarchical Timing Wheels", 1987).
// Windows are aligned to their own span, so an event enters a list only after everything scheduled before it for the same
// time: lists served first in, first out down to single microseconds give the exact (time, sequence) order without sorting.
import { SlotHeap } from './heap.ts';
import { SlotLists } from './lists.ts';
import type { Slots } from './slots.ts';

const LEVEL_COUNT = 5;
/**
 * What one list of a level covers: 1 us, 256 us, 262 ms, 268 s, 76 h; and what level 4 covers as a whole, 8.9 years. The four
 * upper levels are the wheel proper; level 0 takes apart a single crowded list of level 1. Powers of two: all sums are exact.
 */
const LIST_US = [1, 0x100, 0x4_0000, 0x1000_0000, 0x40_0000_0000, 0x1_0000_0000_0000] as const;
/** How many events of a 256 us list are compared one by one before it is cheaper to take the list apart. */
const COMPARED_COUNT = 4;

/** Marks in the first link, below those of all lists: the event is in one of the two heaps beside the wheel. */
const IN_EARLY = -0x10000;
const IN_OVERFLOW = -0x10001;

const NOTHING_DUE = -1;
const LOOK_AGAIN = -2;

/** Pending slots in lists by time: 1024 lists per level, of which level 0 has 256 in use at a time. */
export class TimingWheel {
  private readonly slots: Slots;
  /** Events before the open windows: possible only when a limit stopped the search between opening a list and popping. */
  private readonly early: SlotHeap;
  /** Events beyond the window of the highest level. */
  private readonly overflow: SlotHeap;
  private readonly lists: SlotLists;
  /**
   * Where the window opened last on each level ends, excluded. A level holds what lies in its window and in no lower one; a
   * window that time has left behind is empty, and what comes next goes to the level above until a list is taken apart.
   */
  private readonly windowEndsUs = new Float64Array(LEVEL_COUNT);

  /** No event before startUs may be inserted. Events of equal time must be inserted in sequence. */
  constructor(slots: Slots, startUs: number) {
    this.slots = slots;
    this.lists = new SlotLists(slots, LEVEL_COUNT);
    this.early = new SlotHeap(slots, IN_EARLY);
    this.overflow = new SlotHeap(slots, IN_OVERFLOW);
    this.openWindowsAround(startUs);
  }

  /** The list numbers are literals because V8 does not fold imported constants: with them an event cost 10 ns more. */
  insert(slot: number): void {
    const { lists } = this;
    const timeUs = this.slots.timesUs[slot]!;
    const ends = this.windowEndsUs;
    if (timeUs < ends[2]!) {
      if (timeUs >= ends[1]!) lists.append(2048 + ((timeUs / 0x4_0000) & 1023), slot);
      else if (timeUs >= ends[0]!) lists.append(1024 + ((timeUs / 0x100) & 1023), slot);
      else if (timeUs >= ends[0]! - 0x100) lists.append(timeUs & 1023, slot);
      else this.early.push(slot);
    } else if (timeUs < ends[3]!) lists.append(3072 + ((timeUs / 0x1000_0000) & 1023), slot);
    else if (timeUs < ends[4]!) lists.append(4096 + ((timeUs / 0x40_0000_0000) & 1023), slot);
    else this.overflow.push(slot);
  }

  remove(slot: number): void {
    const mark = this.slots.nextLinks[slot]!;
    if (mark > IN_EARLY) this.lists.unlink(slot);
    else if (mark === IN_EARLY) this.early.remove(slot);
    else this.overflow.remove(slot);
  }

  /** Takes the earliest event out and returns its slot; -1 when there is none up to limitUs (included). */
  take(limitUs: number): number {
    const { lists } = this;
    const { heads, summaries } = lists;
    const { timesUs } = this.slots;
    for (;;) {
      if (this.early.count > 0) return this.early.firstUs() <= limitUs ? this.early.pop() : NOTHING_DUE;
      let slot = LOOK_AGAIN;
      if (summaries[0] !== 0) slot = heads[lists.first(0)]!;
      else if (summaries[1] !== 0) slot = this.earliestOf(heads[lists.first(1)]!);
      if (slot >= 0) {
        if (!(timesUs[slot]! <= limitUs)) return NOTHING_DUE;
        lists.unlink(slot);
        return slot;
      }
      slot = summaries[1] !== 0 ? this.takeApart(1, limitUs) : this.descend(limitUs);
      if (slot !== LOOK_AGAIN) return slot;
    }
  }

  /** How many events can be reached by popping. */
  countReachable(): number {
    return this.lists.countReachable() + this.early.countReachable() + this.overflow.countReachable();
  }

  /** The first of the earliest events in a list of level 1; LOOK_AGAIN when the list is too long to compare them all. */
  private earliestOf(head: number): number {
    const { nextLinks, timesUs } = this.slots;
    let next = nextLinks[head]!;
    if (next < 0) return head;
    let earliest = head;
    let earliestUs = timesUs[head]!;
    for (let comparedCount = 1; comparedCount < COMPARED_COUNT; comparedCount++) {
      const timeUs = timesUs[next]!;
      if (timeUs < earliestUs) {
        earliest = next;
        earliestUs = timeUs;
      }
      next = nextLinks[next]!;
      if (next < 0) return earliest;
    }
    return LOOK_AGAIN;
  }

  /** Finds the next list of the levels above 1. An event alone in it is the earliest of all, and is taken without a detour. */
  private descend(limitUs: number): number {
    const { lists } = this;
    let level = 2;
    while (lists.summaries[level] === 0) level++;
    if (level >= LEVEL_COUNT) return this.refill(limitUs);
    const slot = lists.heads[lists.first(level)]!;
    if (this.slots.nextLinks[slot]! >= 0) return this.takeApart(level, limitUs);
    if (!(this.slots.timesUs[slot]! <= limitUs)) return NOTHING_DUE;
    lists.unlink(slot);
    return slot;
  }

  /** Opens the next list of a level: its events move to the lists of the level below, in their order. */
  private takeApart(level: number, limitUs: number): number {
    const { lists } = this;
    const { nextLinks, timesUs } = this.slots;
    const list = lists.first(level);
    const startUs = Math.floor(timesUs[lists.heads[list]!]! / LIST_US[level]!) * LIST_US[level]!;
    if (!(startUs <= limitUs)) return NOTHING_DUE;
    this.enter(level, startUs);
    const base = (level - 1) << 10;
    const listsPerUs = 1 / LIST_US[level - 1]!;
    for (let slot = lists.detach(list); slot >= 0;) {
      const next = nextLinks[slot]!;
      lists.append(base + ((timesUs[slot]! * listsPerUs) & 1023), slot);
      slot = next;
    }
    return LOOK_AGAIN;
  }

  /** With all levels empty, turns to the window of the earliest event beyond the horizon. The heap hands them over in order. */
  private refill(limitUs: number): number {
    if (this.overflow.count === 0 || !(this.overflow.firstUs() <= limitUs)) return NOTHING_DUE;
    this.openWindowsAround(this.overflow.firstUs());
    while (this.overflow.firstUs() < this.windowEndsUs[LEVEL_COUNT - 1]!) this.insert(this.overflow.pop());
    return LOOK_AGAIN;
  }

  /** Moves the window of the level below to the list that starts there, and ends those of the levels under it, now empty. */
  private enter(level: number, startUs: number): void {
    const ends = this.windowEndsUs;
    for (let below = 0; below < level - 1; below++) ends[below] = startUs;
    ends[level - 1] = startUs + LIST_US[level]!;
  }

  /** Opens the windows of all levels; that of level 0 ends at once, since no list of level 1 has been taken apart. */
  private openWindowsAround(timeUs: number): void {
    const ends = this.windowEndsUs;
    ends[0] = Math.floor(timeUs / LIST_US[1]) * LIST_US[1];
    for (let level = 1; level < LEVEL_COUNT; level++) {
      const spanUs = LIST_US[level + 1]!;
      ends[level] = (Math.floor(timeUs / spanUs) + 1) * spanUs;
    }
  }
}
