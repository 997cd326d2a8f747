/** A machine that restarts a pool, instance by instance, when a number that its instances expose grows too fast. */
import { ACTED, keyOf, type Process, type Request, type Role, type World } from '../../simulator/contract/index.ts';
import type { RestartAction } from './actions.ts';
import { scrape } from './monitor.ts';

export interface AutoCycleOptions {
  /** Each judged by itself. */
  readonly pools: readonly string[];
  /** Path whose JSON body holds the number, and its member. */
  readonly path: string;
  readonly member: string;
  readonly periodMs: number;
  /** Growth within one pool in one period that has it restarted. */
  readonly thresholdPerPeriod: number;
  readonly orchestrator: string;
  /** From one instance's restart to the next one's, and the grace for work in progress. */
  readonly everyMs: number;
  readonly graceMs: number;
  /** A pool is not restarted again for this long. */
  readonly quietMs: number;
  readonly actedAs: string;
}

export const autoCycle: Role<AutoCycleOptions> = { name: 'auto-cycle', main };

function* main(world: World, options: AutoCycleOptions): Process<void> {
  const seen = new Map<string, number>();
  const quietUntilMs = new Map<string, number>();
  for (let round = 0; ; round++) {
    yield* world.timers.sleepPeriod(options.periodMs);
    for (const pool of options.pools) {
      const growth = yield* scrape(world, { ...options, pools: [pool] }, seen, round);
      const nowMs = world.clock.nowMs();
      if (growth < options.thresholdPerPeriod || nowMs < (quietUntilMs.get(pool) ?? 0)) continue;
      quietUntilMs.set(pool, nowMs + options.quietMs);
      world.journal.note(ACTED, { mitigation: options.actedAs, pool, growth });
      world.tasks.spawn(restart(world, options, pool));
    }
  }
}

function* restart(world: World, options: AutoCycleOptions, pool: string): Process<void> {
  const { everyMs, graceMs, orchestrator } = options;
  const action: RestartAction = { kind: 'restart', pool, everyMs, graceMs };
  const body = { label: `automatic cycle of ${pool}`, actions: [action] };
  const request: Request = { method: 'POST', path: '/actions', body, source: world.host.name, key: keyOf(0xc7c1e) };
  yield* world.network.call(orchestrator, request);
}
