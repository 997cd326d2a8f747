/**
 * A synthetic user: signs in, then asks for something that needs it, each period at each of its targets, and pages after
 * failures in a row at one of them. Through a balancer it meets the ill instance now and then; around it, every time.
 */
import {
  keyOf,
  type Process,
  type Reply,
  type Request,
  type Role,
  type World,
} from '../../simulator/contract/index.ts';
import { makeBrowser, refresh, signIn, type Browser } from '../idp/client.ts';
import { answersAmong, type Answer, type StatusWord } from '../status-words.ts';
import { Pager } from './pager.ts';

export interface JourneyProbeOptions {
  readonly alert: string;
  readonly targets: ProbeTargets;
  /** How it signs in: at a provider, for a bearer token; or by the login form of the target, for a session cookie. */
  readonly signIn: { readonly kind: 'token'; readonly idp: string } | { readonly kind: 'cookie' };
  /** What needs it. */
  readonly path: string;
  readonly passes: readonly StatusWord[];
  readonly periodMs: number;
  /** Patience with one request. */
  readonly timeoutMs: number;
  /** At one target. */
  readonly failuresInRow: number;
  readonly operator: string;
  readonly actedAs: string;
}

/**
 * Balancers, asked as anybody would; or the instances of pools, around them: then the session cookie of the first instance
 * is shown to each.
 */
export type ProbeTargets = { readonly edges: readonly string[] } | { readonly pools: readonly string[] };

export const journeyProbe: Role<JourneyProbeOptions> = { name: 'journey-probe', main };

/** Renew when the access token has less than this to live, as browser libraries commonly do. */
const RENEW_AHEAD_MS = 30_000;

type Credential = Pick<Request, 'bearer' | 'cookies'>;

function* main(world: World, options: JourneyProbeOptions): Process<void> {
  const { alert, operator, actedAs, periodMs } = options;
  const probe = new Probe(world, options);
  const pager = new Pager(world, operator, { alert, aboutDependency: false, standsWhileIll: true }, actedAs);
  for (let round = 0; ; round++) {
    yield* world.timers.sleepPeriod(periodMs);
    yield* probe.round(round);
    if (probe.isIll) yield* pager.page();
    else if (probe.isWell) yield* pager.allClear();
  }
}

class Probe {
  readonly #world: World;
  readonly #options: JourneyProbeOptions;
  readonly #passes: (answer: Answer) => boolean;
  readonly #browser: Browser | undefined;
  /** By target. */
  readonly #failures = new Map<string, number>();
  #connection = 0;

  constructor(world: World, options: JourneyProbeOptions) {
    this.#world = world;
    this.#options = options;
    this.#passes = answersAmong(options.passes);
    const { name } = world.host;
    if (options.signIn.kind === 'token') {
      this.#browser = makeBrowser({ user: name, clientId: name, idp: options.signIn.idp });
    }
  }

  get isIll(): boolean {
    return [...this.#failures.values()].some((count) => count >= this.#options.failuresInRow);
  }

  get isWell(): boolean {
    return [...this.#failures.values()].every((count) => count === 0);
  }

  *round(round: number): Process<void> {
    const { targets } = this.#options;
    if ('edges' in targets) {
      for (const [index, edge] of targets.edges.entries()) yield* this.#visit([edge], edge, keyOf(round, index));
      return;
    }
    for (const [index, pool] of targets.pools.entries()) {
      const instances = this.#world.network.members(pool);
      this.#forgetAllBut(targets.pools.flatMap((each) => this.#world.network.members(each)));
      if (instances.length > 0) yield* this.#visit(instances, instances[0]!, keyOf(round, index));
    }
  }

  /** @param door where a login form is */
  *#visit(targets: readonly string[], door: string, key: number): Process<void> {
    const credential = this.#browser === undefined ? yield* this.#logIn(door, key) : yield* this.#token(key);
    for (const [index, target] of targets.entries()) {
      const good = credential !== undefined && (yield* this.#asks(target, credential, keyOf(key, index)));
      this.#failures.set(target, good ? 0 : (this.#failures.get(target) ?? 0) + 1);
    }
  }

  *#asks(target: string, credential: Credential, key: number): Process<boolean> {
    return this.#passes(yield* this.#send(target, 'GET', this.#options.path, credential, key));
  }

  /** A token with some life left; undefined when none could be had, which is a failure of the journey. */
  *#token(key: number): Process<Credential | undefined> {
    const browser = this.#browser!;
    const call = { key, timeoutMs: this.#options.timeoutMs };
    const held = browser.tokens;
    const fresh = held !== undefined && held.expiresAtMs - RENEW_AHEAD_MS > this.#world.clock.nowMs();
    if (!fresh && !(held !== undefined && (yield* refresh(this.#world, browser, call)).ok)) {
      if (!(yield* signIn(this.#world, browser, call)).ok) return undefined;
    }
    return { bearer: browser.tokens!.accessToken };
  }

  *#logIn(door: string, key: number): Process<Credential | undefined> {
    const form = yield* this.#send(door, 'GET', '/login', {}, keyOf(key, 0x106));
    if (form.status !== 200) return undefined;
    const reply = yield* this.#send(door, 'POST', '/login', { cookies: kept(form) }, keyOf(key, 0x107));
    const cookies = kept(reply);
    return reply.status === 302 && Object.keys(cookies).length > 0 ? { cookies } : undefined;
  }

  /** Each request over a connection of its own: over one that stays open a balancer would show it one instance alone. */
  *#send(host: string, method: 'GET' | 'POST', path: string, credential: Credential, key: number): Process<Reply> {
    const source = this.#world.host.name;
    const request: Request = { method, path, source, key, connection: ++this.#connection, ...credential };
    const sent = method === 'POST' ? { ...request, body: { user: source } } : request;
    return yield* this.#world.network.call(host, sent, { timeoutMs: this.#options.timeoutMs });
  }

  /** Who has left takes the failures along. */
  #forgetAllBut(present: readonly string[]): void {
    for (const name of this.#failures.keys()) if (!present.includes(name)) this.#failures.delete(name);
  }
}

function kept({ cookies = {} }: Reply): NonNullable<Request['cookies']> {
  const pairs = Object.entries(cookies).filter((pair): pair is [string, NonNullable<(typeof pair)[1]>] => {
    return pair[1] !== null;
  });
  return Object.fromEntries(pairs);
}
