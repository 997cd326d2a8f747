import { SlotHeap } from './heap.ts';
import { Slots } from './slots.ts';
import { TimingWheel } from './wheel.ts';

const NOTHING: object = Object.freeze({});
export class EventQueue {
  timeUs = 0;
  kind = 0;
  target: object = NOTHING;
  sequence = -1;
  scheduledCount = 0;
  firedCount = 0;
  cancelledCount = 0;
  private readonly wheelThresholdCount: number;
  private readonly slots = new Slots();
  private readonly heap: SlotHeap;
  private wheel: TimingWheel | undefined;

  constructor(options: { wheelThresholdCount?: number } = {}) {
    this.wheelThresholdCount = options.wheelThresholdCount ?? 512;
    this.heap = new SlotHeap(this.slots, -1);
    if (this.wheelThresholdCount === 0) this.wheel = new TimingWheel(this.slots, 0);
  }
  get pendingCount(): number {
    return this.slots.liveCount;
  }
  schedule(timeUs: number, kind: number, target: object): number {
    if (!(timeUs >= this.timeUs && Number.isSafeInteger(timeUs))) throw new TypeError('bad');
    if ((kind & 255) !== kind) throw new TypeError('bad');
    const slot = this.slots.take(timeUs, this.scheduledCount++, kind, target);
    if (this.wheel !== undefined) this.wheel.insert(slot);
    else {
      this.heap.push(slot);
      if (this.heap.count >= this.wheelThresholdCount) this.migrate();
    }
    return slot;
  }
  cancel(handle: number): void {
    if (!this.slots.isLive(handle)) throw new TypeError('dead');
    if (this.wheel !== undefined) this.wheel.remove(handle);
    else this.heap.remove(handle);
    this.slots.release(handle);
    this.cancelledCount++;
  }
  next(limitUs: number): boolean {
    const slots = this.slots;
    let slot = -1;
    if (this.wheel !== undefined) {
      slot = this.wheel.take(limitUs);
    } else if (this.heap.count > 0 && this.heap.firstUs() <= limitUs) slot = this.heap.pop();
    if (slot < 0) {
      this.target = NOTHING;
      return false;
    }
    this.timeUs = slots.keys[2 * slot]!;
    this.kind = slots.kindOf(slot);
    this.sequence = slots.sequenceOf(slot);
    this.target = slots.targets[slot]!;
    slots.release(slot);
    this.firedCount++;
    return true;
  }
  private migrate(): void {
    const wheel = new TimingWheel(this.slots, this.timeUs);
    while (this.heap.count > 0) wheel.insert(this.heap.pop());
    this.wheel = wheel;
  }
}
