/** Starting, stopping, killing, freezing and re-imaging machines: the orchestrator's powers and the run's own start-up. */
import { SimulatorError } from '../contract/errors.ts';
import type { Operation, Process } from '../contract/process.ts';
import type { World, Hosts, HostStatus } from '../contract/world.ts';
import { ARRIVE, Call } from './call.ts';
import { Departure } from './departure.ts';
import type { HostRecord } from './host-record.ts';
import type { Kernel } from './kernel.ts';
import type { VirtualNetwork } from './network.ts';
import { Sleep, toUs } from './sleep.ts';

export type WorldFactory = (host: HostRecord) => World;

export class VirtualHosts implements Hosts {
  readonly #kernel: Kernel;
  readonly #network: VirtualNetwork;
  readonly #worldFor: WorldFactory;

  constructor(kernel: Kernel, network: VirtualNetwork, worldFor: WorldFactory) {
    this.#kernel = kernel;
    this.#network = network;
    this.#worldFor = worldFor;
  }

  list(pool?: string): readonly HostStatus[] {
    return this.#network.hosts
      .filter((host) => pool === undefined || host.pool === pool)
      .map((host) => ({
        name: host.name,
        pool: host.pool,
        state: host.paused ? 'paused' : host.state,
        startedAtMs: host.startedAtUs / 1000,
      }));
  }

  start(name: string): void {
    const host = this.#network.host(name);
    if (host.state !== 'stopped') return;
    host.state = 'running';
    host.incarnation++;
    host.startedAtUs = this.#kernel.nowUs;
    this.#network.membershipVersion++;
    host.root = this.#kernel.spawn(this.#life(this.#worldFor(host), host), undefined, host);
  }

  /** A host lives until it is stopped, even when its main process has nothing left to do, unless it exits. */
  *#life(world: World, host: HostRecord): Process<void> {
    const end = yield* host.spec.role.main(world, host.spec.options);
    if (end === 'exit') {
      world.journal.note('host.exited');
      this.#end(host);
    }
    yield* new Sleep(Infinity);
  }

  stop(name: string, graceMs: number): Operation<void> {
    return this.#stop(this.#network.host(name), toUs(graceMs));
  }

  /** Whoever asks while the host is already on its way out waits for the same end. */
  *#stop(host: HostRecord, graceUs: number): Process<void> {
    if (host.state === 'running') this.#depart(host, graceUs);
    if (host.departure !== undefined) yield* host.departure.wait();
  }

  #depart(host: HostRecord, graceUs: number): void {
    const { listener } = host;
    host.state = 'stopping';
    this.#network.membershipVersion++;
    if (listener === undefined || listener.inProgressCount === 0) {
      this.#end(host);
      return;
    }
    listener.accepting = false;
    listener.onIdle = () => this.#end(host);
    host.departure = new Departure(this.#kernel, graceUs, () => this.#end(host));
  }

  crash(name: string): void {
    const host = this.#network.host(name);
    if (host.state !== 'stopped') this.#end(host);
  }

  #end(host: HostRecord): void {
    const { listener, root, departure } = host;
    host.state = 'stopped';
    this.#unpause(host);
    host.listener = undefined;
    host.root = undefined;
    host.departure = undefined;
    this.#network.membershipVersion++;
    departure?.finish();
    listener?.close();
    // Connections that a paused host had not looked at yet.
    for (const { kind, target } of host.takeHeld()) if (kind === ARRIVE && target instanceof Call) target.broken();
    root?.cancel();
  }

  pause(name: string): void {
    const host = this.#network.host(name);
    if (host.state === 'stopped' || host.paused) return;
    host.paused = true;
    this.#kernel.pausedCount++;
  }

  resume(name: string): void {
    const host = this.#network.host(name);
    if (!host.paused) return;
    this.#unpause(host);
    this.#kernel.resume(host.takeHeld());
  }

  #unpause(host: HostRecord): void {
    if (host.paused) this.#kernel.pausedCount--;
    host.paused = false;
  }

  reimage(name: string, platform?: Readonly<Record<string, string>>): void {
    const host = this.#network.host(name);
    if (host.state !== 'stopped') {
      throw new SimulatorError('bad-argument', `Host "${name}" is running.`, 'Stop it before it is re-imaged.');
    }
    host.disk = new Map();
    if (platform !== undefined) host.setPlatform(platform);
  }

  setPlatform(name: string, values: Readonly<Record<string, string>>): void {
    this.#network.host(name).setPlatform(values);
  }
}
