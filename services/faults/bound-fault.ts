/**
 * A bound fault at work in one host's door: asks its aim about each request, hands the chosen ones to the mechanism, counts
 * what was felt. Requests that it leaves alone cost one function call and no generator.
 */
import type { Counter, Draws, Handler, Request, World } from '../../simulator/contract/index.ts';
import { Aim, type AimCounts } from './aim.ts';
import type { FaultBinding } from './fault-binding.ts';
import { FAULT_LAYERS, type FaultMechanism, type FaultSite } from './mechanism.ts';

/** The counter of a fault, labelled `fault=id`: requests whose answer it changed, measuring ones left out. */
export const FAULT_HITS = 'fault.hits';

/** What a fault knows in one run. */
interface RunState extends AimCounts {
  readonly memory: Map<string, unknown>;
}

/** A mechanism with its binding: one for each fault of a scenario, whatever the number of runs and hosts. */
export class Fault {
  readonly mechanism: FaultMechanism;
  readonly binding: FaultBinding;
  readonly aim: Aim;
  readonly layerRank: number;
  /**
   * State by run. One scenario value serves many runs, even at the same time, and a host that restarts gets a new World;
   * so neither this object nor a World tells runs apart. The journal does: within a run "the same name and labels give the
   * same counter" on every host and after every restart, and each run has a journal of its own. A run's state goes
   * with its counter when the run is forgotten.
   */
  readonly #stateByRun = new WeakMap<Counter, RunState>();

  constructor(mechanism: FaultMechanism, binding: FaultBinding) {
    this.mechanism = mechanism;
    this.binding = binding;
    this.aim = new Aim(binding, mechanism);
    this.layerRank = FAULT_LAYERS.indexOf(mechanism.layer);
  }

  stateOf(hits: Counter): RunState {
    let state = this.#stateByRun.get(hits);
    if (state === undefined) {
      state = { memory: new Map(), matchedCount: 0, takenCount: 0 };
      this.#stateByRun.set(hits, state);
    }
    return state;
  }
}

const faultBehind = new WeakMap<Handler, BoundFault>();

/**
 * Puts a fault around a handler. Where this is the door of faults of outer layers, it goes behind these: whatever the
 * order of wrapping, faults stand by layer (listener outermost), and within a layer the one listed first outermost, which
 * meets the request first and changes the answer last.
 */
export function placeFault(fault: Fault, inner: Handler, world: World): Handler {
  const outer = faultBehind.get(inner);
  if (outer !== undefined && outer.fault.layerRank < fault.layerRank) {
    return new BoundFault(outer.fault, placeFault(fault, outer.inner, world), world).handle;
  }
  return new BoundFault(fault, inner, world).handle;
}

class BoundFault implements FaultSite {
  readonly fault: Fault;
  readonly inner: Handler;
  readonly world: World;
  readonly draws: Draws;
  readonly memory: Map<string, unknown>;
  readonly handle: Handler;
  readonly #hits: Counter;
  readonly #state: RunState;
  readonly #chance: Draws;

  constructor(fault: Fault, inner: Handler, world: World) {
    const { id } = fault.binding;
    this.fault = fault;
    this.inner = inner;
    this.world = world;
    this.draws = world.draws(`fault/${id}/size`);
    this.#chance = world.draws(`fault/${id}/chance`);
    this.#hits = world.journal.counter(FAULT_HITS, { fault: id });
    this.#state = fault.stateOf(this.#hits);
    this.memory = this.#state.memory;
    this.handle = (request) => (this.#takes(request) ? fault.mechanism.answer(inner, request, this) : inner(request));
    faultBehind.set(this.handle, this);
  }

  felt(request: Request): void {
    if (request.weightless !== true) this.#hits.add();
    const { journal, host } = this.world;
    if (!journal.follows(request.chain)) return;
    const { id } = this.fault.binding;
    journal.step(request.chain, `${host.name} ${this.fault.mechanism.deed} (fault "${id}")`, { fault: id });
  }

  #takes(request: Request): boolean {
    return this.fault.aim.takes(request, this.world.clock.nowMs(), this.#chance, this.#state);
  }
}
