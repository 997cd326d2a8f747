/** Sets a scenario up in virtual time: hosts, links, faults, the starts to come. Everything but running it. */
import { SimulatorError } from '../contract/errors.ts';
import type { Scenario } from '../contract/scenario.ts';
import { HostRecord } from './host-record.ts';
import { VirtualHosts } from './hosts.ts';
import { Recorder } from './journal.ts';
import { Kernel, WAKE, type KernelOptions, type Target } from './kernel.ts';
import { VirtualNetwork } from './network.ts';
import type { ProcessRecord } from './process-record.ts';
import { toUs } from './sleep.ts';
import { makeWorld, type Stage } from './world.ts';

export interface StageOptions extends KernelOptions {
  /** The actor whose steps are recorded for `explain`. */
  readonly follow?: string;
}

export interface OpenStage extends Stage {
  readonly hosts: VirtualHosts;
}

/** @throws SimulatorError for a bad seed, a fault without an end or without a target */
export function openStage(scenario: Scenario, options: StageOptions): OpenStage {
  const kernel = new Kernel(options);
  const records = scenario.cast.map((spec, index) => new HostRecord(index, spec));
  const network = new VirtualNetwork(kernel, records, scenario.links);
  const recorder = new Recorder(kernel, options.follow);
  network.story = recorder.story;
  const stage: Stage = { kernel, network, recorder, windows: scenario.windows };
  const hosts = new VirtualHosts(kernel, network, (host) =>
    makeWorld(stage, host, host.spec.role.privileged === true ? hosts : undefined),
  );
  bindFaults(scenario, records);
  for (const host of records) scheduleStart(kernel, hosts, host);
  return { ...stage, hosts };
}

function bindFaults(scenario: Scenario, records: readonly HostRecord[]): void {
  for (const fault of scenario.faults) {
    if (!Number.isFinite(fault.untilMs)) {
      throw new SimulatorError('bad-scenario', `Fault "${fault.id}" has no end.`, 'Give untilMs a finite time.');
    }
    const targets = records.filter((host) => host.name === fault.target || host.pool === fault.target);
    if (targets.length === 0) {
      const message = `Fault "${fault.id}" aims at "${fault.target}", which no host or pool is called.`;
      throw new SimulatorError('bad-scenario', message, 'Name a host or a pool of the cast.');
    }
    for (const host of targets) host.faultWraps = [...host.faultWraps, fault.wrap];
  }
}

function scheduleStart(kernel: Kernel, hosts: VirtualHosts, host: HostRecord): void {
  const atMs = host.spec.startAtMs ?? 0;
  if (atMs === 'never') return;
  if (atMs <= 0) {
    hosts.start(host.name);
    return;
  }
  const target: Target = {
    id: -1 - host.index,
    hostOf: () => undefined,
    fire: () => hosts.start(host.name),
    held: () => undefined,
  };
  kernel.queue.schedule(toUs(atMs), WAKE, target);
}

/** Every event and every process accounted for. */
export function assertConserved(stage: Stage): void {
  let livingCount = 0;
  for (const host of stage.network.hosts) if (host.root !== undefined) livingCount += treeSize(host.root);
  stage.kernel.assertConserved(livingCount);
}

function treeSize(root: ProcessRecord): number {
  let count = 1;
  for (let child = root.firstChild; child !== undefined; child = child.nextSibling) count += treeSize(child);
  return count;
}
