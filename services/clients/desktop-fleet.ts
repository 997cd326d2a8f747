/**
 * Desktop clients with a version mix. In the background each presents a token that expires one day; the service answers
 * 400 invalid_grant (RFC 6749 5.2). A fixed client then waits for its user to sign in. An old one mistakes the answer
 * for a passing failure and presents the same dead token again, and again.
 */
import {
  keyOf,
  ACTED,
  type Counter,
  type Headers,
  type Process,
  type Reply,
  type Request,
  type Role,
  type World,
} from '../../simulator/contract/index.ts';
import { DEADLINE_HEADER, Deed } from '../admission/index.ts';
import { spreadDraws, spreadMs } from '../idp/index.ts';
import { FLEET_AGENTS, type FleetClient, type FleetOptions } from './desktop-fleet-options.ts';
import { retryOptionsOf } from './retry-presets/index.ts';
import { makeRetrySite, RetryControl, type RetrySite } from './retry/index.ts';
import { Machine } from './working-day.ts';

export type { Adoption, FleetClient, FleetOptions } from './desktop-fleet-options.ts';

export const desktopFleet: Role<FleetOptions> = { name: 'desktop-fleet', main };

function* main(world: World, options: FleetOptions): Process<void> {
  const fleet = new Fleet(world, options);
  const partCount = fleet.partCount();
  for (const client of options.clients) {
    for (let part = 0; part < partCount; part++) world.tasks.spawn(fleet.live(client, part));
  }
  yield* world.timers.sleep(Infinity);
}

type Version = 'old' | 'fixed';

/** The same for every request of a version. */
const HEADERS: Readonly<Record<Version, Headers>> = {
  old: Object.freeze({ 'user-agent': FLEET_AGENTS.old }),
  fixed: Object.freeze({ 'user-agent': FLEET_AGENTS.fixed }),
};

class Fleet {
  readonly #world: World;
  readonly #options: FleetOptions;
  readonly #machineDraws;
  readonly #adoptionDraws;
  readonly #jitterDraws;
  readonly #spreadDraws;
  readonly #switchDraws;
  readonly #requests: Readonly<Record<Version, Counter>>;
  readonly #deadTokens: Readonly<Record<Version, Counter>>;
  readonly #retry: RetrySite | undefined;
  readonly #switchDeed: Deed | undefined;
  readonly #outcomes = new Map<string, Counter>();
  #hasActed = false;

  constructor(world: World, options: FleetOptions) {
    this.#world = world;
    this.#options = options;
    const scope = `population/${options.population}`;
    this.#machineDraws = world.drawsOf(scope, 'machine');
    this.#adoptionDraws = world.drawsOf(scope, 'adoption');
    this.#jitterDraws = world.drawsOf(scope, 'jitter');
    this.#spreadDraws = spreadDraws(world);
    this.#switchDraws = world.drawsOf(scope, 'kill-switch');
    this.#retry = options.retry === undefined ? undefined : makeRetrySite(world, scope, retryOptionsOf(options.retry));
    this.#switchDeed = Deed.of(world, options.killSwitch?.actedAs);
    const requests = (version: Version): Counter => world.journal.counter('fleet.token-requests', { version });
    this.#requests = { old: requests('old'), fixed: requests('fixed') };
    const deadTokens = (version: Version): Counter => world.journal.counter('fleet.dead-tokens', { version });
    this.#deadTokens = { old: deadTokens('old'), fixed: deadTokens('fixed') };
  }

