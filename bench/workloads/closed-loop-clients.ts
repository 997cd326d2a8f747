/** The ten thousand of the closed loop. */
import type { Draws, Process, Request, Role, World } from '../../simulator/contract/index.ts';

const THINK_MEAN_MS = 5_000;
const ATTEMPT_COUNT = 4;
const BACK_OFF_BASE_MS = 100;
const BACK_OFF_CAP_MS = 10_000;
const PATIENCE = { timeoutMs: 1_000 } as const;

/** Of the whole run, warm-up included. */
export interface Counts {
  begun: number;
  ok: number;
  failed: number;
  attempts: number;
  failedAttempts: number;
  retries: number;
  providerTimeouts: number;
}

interface BrowserOptions {
  readonly clientCount: number;
  readonly counts: Counts;
}

export const browser: Role<BrowserOptions> = { name: 'browser', main };

function* main(world: World, { clientCount, counts }: BrowserOptions): Process<void> {
  const crowd = new Crowd(world, counts);
  for (let client = 0; client < clientCount; client++) world.tasks.spawn(crowd.live(client));
}

class Crowd {
  readonly #world: World;
  readonly #counts: Counts;
  readonly #think: Draws;
  readonly #backOff: Draws;
  readonly #keys: Draws;

  constructor(world: World, counts: Counts) {
    this.#world = world;
    this.#counts = counts;
    this.#think = world.draws('think');
    this.#backOff = world.draws('back-off');
    this.#keys = world.draws('request');
  }

  *live(client: number): Process<void> {
    const { timers } = this.#world;
    for (let visit = 0; ; visit++) {
      yield* timers.sleep(this.#think.exponential(THINK_MEAN_MS, client, visit));
      yield* this.#ask(client, visit * ATTEMPT_COUNT);
    }
  }

  *#ask(client: number, first: number): Process<void> {
    const { network, timers } = this.#world;
    const counts = this.#counts;
    counts.begun++;
    for (let attempt = 0; attempt < ATTEMPT_COUNT; attempt++) {
      const key = this.#keys.bits(client, first + attempt);
      const request: Request = { method: 'GET', path: '/', source: 'clients', key };
      counts.attempts++;
      const reply = yield* network.call('router', request, PATIENCE);
      if (reply.status === 200) {
        counts.ok++;
        return;
      }
      counts.failedAttempts++;
      if (attempt === ATTEMPT_COUNT - 1) break;
      // Full jitter: anywhere from now to a bound that doubles.
      const boundMs = Math.min(BACK_OFF_CAP_MS, BACK_OFF_BASE_MS * (1 << attempt));
      yield* timers.sleep(this.#backOff.between(0, boundMs, client, first + attempt));
      counts.retries++;
    }
    counts.failed++;
  }
}
