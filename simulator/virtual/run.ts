/** Runs a scenario in virtual time and hands back the record. */
import { SimulatorError } from '../contract/errors.ts';
import type { Scenario } from '../contract/scenario.ts';
import { HostRecord } from './host-record.ts';
import { VirtualHosts } from './hosts.ts';
import { Recorder, type Note, type Series, type Step } from './journal.ts';
import { Kernel, type EventTap, type Target } from './kernel.ts';
import { VirtualNetwork } from './network.ts';
import type { Story } from './story.ts';
import { toUs } from './sleep.ts';
import { makeWorld, type Stage } from './world.ts';

export interface RunOptions {
  /** Non-negative safe integer. */
  readonly seed: number;
  /** The actor whose steps are recorded for `explain`. */
  readonly follow?: string;
  readonly keepCheckpoints?: boolean;
  readonly tap?: EventTap;
}

export interface RunRecord {
  readonly seed: number;
  readonly endMs: number;
  readonly eventCount: number;
  readonly traceHash: string;
  readonly checkpoints: readonly string[];
  readonly notes: readonly Note[];
  readonly series: readonly Series[];
  readonly harm: ReadonlyMap<string, ReadonlyMap<number, ReadonlySet<number>>>;
  readonly steps: readonly Step[];
  /** Only when somebody was followed. */
  readonly story?: Pick<Story, 'calls' | 'starts' | 'actors'>;
}

const START = 0;

/** @throws SimulatorError when a process of the model fails or an event or process is lost */
export function runScenario(scenario: Scenario, options: RunOptions): RunRecord {
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
  kernel.run(toUs(scenario.endMs));
  kernel.assertConserved(livingCount(records));
  return {
    seed: options.seed,
    endMs: scenario.endMs,
    eventCount: kernel.trace.eventCount,
    traceHash: kernel.trace.digest(),
    checkpoints: kernel.trace.checkpoints,
    notes: recorder.notes,
    series: recorder.series,
    harm: recorder.harm,
    steps: recorder.steps,
    ...(recorder.story === undefined ? {} : { story: recorder.story }),
  };
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
  kernel.queue.schedule(toUs(atMs), START, target);
}

function livingCount(records: readonly HostRecord[]): number {
  let count = 0;
  for (const host of records) if (host.root !== undefined) count += treeSize(host.root);
  return count;
}

function treeSize(root: NonNullable<HostRecord['root']>): number {
  let count = 1;
  for (let child = root.firstChild; child !== undefined; child = child.nextSibling) count += treeSize(child);
  return count;
}
