// The columns in which pending events stand. An event is a slot number into typed arrays, so that a million pending events
// are a handful of objects to the garbage collector, and scheduling one creates none.

/** Stands in the reference column wherever no event is pending, so that nothing finished is kept alive. */
export const NO_TARGET: object = Object.freeze({});
/** In the second link of every slot that is not in use. No heap position and no list mark is this small. */
const UNUSED = -0x80000000;
const INITIAL_CAPACITY_COUNT = 64;

/**
 * Pending events in columns: 33 bytes each on a 64-bit engine, growing by doubling. A slot number is stable while its event is
 * pending and is given out again afterwards, the last returned first, because its cells are still in cache.
 */
export class Slots {
  timesUs = new Float64Array(INITIAL_CAPACITY_COUNT);
  sequences = new Float64Array(INITIAL_CAPACITY_COUNT);
  kinds = new Uint8Array(INITIAL_CAPACITY_COUNT);
  targets: object[] = new Array<object>(INITIAL_CAPACITY_COUNT).fill(NO_TARGET);
  /** Two cells for whichever structure holds the event: neighbours in a list, or the heap's mark and the position in it. */
  nextLinks = new Int32Array(INITIAL_CAPACITY_COUNT);
  previousLinks = new Int32Array(INITIAL_CAPACITY_COUNT).fill(UNUSED);
  liveCount = 0;
  private usedCount = 0;
  private firstFree = -1;

  /** Occupies a slot and returns its number. */
  take(timeUs: number, sequence: number, kind: number, target: object): number {
    let slot = this.firstFree;
    if (slot >= 0) this.firstFree = this.nextLinks[slot]!;
    else {
      slot = this.usedCount++;
      if (slot === this.targets.length) this.grow();
    }
    this.timesUs[slot] = timeUs;
    this.sequences[slot] = sequence;
    this.kinds[slot] = kind;
    this.targets[slot] = target;
    this.liveCount++;
    return slot;
  }

  /** Gives a slot back and drops its reference. Heap or wheel has let go of it before. */
  release(slot: number): void {
    this.targets[slot] = NO_TARGET;
    this.nextLinks[slot] = this.firstFree;
    this.previousLinks[slot] = UNUSED;
    this.firstFree = slot;
    this.liveCount--;
  }

  /** Whether the number is that of a pending event; false for anything that never was a slot. */
  isLive(slot: number): boolean {
    return this.previousLinks[slot]! > UNUSED;
  }

  private grow(): void {
    const capacityCount = 2 * this.targets.length;
    const { timesUs, sequences, kinds, nextLinks, previousLinks } = this;
    (this.timesUs = new Float64Array(capacityCount)).set(timesUs);
    (this.sequences = new Float64Array(capacityCount)).set(sequences);
    (this.kinds = new Uint8Array(capacityCount)).set(kinds);
    (this.nextLinks = new Int32Array(capacityCount)).set(nextLinks);
    (this.previousLinks = new Int32Array(capacityCount).fill(UNUSED)).set(previousLinks);
    while (this.targets.length < capacityCount) this.targets.push(NO_TARGET);
  }
}
