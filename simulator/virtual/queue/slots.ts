// The columns in which pending events live. An event is a slot number: its key and its links stand in typed arrays, so
// a million pending events cost the garbage collector nothing but one array of references, and no object per event.

/** Bits of an order cell that hold the kind; the sequence number stands above them. */
const KINDS = 256;
/** Stands in the reference column where no event is pending, so that a finished event keeps nothing alive. */
const VACANT: object = Object.freeze({});
/** In the second link of a slot: not in use. Positions and list ends are never this small. */
const FREE = -0x80000000;

const INITIAL_CAPACITY = 64;

/**
 * Pending events in columns: 32 bytes each on a 64-bit engine, growing by doubling. A slot number stays the same while its
 * event is pending and is used again afterwards, the most recently freed first, since its cells are still in cache.
 */
export class Slots {
  /** Two cells per slot: the time in microseconds, then sequence x 256 + kind. Side by side, since they are compared together. */
  keys = new Float64Array(2 * INITIAL_CAPACITY);
  /** Two cells per slot, owned by whichever structure holds the event: list neighbours in the wheel, the position in a heap. */
  links = new Int32Array(2 * INITIAL_CAPACITY);
  targets: object[] = new Array<object>(INITIAL_CAPACITY).fill(VACANT);
  liveCount = 0;
  private usedCount = 0;
  private freeHead = -1;

  /** Occupies a slot and returns its number. */
  take(timeUs: number, sequence: number, kind: number, target: object): number {
    let slot = this.freeHead;
    if (slot >= 0) this.freeHead = this.links[2 * slot]!;
    else {
      slot = this.usedCount++;
      if (slot === this.targets.length) this.grow();
    }
    this.keys[2 * slot] = timeUs;
    this.keys[2 * slot + 1] = sequence * KINDS + kind;
    this.targets[slot] = target;
    this.liveCount++;
    return slot;
  }

  /** Gives a slot back and drops its reference. The caller has taken it out of heap or wheel before. */
  release(slot: number): void {
    this.targets[slot] = VACANT;
    this.links[2 * slot] = this.freeHead;
    this.links[2 * slot + 1] = FREE;
    this.freeHead = slot;
    this.liveCount--;
  }

  /** Whether the number is that of a pending event. */
  isLive(slot: number): boolean {
    return slot < this.usedCount && this.links[2 * slot + 1]! > FREE;
  }

  sequenceOf(slot: number): number {
    return Math.floor(this.keys[2 * slot + 1]! / KINDS);
  }

  kindOf(slot: number): number {
    return this.keys[2 * slot + 1]! & (KINDS - 1);
  }

  private grow(): void {
    const capacity = 2 * this.targets.length;
    const keys = new Float64Array(2 * capacity);
    keys.set(this.keys);
    this.keys = keys;
    const links = new Int32Array(2 * capacity);
    links.set(this.links);
    this.links = links;
    while (this.targets.length < capacity) this.targets.push(VACANT);
  }
}
