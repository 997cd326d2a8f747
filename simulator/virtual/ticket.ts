/** A place in the line of a door: the call that waits, as the line may see it. */
import type { Request, Response } from '../contract/http.ts';
import type { Waiting } from '../contract/world.ts';
import type { Call } from './call.ts';
import type { Listener } from './listener.ts';

export class Ticket implements Waiting {
  readonly #door: Listener;
  readonly call: Call;
  readonly sinceMs: number;

  constructor(door: Listener, call: Call, sinceMs: number) {
    this.#door = door;
    this.call = call;
    this.sinceMs = sinceMs;
  }

  get request(): Request {
    return this.call.request;
  }

  turnAway(response: Response): void {
    this.call.answered(response, this.#door);
  }
}
