/**
 * The platform's hands: carries out deploys, scaling events and responses, and restarts what crashed, later each time
 * (CrashLoopBackOff: 10 s doubled to 5 min, forgiven after 10 min: kubelet’s back-off).
 */
import {
  keyOf,
  SimulatorError,
  type Hosts,
  type HostStatus,
  type Process,
  type Request,
  type Response,
  type Role,
  type World,
} from '../../simulator/contract/index.ts';
import { Liveness, type LivenessOptions } from './liveness.ts';
import type { Action, DatedActions, MoveAction, RestartAction } from './actions.ts';

export interface OrchestratorOptions {
  /** What the platform does by itself at given times: inputs of the scenario. */
  readonly events: readonly DatedActions[];
  /** Pools whose crashed instances are started again. */
  readonly supervised: readonly string[];
  /** Kills what is not alive; its pools should be supervised. None by default. */
  readonly liveness?: LivenessOptions;
}

export const orchestrator: Role<OrchestratorOptions> = { name: 'orchestrator', privileged: true, main };

const SUPERVISION_PERIOD_MS = 1_000;
const BACK_OFF_BASE_MS = 10_000;
const BACK_OFF_CAP_MS = 300_000;
const FORGIVEN_AFTER_MS = 600_000;

function* main(world: World, options: OrchestratorOptions): Process<void> {
  const { hosts } = world;
  if (hosts === undefined) {
    throw new SimulatorError('bad-scenario', 'The orchestrator has no power over hosts.', 'Mark its role privileged.');
  }
  const hands = new Hands(world, hosts);
  world.network.listen((request) => hands.answer(request));
  for (const event of options.events) world.tasks.spawn(hands.actAt(event));
  for (const pool of options.supervised) world.tasks.spawn(hands.supervise(pool));
  if (options.liveness !== undefined) world.tasks.spawn(new Liveness(world, hosts, options.liveness).watch());
  yield* world.timers.sleep(Infinity);
}

/** An instance that is to be up. */
interface Wanted {
  crashCount: number;
  lastStartMs: number;
  /** Whether it waits for its next start. */
  pending: boolean;
}

class Hands {
  readonly #world: World;
  readonly #hosts: Hosts;
  /** Down on purpose. */
  readonly #moving = new Set<string>();

  constructor(world: World, hosts: Hosts) {
    this.#world = world;
    this.#hosts = hosts;
  }

  /** POST /actions with a list of actions: carried out in order, answered when all is done. */
  *answer(request: Request): Process<Response> {
    if (request.path !== '/actions') return { status: 404 };
    const { label, actions } = request.body as { readonly label: string; readonly actions: readonly Action[] };
    yield* this.#carryOut(label, actions);
    return { status: 200 };
  }

  *actAt(event: DatedActions): Process<void> {
    yield* this.#world.timers.sleepUntil(event.atMs);
    yield* this.#carryOut(event.label, event.actions);
  }

  *#carryOut(label: string, actions: readonly Action[]): Process<void> {
    this.#world.journal.note('orchestrator.began', { label });
    for (const action of actions) yield* this.#act(action);
    this.#world.journal.note('orchestrator.ended', { label });
  }

  *#act(action: Action): Process<void> {
    switch (action.kind) {
      case 'restart':
        return yield* this.#restart(action);
      case 'start':
        return this.#hosts.start(action.instance);
      case 'move':
        return yield* this.#move(action);
      case 'set-platform':
        for (const instance of action.instances) this.#hosts.setPlatform(instance, action.values);
        return;
      case 'request': {
        const { host, network } = this.#world;
        const { path, body } = action;
        yield* network.call(action.host, { method: 'POST', path, body, source: host.name, key: keyOf(1) });
      }
    }
  }

  *#restart(action: RestartAction): Process<void> {
    const running = this.#hosts.list(action.pool).filter((host) => host.state !== 'stopped');
    const chosen = running.filter((host) => action.instances === undefined || action.instances.includes(host.name));
    // Stable sort: instances of one age keep the order of the cast.
    const oldestFirst = [...chosen].sort((a, b) => a.startedAtMs - b.startedAtMs);
    for (const [index, { name }] of oldestFirst.entries()) {
      if (index > 0) yield* this.#world.timers.sleep(action.everyMs);
      this.#world.tasks.background(this.#restartOne(name, action.graceMs));
    }
    yield* this.#world.timers.sleep(action.everyMs);
  }

  *#restartOne(name: string, graceMs: number): Process<void> {
    yield* this.#hosts.stop(name, graceMs);
    this.#hosts.start(name);
    this.#world.journal.note('orchestrator.restarted', { instance: name });
  }

  *#move(action: MoveAction): Process<void> {
    for (const name of action.instances) {
      this.#moving.add(name);
      yield* this.#hosts.stop(name, action.graceMs);
      this.#hosts.reimage(name);
      yield* this.#world.timers.sleep(action.downMs);
      this.#moving.delete(name);
      this.#hosts.start(name);
      this.#world.journal.note('orchestrator.moved', { instance: name });
    }
  }

  /** Starts crashed instances again, each with its own growing delay. */
  *supervise(pool: string): Process<void> {
    const wanted = new Map<string, Wanted>();
    for (;;) {
      for (const status of this.#hosts.list(pool)) this.#look(status, wanted);
      yield* this.#world.timers.sleepPeriod(SUPERVISION_PERIOD_MS);
    }
  }

  #look({ name, state, startedAtMs }: HostStatus, wanted: Map<string, Wanted>): void {
    let entry = wanted.get(name);
    if (entry === undefined) {
      // What was never started stays down; a process may well have come and gone between two looks.
      if (state === 'stopped' && startedAtMs === 0) return;
      wanted.set(name, (entry = { crashCount: 0, lastStartMs: startedAtMs, pending: false }));
    }
    entry.lastStartMs = startedAtMs;
    if (state !== 'stopped' || entry.pending || this.#moving.has(name)) return;
    entry.pending = true;
    this.#world.tasks.spawn(this.#startLater(name, entry));
  }

  *#startLater(name: string, entry: Wanted): Process<void> {
    if (this.#world.clock.nowMs() - entry.lastStartMs > FORGIVEN_AFTER_MS) entry.crashCount = 0;
    const delayMs = Math.min(BACK_OFF_CAP_MS, BACK_OFF_BASE_MS * (1 << Math.min(entry.crashCount, 5)));
    entry.crashCount++;
    yield* this.#world.timers.sleep(delayMs);
    entry.pending = false;
    if (this.#moving.has(name)) return;
    this.#hosts.start(name);
    this.#world.journal.note('orchestrator.restarted-crashed', { instance: name, delayMs });
  }
}
