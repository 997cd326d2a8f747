/** Alerts: machines that look and page a human. An alert fixes nothing by itself. */
import { keyOf, type Process, type Request, type Role, type World } from '../../simulator/contract/index.ts';
import { answersAmong, type StatusWord } from '../status-words.ts';
import { Pager } from './pager.ts';

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
  /** Which answers are good, for instance `['200']`. */
  readonly passes: readonly StatusWord[];
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
  const passes = answersAmong(options.passes);
  let failures = 0;
  for (let round = 0; ; round++) {
    yield* world.timers.sleepPeriod(options.periodMs);
    const { method, path, body } = target;
    const request: Request = { method, path, body, source: world.host.name, key: keyOf(round, 0x9206e) };
    const reply = yield* world.network.call(target.host, request, { timeoutMs: options.timeoutMs });
    failures = passes(reply) ? 0 : failures + 1;
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
  for (const { instance, numbers } of yield* readNumbers(world, options.pools, options.path, round)) {
    const value = numbers[options.member] ?? 0;
    growth += grownBy(value, seen.get(instance) ?? 0);
    seen.set(instance, value);
  }
  return growth;
}

/** What an instance exposes. */
export interface Reading {
  readonly instance: string;
  readonly numbers: Readonly<Record<string, number>>;
}

/** Asks every instance of the pools, one after another; who does not answer within a second is left out. */
export function* readNumbers(
  world: World,
  pools: readonly string[],
  path: string,
  round: number,
): Process<readonly Reading[]> {
  const { network, host } = world;
  const readings: Reading[] = [];
  for (const instance of pools.flatMap((pool) => network.members(pool))) {
    const request: Request = { method: 'GET', path, source: host.name, key: keyOf(round, 0x5c2a9e) };
    const reply = yield* network.call(instance, request, { timeoutMs: 1_000 });
    if (reply.status === 200) readings.push({ instance, numbers: reply.body as Reading['numbers'] });
  }
  return readings;
}

/** A counter that is lower than before has begun anew. */
export function grownBy(value: number, before: number): number {
  return value >= before ? value - before : value;
}
