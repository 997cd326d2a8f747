/**
 * Runs what belongs to the verifier and not to the request that set it off: a key fetch goes on when the request that
 * needed it is cancelled, because others wait for it as well.
 */
import type { Process, Signal, World } from '../../../simulator/contract/index.ts';

export class Caretaker {
  readonly #world: World;
  readonly #wanted: Signal<void>;
  #waiting: Process<void>[] = [];

  /** Make it in the host's main process: it lives as long as that. */
  constructor(world: World) {
    this.#world = world;
    this.#wanted = world.tasks.signal();
    world.tasks.spawn(this.#run());
  }

  /** Starts it at this moment, after the running process next waits. */
  begin(process: Process<void>): void {
    this.#waiting.push(process);
    this.#wanted.fire();
  }

  *#run(): Process<void> {
    for (;;) {
      while (this.#waiting.length === 0) yield* this.#wanted.wait();
      const begun = this.#waiting;
      this.#waiting = [];
      for (const process of begun) this.#world.tasks.spawn(process);
    }
  }
}
