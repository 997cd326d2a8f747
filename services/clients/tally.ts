/**
 * How clients count what happened to them. Only requests that bear a credential which ought to be good are counted, so
 * that a 401 here is always a wrong one.
 */
import type { Counter, Reply, Timing, World } from '../../simulator/contract/index.ts';
import { INSTANCE_HEADER } from '../backend/index.ts';

export type Outcome =
  'ok' | 'unauthorized' | 'login-redirect' | 'rate-limited' | 'server-error' | 'client-error' | 'no-answer' | 'refused';

export function outcomeOf(reply: Reply): Outcome {
  const { status, failure } = reply;
  if (status >= 200 && status < 300) return 'ok';
  if (status === 401) return 'unauthorized';
  if (status === 302) return reply.headers?.['location']?.startsWith('/login') === true ? 'login-redirect' : 'ok';
  if (status === 429) return 'rate-limited';
  if (status >= 500) return 'server-error';
  if (status > 0) return 'client-error';
  return failure === 'timeout' ? 'no-answer' : 'refused';
}

/** Counters of one population, by kind of request, outcome and answering instance. */
export class Tally {
  readonly #world: World;
  readonly #population: string;
  /** By request, outcome and instance: looking up three names is quicker than joining them to one. */
  readonly #counters = new Map<string, Map<string, Map<string, Counter>>>();
  readonly intentions: Counter;
  readonly failedIntentions: Counter;
  /** Failed at first, then served to the same user: what “intermittent” looks like from a chair. */
  readonly recoveredIntentions: Counter;
  readonly signOuts: Counter;
  readonly signIns: Counter;
  readonly forcedSignIns: Counter;
  readonly failedSignIns: Counter;
  readonly latency: Timing;

  constructor(world: World, population: string) {
    const { journal } = world;
    this.#world = world;
    this.#population = population;
    this.intentions = journal.counter('user.intentions', { population });
    this.failedIntentions = journal.counter('user.intentions-failed', { population });
    this.recoveredIntentions = journal.counter('user.intentions-recovered', { population });
    this.signOuts = journal.counter('user.sign-outs', { population });
    this.signIns = journal.counter('user.sign-ins', { population, forced: 'no' });
    this.forcedSignIns = journal.counter('user.sign-ins', { population, forced: 'yes' });
    this.failedSignIns = journal.counter('user.sign-ins-failed', { population });
    this.latency = journal.timing('user.latency', { population });
  }

  /** @param latencyMs of a good answer */
  attempt(request: string, reply: Reply, latencyMs: number): Outcome {
    const outcome = outcomeOf(reply);
    const instance = reply.headers?.[INSTANCE_HEADER] ?? 'none';
    this.#counterOf(request, outcome, instance).add();
    if (outcome === 'ok') this.latency.observe(latencyMs);
    return outcome;
  }

  #counterOf(request: string, outcome: Outcome, instance: string): Counter {
    let byOutcome = this.#counters.get(request);
    if (byOutcome === undefined) this.#counters.set(request, (byOutcome = new Map()));
    let byInstance = byOutcome.get(outcome);
    if (byInstance === undefined) byOutcome.set(outcome, (byInstance = new Map()));
    let counter = byInstance.get(instance);
    if (counter === undefined) {
      const labels = { population: this.#population, request, outcome, instance };
      byInstance.set(instance, (counter = this.#world.journal.counter('user.attempts', labels)));
    }
    return counter;
  }
}
