/** Alerts: machines that look and page a human. An alert fixes nothing by itself. */
import { ACTED, keyOf, type Process, type Request, type Role, type World } from '../../simulator/contract/index.ts';
import type { Page } from './operator.ts';

/** A probe that calls an endpoint each period and pages after failures in a row. */
export interface ProbeAlertOptions {
  readonly alert: string;
  readonly target: {
    readonly host: string;
    readonly method: 'GET' | 'POST';
    readonly path: string;
    readonly body?: unknown;
  };
  readonly periodMs: number;
  readonly timeoutMs: number;
  /** Whether an answer is good; status 0 is no answer. */
  readonly passes: (status: number) => boolean;
  readonly failuresInRow: number;
  /** Whether what is probed is somebody else's: people then wait for the all-clear before they respond. */
  readonly aboutDependency: boolean;
  readonly operator: string;
  /** The mitigation that this alert is, for its record of actions. */
  readonly actedAs: string;
}

export const probeAlert: Role<ProbeAlertOptions> = { name: 'probe-alert', main: probeMain };

function* probeMain(world: World, options: ProbeAlertOptions): Process<void> {
  const pager = new Pager(
    world,
    options.operator,
    { alert: options.alert, aboutDependency: options.aboutDependency },
    options.actedAs,
  );
  const { target } = options;
  let failures = 0;
  for (let round = 0; ; round++) {
    yield* world.timers.sleepPeriod(options.periodMs);
    const { method, path, body } = target;
    const request: Request = { method, path, body, source: world.host.name, key: keyOf(round, 0x9206e) };
    const reply = yield* world.network.call(target.host, request, { timeoutMs: options.timeoutMs });
    failures = options.passes(reply.status) ? 0 : failures + 1;
    if (failures === 0) yield* pager.allClear();
    else if (failures >= options.failuresInRow) yield* pager.page();
  }
}

/** Adds up a number that every instance of some pools exposes, and pages when it grows too fast for too long. */
export interface GrowthAlertOptions {
  readonly alert: string;
  readonly pools: readonly string[];
  /** Path whose JSON body holds the number, and its member. */
  readonly path: string;
  readonly member: string;
  readonly periodMs: number;
  /** Growth of the sum in one period that counts as bad. */
  readonly thresholdPerPeriod: number;
  readonly badPeriodsInRow: number;
  readonly operator: string;
  readonly actedAs: string;
}

export const growthAlert: Role<GrowthAlertOptions> = { name: 'growth-alert', main: growthMain };

function* growthMain(world: World, options: GrowthAlertOptions): Process<void> {
  const pager = new Pager(world, options.operator, { alert: options.alert, aboutDependency: false }, options.actedAs);
  const seen = new Map<string, number>();
  let badPeriods = 0;
  for (let round = 0; ; round++) {
    yield* world.timers.sleepPeriod(options.periodMs);
    const growth = yield* scrape(world, options, seen, round);
    badPeriods = growth >= options.thresholdPerPeriod ? badPeriods + 1 : 0;
    if (badPeriods === 0) yield* pager.allClear();
    else if (badPeriods >= options.badPeriodsInRow) yield* pager.page();
  }
}

/**
 * Growth since the last round, over all instances; one that restarted counts from zero again.
 * @param seen values of the last round by instance; kept up to date
 */
export function* scrape(
  world: World,
  options: Pick<GrowthAlertOptions, 'pools' | 'path' | 'member'>,
  seen: Map<string, number>,
  round: number,
): Process<number> {
  let growth = 0;
  for (const pool of options.pools) {
    for (const instance of world.network.members(pool)) {
      const request: Request = {
        method: 'GET',
        path: options.path,
        source: world.host.name,
        key: keyOf(round, 0x5c2a9e),
      };
      const reply = yield* world.network.call(instance, request, { timeoutMs: 1_000 });
      if (reply.status !== 200) continue;
      const value = (reply.body as Readonly<Record<string, number>>)[options.member] ?? 0;
      const before = seen.get(instance) ?? 0;
      growth += value >= before ? value - before : value;
      seen.set(instance, value);
    }
  }
  return growth;
}

/** Pages once a trouble, and again only after an all-clear. */
class Pager {
  readonly #world: World;
  readonly #operator: string;
  readonly #page: Page;
  readonly #actedAs: string;
  #firing = false;

  constructor(world: World, operator: string, page: Page, actedAs: string) {
    this.#world = world;
    this.#operator = operator;
    this.#page = page;
    this.#actedAs = actedAs;
  }

  *page(): Process<void> {
    if (this.#firing) return;
    this.#firing = true;
    this.#world.journal.note(ACTED, { mitigation: this.#actedAs });
    yield* this.#tell('/page');
  }

  *allClear(): Process<void> {
    if (!this.#firing) return;
    this.#firing = false;
    yield* this.#tell('/all-clear');
  }

  *#tell(path: string): Process<void> {
    const { network, host } = this.#world;
    yield* network.call(this.#operator, { method: 'POST', path, body: this.#page, source: host.name, key: keyOf(7) });
  }
}
