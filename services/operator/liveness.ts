/** Kills a process that says it is not alive, or says nothing: what a liveness probe of Kubernetes does. */
import {
  keyOf,
  type Hosts,
  type HostStatus,
  type Process,
  type Request,
  type World,
} from '../../simulator/contract/index.ts';

/** Kubernetes’ defaults: every 10 s, 1 s of patience, 3 failures (core/v1 Probe). */
export interface LivenessOptions {
  readonly pools: readonly string[];
  /** Answered 2xx by whoever is alive. */
  readonly path: string;
  readonly periodMs: number;
  readonly timeoutMs: number;
  readonly failuresInRow: number;
}

interface Watched {
  startedAtMs: number;
  /** Until its first good answer it is booting and left in peace, as behind a startup probe. */
  hasPassed: boolean;
  failureCount: number;
}

export class Liveness {
  readonly #world: World;
  readonly #hosts: Hosts;
  readonly #options: LivenessOptions;
  readonly #watched = new Map<string, Watched>();

  constructor(world: World, hosts: Hosts, options: LivenessOptions) {
    this.#world = world;
    this.#hosts = hosts;
    this.#options = options;
  }

  *watch(): Process<void> {
    for (let round = 0; ; round++) {
      yield* this.#world.timers.sleepPeriod(this.#options.periodMs);
      for (const pool of this.#options.pools) {
        const running = this.#hosts.list(pool).filter(({ state }) => state === 'running');
        for (const status of running) this.#world.tasks.spawn(this.#check(status, round));
      }
    }
  }

  *#check({ name, pool, startedAtMs }: HostStatus, round: number): Process<void> {
    const { host, network, journal } = this.#world;
    const { path, timeoutMs, failuresInRow } = this.#options;
    const request: Request = { method: 'GET', path, source: host.name, key: keyOf(round, 0x11fe) };
    const { status } = yield* network.call(name, request, { timeoutMs });
    const isStillIt = this.#hosts.list(pool).some((each) => each.name === name && each.startedAtMs === startedAtMs);
    if (!isStillIt) return;
    const watched = this.#watchedOf(name, startedAtMs);
    const passed = status >= 200 && status < 300;
    if (passed) watched.hasPassed = true;
    if (!watched.hasPassed) return;
    watched.failureCount = passed ? 0 : watched.failureCount + 1;
    if (watched.failureCount < failuresInRow) return;
    this.#watched.delete(name);
    journal.note('orchestrator.killed', { instance: name });
    this.#hosts.crash(name);
  }

  #watchedOf(name: string, startedAtMs: number): Watched {
    const known = this.#watched.get(name);
    if (known !== undefined && known.startedAtMs === startedAtMs) return known;
    const watched: Watched = { startedAtMs, hasPassed: false, failureCount: 0 };
    this.#watched.set(name, watched);
    return watched;
  }
}
