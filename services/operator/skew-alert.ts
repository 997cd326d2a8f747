/**
 * An alert on instances that answer 401 clearly more than an instance may, one against the other. With most of the pool in
 * doubt it is silent: then it is the identity provider or the clients. It pages people, or tells them which one to take out.
 */
import type { Process, Role, World } from '../../simulator/contract/index.ts';
import { SequentialTest, type SequentialTestOptions } from '../sequential-test.ts';
import type { DatedActions } from './actions.ts';
import { grownBy, readNumbers, type Reading } from './monitor.ts';
import { Pager } from './pager.ts';

export interface SkewAlertOptions extends SequentialTestOptions {
  readonly alert: string;
  /** Pools, each judged by itself. */
  readonly pools: readonly string[];
  /** Path whose JSON body holds the numbers, and the members for refusals and for all answers. */
  readonly path: string;
  readonly badMember: string;
  readonly totalMember: string;
  readonly periodMs: number;
  /** With more than this share of a pool in doubt nobody is paged about it. */
  readonly maxSkewedRatio: number;
  readonly operator: string;
  /**
   * A page for each such instance, with the advice to take it out here: the routers in front of each pool by its name. One
   * page without advice when left out.
   */
  readonly drainAt?: Readonly<Record<string, { readonly routers: readonly string[]; readonly path: string }>>;
  readonly actedAs: string;
}

export const skewAlert: Role<SkewAlertOptions> = { name: 'skew-alert', main };

function* main(world: World, options: SkewAlertOptions): Process<void> {
  const watch = new SkewWatch(world, options);
  for (let round = 0; ; round++) {
    yield* world.timers.sleepPeriod(options.periodMs);
    yield* watch.look(round);
  }
}

interface Watched {
  readonly test: SequentialTest;
  bad: number;
  total: number;
}

class SkewWatch {
  readonly #world: World;
  readonly #options: SkewAlertOptions;
  readonly #watched = new Map<string, Watched>();
  readonly #pagers = new Map<string, Pager>();

  constructor(world: World, options: SkewAlertOptions) {
    this.#world = world;
    this.#options = options;
  }

  *look(round: number): Process<void> {
    const { pools, path, maxSkewedRatio, drainAt, alert } = this.#options;
    let anySkewed = false;
    for (const pool of pools) {
      const readings = yield* readNumbers(this.#world, [pool], path, round);
      const skewed = readings.filter((reading) => this.#isSkewed(reading));
      const counts = skewed.length <= readings.length * maxSkewedRatio;
      anySkewed ||= counts && skewed.length > 0;
      if (drainAt === undefined) continue;
      for (const reading of readings) {
        yield* this.#pagerFor(reading.instance, pool).say(counts && skewed.includes(reading));
      }
    }
    if (drainAt === undefined) yield* this.#pager(alert).say(anySkewed);
  }

  #isSkewed({ instance, numbers }: Reading): boolean {
    const bad = numbers[this.#options.badMember] ?? 0;
    const total = numbers[this.#options.totalMember] ?? 0;
    let watched = this.#watched.get(instance);
    if (watched === undefined) {
      this.#watched.set(instance, (watched = { test: new SequentialTest(this.#options), bad: 0, total: 0 }));
    }
    // A new process: what its predecessor did is no evidence against it.
    if (total < watched.total) watched.test.reset();
    const newBad = grownBy(bad, watched.bad);
    watched.test.observe(newBad, grownBy(total, watched.total) - newBad);
    watched.bad = bad;
    watched.total = total;
    return watched.test.proves;
  }

  #pagerFor(instance: string, pool: string): Pager {
    const { routers, path } = this.#options.drainAt![pool]!;
    const actions = routers.map((host) => ({ kind: 'request' as const, host, path, body: { instance } }));
    return this.#pager(`${this.#options.alert}: ${instance}`, [
      { atMs: 0, label: `${instance} is taken out`, actions },
    ]);
  }

  #pager(alert: string, runbook?: readonly DatedActions[]): Pager {
    let pager = this.#pagers.get(alert);
    if (pager === undefined) {
      const page = {
        alert,
        aboutDependency: false,
        standsWhileIll: true,
        ...(runbook === undefined ? {} : { runbook }),
      };
      this.#pagers.set(alert, (pager = new Pager(this.#world, this.#options.operator, page, this.#options.actedAs)));
    }
    return pager;
  }
}
