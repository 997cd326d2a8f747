/**
 * W1, the textbook queue M/M/8: customers come at random, 7.2 a second, and wait for one of eight servers, a second each
 * on average. One process for each customer, two events in its life; eight servers are 90 % busy.
 */
import { cast, type HostSpec, type Pool, type Process, type Role, type World } from '../../simulator/contract/index.ts';
import { tInterval } from '../../simulator/experiment/statistics/t-interval.ts';
import type { Workload } from './timed-run.ts';

const SERVER_COUNT = 8;
const ARRIVALS_PER_SECOND = 7.2;
const SERVICE_MEAN_MS = 1_000;
const INTERARRIVAL_MEAN_MS = 1_000 / ARRIVALS_PER_SECOND;
/** Waits of one queue depend on each other; means over long stretches of it hardly do. */
const BATCH_COUNT = 30;

interface BankOptions {
  readonly ledger: Ledger;
}

const bank: Role<BankOptions> = { name: 'bank', main: open };

export function mm8(seed: number, warmUpCustomerCount: number, customerCount: number): Workload {
  const warmUpMs = warmUpCustomerCount * INTERARRIVAL_MEAN_MS;
  const endMs = warmUpMs + customerCount * INTERARRIVAL_MEAN_MS;
  let ledger = new Ledger(warmUpMs, endMs);
  const hosts = (): readonly HostSpec[] => {
    ledger = new Ledger(warmUpMs, endMs);
    return [cast({ name: 'bank', pool: 'bank', role: bank, options: { ledger } })];
  };
  return { seed, warmUpMs, endMs, hosts, links: {}, figures: () => ledger.figures() };
}

/** Mean wait in the queue, in seconds, by Erlang's C formula (A. K. Erlang, 1917): C / (c μ − λ). */
export function theoreticalWaitSeconds(): number {
  const load = (ARRIVALS_PER_SECOND * SERVICE_MEAN_MS) / 1_000;
  let term = 1;
  let sum = 0;
  for (let busy = 0; busy < SERVER_COUNT; busy++) {
    sum += term;
    term *= load / (busy + 1);
  }
  const full = (term * SERVER_COUNT) / (SERVER_COUNT - load);
  const waitProbability = full / (sum + full);
  return waitProbability / (SERVER_COUNT / (SERVICE_MEAN_MS / 1_000) - ARRIVALS_PER_SECOND);
}

function* open(world: World, { ledger }: BankOptions): Process<void> {
  const servers = world.tasks.pool(SERVER_COUNT);
  const arrivals = world.draws('arrivals');
  const services = world.draws('services');
  for (let number = 0; ; number++) {
    yield* world.timers.sleep(arrivals.exponential(INTERARRIVAL_MEAN_MS, number));
    world.tasks.spawn(customer(world, servers, services.exponential(SERVICE_MEAN_MS, number), ledger));
  }
}

function* customer(world: World, servers: Pool, serviceMs: number, ledger: Ledger): Process<void> {
  const cameMs = world.clock.nowMs();
  yield* servers.acquire();
  ledger.enter(cameMs, world.clock.nowMs() - cameMs);
  yield* world.timers.sleep(serviceMs);
  servers.release();
}

/** Waits by stretch of the time after the warm-up. */
class Ledger {
  readonly #fromMs: number;
  readonly #batchMs: number;
  readonly #sumsMs = new Float64Array(BATCH_COUNT);
  readonly #counts = new Float64Array(BATCH_COUNT);

  constructor(fromMs: number, untilMs: number) {
    this.#fromMs = fromMs;
    this.#batchMs = (untilMs - fromMs) / BATCH_COUNT;
  }

  enter(cameMs: number, waitMs: number): void {
    if (cameMs < this.#fromMs) return;
    const batch = Math.min(BATCH_COUNT - 1, Math.floor((cameMs - this.#fromMs) / this.#batchMs));
    this.#sumsMs[batch] = this.#sumsMs[batch]! + waitMs;
    this.#counts[batch] = this.#counts[batch]! + 1;
  }

  /** The mean wait with the 95 % interval of the batch means. */
  figures(): Readonly<Record<string, number>> {
    const means = this.#sumsMs.map((sumMs, batch) => sumMs / this.#counts[batch]! / 1_000);
    const { low, high } = tInterval(means);
    const customerCount = this.#counts.reduce((sum, count) => sum + count, 0);
    const sumMs = this.#sumsMs.reduce((sum, wait) => sum + wait, 0);
    return { customerCount, waitSeconds: sumMs / customerCount / 1_000, waitLowSeconds: low, waitHighSeconds: high };
  }
}
