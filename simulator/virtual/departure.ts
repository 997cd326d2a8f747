/**
 * A host on its way out: it takes no new connections, its work in progress may end, at the latest when the grace is over.
 * It goes its way whatever becomes of whoever asked for it.
 */
import type { Operation } from '../contract/process.ts';
import { WAKE, type Kernel, type Target } from './kernel.ts';
import { VirtualSignal } from './waiting.ts';

const NONE = -1;

export class Departure implements Target {
  readonly id: number;
  readonly #kernel: Kernel;
  readonly #end: () => void;
  readonly #over: VirtualSignal<void>;
  #handle = NONE;

  /** @param end ends the host's process, at the latest after `graceUs` (Infinity: when its work is done) */
  constructor(kernel: Kernel, graceUs: number, end: () => void) {
    this.id = kernel.nextId();
    this.#kernel = kernel;
    this.#end = end;
    this.#over = new VirtualSignal(kernel);
    if (graceUs !== Infinity) this.#handle = kernel.queue.schedule(kernel.nowUs + graceUs, WAKE, this);
  }

  hostOf(): undefined {
    return undefined;
  }

  fire(): void {
    this.#handle = NONE;
    this.#end();
  }

  held(): void {}

  wait(): Operation<void> {
    return this.#over.wait();
  }

  /** The host's process has ended. */
  finish(): void {
    if (this.#handle !== NONE) this.#kernel.queue.cancel(this.#handle);
    this.#handle = NONE;
    this.#over.fire();
  }
}