  /** How many of its parts ask for a token by themselves. */
  partCount(): number {
    const { parts = 1, singleFlight } = this.#options;
    if (singleFlight === undefined || parts === 1) return parts;
    Deed.of(this.#world, singleFlight.actedAs)!.done();
    return 1;
  }

  /** From now until the token is dead nothing happens; then the version decides. */
  *live(client: FleetClient, part: number): Process<void> {
    const machine = new Machine(this.#options.officeHours, this.#machineDraws, client.index);
    const { timers, clock } = this.#world;
    yield* timers.sleepUntil(this.#expiryOf(client) + this.#jitterDraws.between(0, 60_000, client.index));
    yield* timers.sleepUntil(machine.nextAwakeMs(clock.nowMs()));
    if (part === 0) this.#deadTokens[client.version].add();
    const fixedFromMs = client.version === 'fixed' ? 0 : this.#adoptsAtMs(client.index);
    const offFromMs = this.#offFromMs(client.index, machine);
    let control = this.#newControl(client.index);
    for (let attempt = 0; ; attempt++) {
      const version = clock.nowMs() >= fixedFromMs ? 'fixed' : 'old';
      if (version === 'fixed' && client.version === 'old') this.#actOnce();
      if (version === 'old' && clock.nowMs() >= offFromMs) return this.#switchDeed!.done();
      const reply = yield* this.#present(client, attempt, version, part);
      this.#count(version, reply);
      if (reply.status === 400 && version === 'fixed' && this.#options.fixedLoops !== true) return;
      if (reply.status === 200) return;
      if (reply.status === 426 && this.#options.knowsUpgradeRequired === true) return;
      yield* this.#pause(control, reply, machine);
      const awakeMs = machine.nextAwakeMs(clock.nowMs());
      if (awakeMs === clock.nowMs()) continue;
      yield* timers.sleepUntil(awakeMs);
      // A machine that was switched off has forgotten what its process knew.
      control = this.#newControl(client.index);
    }
  }

  #newControl(index: number): RetryControl | undefined {
    return this.#retry === undefined ? undefined : new RetryControl(this.#retry, index);
  }

  /** With a policy of its own a pause can be long: it ends when the machine is switched off, and with it the policy's memory. */
  *#pause(control: RetryControl | undefined, reply: Reply, machine: Machine): Process<void> {
    const { retryMs } = this.#options;
    const { timers, clock } = this.#world;
    if (control === undefined) return yield* timers.sleep(retryMs);
    const offMs = machine.nextOffMs(clock.nowMs());
    const pauseMs = control.pauseAfter(reply, retryMs, clock.nowMs());
    do {
      yield* timers.sleepUntil(Math.min(offMs, clock.nowMs() + pauseMs));
    } while (clock.nowMs() < offMs && control.rejectsLocally(clock.nowMs()));
  }

  *#present(client: FleetClient, attempt: number, version: Version, part: number): Process<Reply> {
    this.#requests[version].add();
    const source = `desktop-${client.index}`;
    const { timeoutMs } = this.#options;
    const request: Request = {
      method: 'POST',
      path: '/token',
      headers: this.#headersOf(version),
      body: { grant_type: 'refresh_token', refresh_token: client.refreshToken, client_id: source },
      source,
      key: part === 0 ? keyOf(client.index, attempt, 0xf1ee7) : keyOf(client.index, attempt, 0xf1ee7, part),
      chain: source,
    };
    const reply = yield* this.#world.network.call(this.#options.auth, request, { timeoutMs });
    const { journal } = this.#world;
    if (journal.follows(source)) {
      journal.step(source, `presents its expired token: ${reply.failure ?? `status ${reply.status}`}`, {
        attempt,
        version,
      });
    }
    return reply;
  }

  #headersOf(version: Version): Headers {
    if (this.#options.sendsDeadline !== true) return HEADERS[version];
    const deadlineMs = this.#world.clock.nowMs() + this.#options.timeoutMs;
    return { ...HEADERS[version], [DEADLINE_HEADER]: String(deadlineMs) };
  }

  #expiryOf({ refreshToken, expiresAtMs }: FleetClient): number {
    const { expirySpreadMs } = this.#options;
    if (expirySpreadMs === undefined) return expiresAtMs;
    return Math.max(0, expiresAtMs + spreadMs(this.#spreadDraws, refreshToken, expirySpreadMs, 0));
  }

  /** The first look at the switch after it was thrown, with the machine on. */
  #offFromMs(index: number, machine: Machine): number {
    const { killSwitch } = this.#options;
    if (killSwitch === undefined) return Infinity;
    const { fromMs, pollMs } = killSwitch;
    return machine.nextAwakeMs(fromMs + this.#switchDraws.between(0, pollMs, index));
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
