/** Puts a World together for one start of one host. */
import { SimulatorError } from '../contract/errors.ts';
import type { Handler } from '../contract/http.ts';
import { Draws } from '../contract/portable/index.ts';
import type { Process, Work } from '../contract/process.ts';
import type { Window, Wrap } from '../contract/scenario.ts';
import type { Capacity, Gate, Hosts, Line, Network, Tasks, Timers, World } from '../contract/world.ts';
import { Call } from './call.ts';
import { ChildHandle } from './handle.ts';
import type { HostRecord } from './host-record.ts';
import type { Recorder } from './journal.ts';
import type { Kernel } from './kernel.ts';
import { Listener } from './listener.ts';
import type { VirtualNetwork } from './network.ts';
import { VirtualSeals } from './seals.ts';
import { Sleep, toUs } from './sleep.ts';
import { All, Race } from './structured.ts';
import { Timeout } from './timeout.ts';
import { VirtualPool, VirtualSignal } from './waiting.ts';

/** What all worlds of a run share. */
export interface Stage {
  readonly kernel: Kernel;
  readonly network: VirtualNetwork;
  readonly recorder: Recorder;
  readonly windows: readonly Window[];
}

export function makeWorld(stage: Stage, host: HostRecord, hosts: Hosts | undefined): World {
  const { kernel } = stage;
  const clockErrorMs = host.spec.clockErrorMs ?? 0;
  const world: World = {
    host,
    clock: {
      nowMs: () => kernel.nowUs / 1000,
      wallMs: () => kernel.nowUs / 1000 + clockErrorMs,
    },
    timers: makeTimers(kernel, stage.windows),
    tasks: makeTasks(kernel, host),
    network: makeNetwork(stage, host, () => world),
    seals: new VirtualSeals(`${host.name}#${host.incarnation}`),
    journal: stage.recorder.forHost(host.name),
    disk: {
      read: (name) => host.disk.get(name),
      write: (name, value) => void host.disk.set(name, value),
    },
    draws: (purpose) => new Draws(kernel.seed, host.name, purpose),
    drawsOf: (scope, purpose) => new Draws(kernel.seed, scope, purpose),
    ...(hosts === undefined ? {} : { hosts }),
  };
  return world;
}

function makeTimers(kernel: Kernel, windows: readonly Window[]): Timers {
  return {
    sleep: (durationMs) => Sleep.of(kernel.current, kernel.nowUs + toUs(durationMs)),
    sleepUntil: (atMs) => new Sleep(Math.max(kernel.nowUs, toUs(Math.max(0, atMs)))),
    sleepPeriod: (periodMs) => new Sleep(nextTurnUs(kernel.nowUs + toUs(periodMs), windows)),
  };
}

/** The moment itself inside a window, else the start of the next window, else never. */
function nextTurnUs(dueUs: number, windows: readonly Window[]): number {
  for (const window of windows) {
    if (dueUs <= toUs(window.untilMs)) return Math.max(dueUs, toUs(window.fromMs));
  }
  return Infinity;
}

function makeTasks(kernel: Kernel, host: HostRecord): Tasks {
  return {
    spawn: <A>(process: Process<A>) => {
      const parent = kernel.current ?? host.root;
      return new ChildHandle<A>(kernel.spawn(process, parent, host));
    },
    background: <A>(process: Process<A>) => {
      // Without a main process the host has just ended, and a finally block asks: it ends with that.
      const parent = host.root ?? kernel.current;
      return new ChildHandle<A>(kernel.spawn(process, parent, host));
    },
    race: (...works) => new Race(works),
    all: (...works) => new All(works),
    timeout: (durationMs: number, work: Work<unknown>) => new Timeout(toUs(durationMs), work) as never,
    pool: (concurrency, queueLimit = Infinity) => new VirtualPool(kernel, concurrency, queueLimit),
    signal: () => new VirtualSignal(kernel),
  };
}

function makeNetwork(stage: Stage, host: HostRecord, world: () => World): Network {
  const { kernel, network } = stage;
  return {
    call: (to, request, options) => new Call(network, host, network.host(to), request, options?.timeoutMs ?? Infinity),
    listen: (handler: Handler, capacity?: Capacity, gate?: Gate, line?: Line) => {
      if (host.listener !== undefined) {
        const message = `Host "${host.name}" listens twice.`;
        throw new SimulatorError('bad-operation', message, 'Call listen once, at set-up.');
      }
      const wrapped = wrapAll(handler, [...host.faultWraps, ...(host.spec.wraps ?? [])], world());
      host.listener = new Listener(kernel, host, wrapped, { capacity, gate, line });
    },
    members: (pool) => network.members(pool),
    get membershipVersion() {
      return network.membershipVersion;
    },
  };
}

/** The first wrap ends up outermost. */
function wrapAll(handler: Handler, wraps: readonly Wrap[], world: World): Handler {
  return wraps.reduceRight<Handler>((inner, wrap) => wrap(inner, world), handler);
}
