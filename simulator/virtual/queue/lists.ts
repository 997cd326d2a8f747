// First-in, first-out lists of slots, any of which can lose a member at once, and bitmaps that find the next occupied list
// in a step: most lists of a timing wheel are empty most of the time.
import type { Slots } from './slots.ts';

/** Level L owns lists 1024 L … 1024 L + 1023: one bit each in `occupied`, and one in `summaries` for 32 of them. */
const LISTS_PER_LEVEL = 1024;

/** Doubly linked lists in levels. The ends of a list carry the complement of its number (negative) in place of a neighbour. */
export class SlotLists {
  /** Meaningful for occupied lists only. */
  readonly heads: Int32Array;
  /** Per level, not 0 when any of its lists is occupied. */
  readonly summaries: Int32Array;
  private readonly slots: Slots;
  private readonly tails: Int32Array;
  private readonly occupied: Int32Array;

  constructor(slots: Slots, levelCount: number) {
    this.slots = slots;
    this.heads = new Int32Array(levelCount * LISTS_PER_LEVEL);
    this.tails = new Int32Array(levelCount * LISTS_PER_LEVEL).fill(-1);
    this.occupied = new Int32Array((levelCount * LISTS_PER_LEVEL) / 32);
    this.summaries = new Int32Array(levelCount);
  }

  /** The lowest occupied list of a level that has one. */
  first(level: number): number {
    const words = this.summaries[level]!;
    const word = 32 * level + 31 - Math.clz32(words & -words);
    const lists = this.occupied[word]!;
    return 32 * word + 31 - Math.clz32(lists & -lists);
  }

  /** Adds a slot at the end of a list. */
  append(list: number, slot: number): void {
    const { nextLinks, previousLinks } = this.slots;
    const tail = this.tails[list]!;
    if (tail < 0) {
      this.heads[list] = slot;
      previousLinks[slot] = ~list;
      const word = list >> 5;
      this.occupied[word] = this.occupied[word]! | (1 << list);
      this.summaries[list >> 10] = this.summaries[list >> 10]! | (1 << word);
    } else {
      nextLinks[tail] = slot;
      previousLinks[slot] = tail;
    }
    nextLinks[slot] = ~list;
    this.tails[list] = slot;
  }

  /** Takes a slot out of its list, whichever that is. */
  unlink(slot: number): void {
    const { nextLinks, previousLinks } = this.slots;
    const next = nextLinks[slot]!;
    const previous = previousLinks[slot]!;
    if (previous >= 0) nextLinks[previous] = next;
    else this.heads[~previous] = next;
    if (next >= 0) previousLinks[next] = previous;
    else {
      this.tails[~next] = previous;
      if (previous < 0) this.markEmpty(~next);
    }
  }

  /** Empties a list and returns its head, from which the members can still be walked. */
  detach(list: number): number {
    this.tails[list] = -1;
    this.markEmpty(list);
    return this.heads[list]!;
  }

  /** How many members can be reached from the bitmaps; a broken link ends the walk of its list. */
  countReachable(): number {
    const { nextLinks, previousLinks } = this.slots;
    let reachableCount = 0;
    for (let list = 0; list < this.heads.length; list++) {
      const word = list >> 5;
      if (((this.summaries[list >> 10]! >> (word & 31)) & (this.occupied[word]! >> (list & 31)) & 1) === 0) continue;
      let previous = ~list;
      for (let slot = this.heads[list]!; slot >= 0 && previousLinks[slot] === previous; slot = nextLinks[slot]!) {
        previous = slot;
        reachableCount++;
      }
    }
    return reachableCount;
  }

  private markEmpty(list: number): void {
    const word = list >> 5;
    const rest = this.occupied[word]! & ~(1 << list);
    this.occupied[word] = rest;
    if (rest === 0) this.summaries[list >> 10] = this.summaries[list >> 10]! & ~(1 << word);
  }
}
