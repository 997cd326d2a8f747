/**
 * Desktop clients with a version mix. In the background each presents a token that expires one day; the service answers
 * 400 invalid_grant (RFC 6749 5.2). A fixed client then waits for its user to sign in. An old one mistakes the answer
 * for a passing failure and presents the same dead token again, and again.
 */
import {
  keyOf,
  ACTED,
  type Counter,
  type Process,
  type Reply,
  type Request,
  type Role,
  type World,
} from '../../simulator/contract/index.ts';
import { Machine, type OfficeHours } from './working-day.ts';

export interface FleetOptions {
  readonly population: string;
  readonly auth: string;
  readonly clients: readonly FleetClient[];
  readonly officeHours: OfficeHours;
  /** Pause of an old client between two presentations of its dead token. */
  readonly retryMs: number;
  /** Patience of a client with one request. */
  readonly timeoutMs: number;
  /** Old clients are replaced by fixed ones, some of them before the trouble begins. */
  readonly adoption?: Adoption;
  /** Gives the fixed version the old one's mistake: only to show that it matters. False by default. */
  readonly fixedLoops?: boolean;
}

export interface FleetClient {
  readonly index: number;
  readonly refreshToken: string;
  readonly expiresAtMs: number;
  readonly version: 'old' | 'fixed';
}

/** How the fixed version spreads among old clients: the share that has it at a moment is 1 − exp(−rate · time). */
export interface Adoption {
  readonly fromMs: number;
  /** Mean time until a client has taken the update. */
  readonly meanMs: number;
  readonly actedAs: string;
}

export const desktopFleet: Role<FleetOptions> = { name: 'desktop-fleet', main };

function* main(world: World, options: FleetOptions): Process<void> {
  const fleet = new Fleet(world, options);
  for (const client of options.clients) world.tasks.spawn(fleet.live(client));
  yield* world.timers.sleep(Infinity);
}

class Fleet {
  readonly #world: World;
  readonly #options: FleetOptions;
  readonly #machineDraws;
  readonly #adoptionDraws;
  readonly #jitterDraws;
  readonly #requests: Readonly<Record<'old' | 'fixed', Counter>>;
  readonly #deadTokens: Readonly<Record<'old' | 'fixed', Counter>>;
  readonly #outcomes = new Map<string, Counter>();
  #hasActed = false;

  constructor(world: World, options: FleetOptions) {
    this.#world = world;
    this.#options = options;
    const scope = `population/${options.population}`;
    this.#machineDraws = world.drawsOf(scope, 'machine');
    this.#adoptionDraws = world.drawsOf(scope, 'adoption');
    this.#jitterDraws = world.drawsOf(scope, 'jitter');
    const requests = (version: 'old' | 'fixed'): Counter => world.journal.counter('fleet.token-requests', { version });
    this.#requests = { old: requests('old'), fixed: requests('fixed') };
    const deadTokens = (version: 'old' | 'fixed'): Counter => world.journal.counter('fleet.dead-tokens', { version });
    this.#deadTokens = { old: deadTokens('old'), fixed: deadTokens('fixed') };
  }

  /** From now until the token is dead nothing happens; then the version decides. */
  *live(client: FleetClient): Process<void> {
    const machine = new Machine(this.#options.officeHours, this.#machineDraws, client.index);
    const { timers, clock } = this.#world;
    yield* timers.sleepUntil(client.expiresAtMs + this.#jitterDraws.between(0, 60_000, client.index));
    yield* timers.sleepUntil(machine.nextAwakeMs(clock.nowMs()));
    this.#deadTokens[client.version].add();
    const fixedFromMs = client.version === 'fixed' ? 0 : this.#adoptsAtMs(client.index);
    for (let attempt = 0; ; attempt++) {
      const version = clock.nowMs() >= fixedFromMs ? 'fixed' : 'old';
      if (version === 'fixed' && client.version === 'old') this.#actOnce();
      const reply = yield* this.#present(client, attempt, version);
      this.#count(version, reply);
      if (reply.status === 400 && version === 'fixed' && this.#options.fixedLoops !== true) return;
      if (reply.status === 200) return;
      yield* timers.sleep(this.#options.retryMs);
      const awakeMs = machine.nextAwakeMs(clock.nowMs());
      if (awakeMs > clock.nowMs()) yield* timers.sleepUntil(awakeMs);
    }
  }

  *#present(client: FleetClient, attempt: number, version: 'old' | 'fixed'): Process<Reply> {
    this.#requests[version].add();
    const source = `desktop-${client.index}`;
    const request: Request = {
      method: 'POST',
      path: '/token',
      body: { grant_type: 'refresh_token', refresh_token: client.refreshToken, client_id: source },
      source,
      key: keyOf(client.index, attempt, 0xf1ee7),
      chain: source,
    };
    const reply = yield* this.#world.network.call(this.#options.auth, request, { timeoutMs: this.#options.timeoutMs });
    const { journal } = this.#world;
    if (journal.follows(source)) {
      journal.step(source, `presents its expired token: ${reply.failure ?? `status ${reply.status}`}`, {
        attempt,
        version,
      });
    }
    return reply;
  }

  #count(version: string, reply: Reply): void {
    const outcome = reply.status === 0 ? reply.failure! : String(reply.status);
    const key = `${version}/${outcome}`;
    let counter = this.#outcomes.get(key);
    if (counter === undefined) {
      counter = this.#world.journal.counter('fleet.token-replies', { version, outcome });
      this.#outcomes.set(key, counter);
    }
    counter.add();
  }

  #adoptsAtMs(index: number): number {
    const { adoption } = this.#options;
    return adoption === undefined
      ? Infinity
      : adoption.fromMs + this.#adoptionDraws.exponential(adoption.meanMs, index);
  }

  #actOnce(): void {
    if (this.#hasActed) return;
    this.#hasActed = true;
    this.#world.journal.note(ACTED, { mitigation: this.#options.adoption!.actedAs });
  }
}
