/**
 * Counts at the edge what each client asks beyond a fair share in a window, those that find no place included, and tells
 * whoever asks. What a log pipeline of "top talkers" boils down to.
 */
import type { Request, Response, World } from '../../../simulator/contract/index.ts';
import type { Guard } from './guard.ts';
import type { TalkerCount } from './options.ts';

export const TALKERS_PATH = '/admin/talkers';
/** Member of the answer: requests beyond the fair share of their client, since the process started. */
export const EXCESS_REQUESTS = 'excessRequestCount';

export class TalkerCounter implements Guard {
  readonly #world: World;
  readonly #options: TalkerCount;
  #window = 0;
  #counts = new Map<string, number>();
  #excessCount = 0;

  constructor(world: World, options: TalkerCount) {
    this.#world = world;
    this.#options = options;
  }

  judge({ path, source }: Request): Response | undefined {
    if (path === TALKERS_PATH) return { status: 200, body: { [EXCESS_REQUESTS]: this.#excessCount } };
    const window = Math.floor(this.#world.clock.nowMs() / this.#options.windowMs);
    if (window !== this.#window) {
      this.#window = window;
      this.#counts = new Map();
    }
    const count = (this.#counts.get(source) ?? 0) + 1;
    this.#counts.set(source, count);
    if (count > this.#options.fairCount) this.#excessCount++;
    return undefined;
  }
}
