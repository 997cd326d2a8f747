/**
 * A running hash of every event, so that two runs can be compared by one number. Two 32-bit lanes with different
 * multipliers: 64 bits, about 3 ns an event. Optionally keeps checkpoints, so that a difference can be found.
 */
export const CHECKPOINT_EVENTS = 4096;

export class Trace {
  eventCount = 0;
  #low = 0x9e3779b9 | 0;
  #high = 0x85ebca6b | 0;
  readonly #checkpoints: string[] | undefined;

  constructor(keepCheckpoints: boolean) {
    this.#checkpoints = keepCheckpoints ? [] : undefined;
  }

  mix(timeUs: number, kind: number, id: number): void {
    // The high part of a microsecond count beyond 2^32 (71 minutes) must count too.
    const timeHigh = (timeUs / 4294967296) | 0;
    const word = (timeUs | 0) ^ Math.imul(timeHigh + 1, 0x27d4eb2f);
    const what = Math.imul(id, 256) + kind;
    let low = Math.imul(this.#low ^ word, 0xcc9e2d51);
    low = ((low << 15) | (low >>> 17)) ^ what;
    let high = Math.imul(this.#high ^ what, 0x1b873593);
    high = ((high << 13) | (high >>> 19)) + word;
    this.#low = Math.imul(low, 5) + 0x6b64e653;
    this.#high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ low;
    this.eventCount++;
    if (this.#checkpoints !== undefined && this.eventCount % CHECKPOINT_EVENTS === 0) {
      this.#checkpoints.push(this.digest());
    }
  }

  /** 16 hexadecimal digits. */
  digest(): string {
    return hex(this.#high) + hex(this.#low);
  }

  get checkpoints(): readonly string[] {
    return this.#checkpoints ?? [];
  }
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
