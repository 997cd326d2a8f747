/**
 * Runs a workload twice: to the end of its warm-up, which compiles the code and tells how many events that takes, and then
 * from the beginning again to the end, timed from the moment at which the warm-up is over.
 */
import { setImmediate } from 'node:timers/promises';
import {
  cast,
  type HostSpec,
  type Process,
  type Role,
  type Scenario,
  type World,
} from '../../simulator/contract/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { liveBytes } from '../heap.ts';
import type { Sample } from '../sample.ts';
import { Stopwatch } from '../stopwatch.ts';

export interface Workload {
  readonly seed: number;
  /** In virtual time, as is `endMs`. */
  readonly warmUpMs: number;
  readonly endMs: number;
  /** Whose memory is measured when the warm-up is over; left out, none is. */
  readonly clientCount?: number;
  /** Everybody who takes part, made anew for each run. */
  readonly hosts: () => readonly HostSpec[];
  readonly links: Scenario['links'];
  /** What the run leaves in the hosts' hands, by name. */
  readonly figures: () => Readonly<Record<string, number>>;
}

interface TimekeeperOptions {
  readonly atMs: number;
  readonly onTime: () => void;
}

const timekeeper: Role<TimekeeperOptions> = { name: 'timekeeper', main: keepTime };

export async function runTimed(workload: Workload): Promise<Sample> {
  const warmUpEventCount = eventCountOf(workload, workload.warmUpMs);
  // With an empty stack nothing of the warm-up is left but the compiled code.
  await setImmediate();
  return runMeasured(workload, warmUpEventCount);
}

function eventCountOf(workload: Workload, endMs: number): number {
  return runScenario(
    scenarioOf(workload, endMs, () => undefined),
    { seed: workload.seed },
  ).eventCount;
}

async function runMeasured(workload: Workload, warmUpEventCount: number): Promise<Sample> {
  const { seed, clientCount } = workload;
  const stopwatch = new Stopwatch();
  const emptyBytes = clientCount === undefined ? 0 : liveBytes();
  let populatedBytes = 0;
  const onTime = (): void => {
    if (clientCount !== undefined) populatedBytes = liveBytes();
    stopwatch.start();
  };
  const record = runScenario(scenarioOf(workload, workload.endMs, onTime), { seed });
  stopwatch.stop();
  return {
    ...(await stopwatch.read()),
    eventCount: record.eventCount - warmUpEventCount,
    bytesPerClient: clientCount === undefined ? null : (populatedBytes - emptyBytes) / clientCount,
    traceHash: record.traceHash,
    figures: workload.figures(),
  };
}

function scenarioOf({ hosts, links, warmUpMs }: Workload, endMs: number, onTime: () => void): Scenario {
  const options = { atMs: warmUpMs, onTime };
  const keeper = cast({ name: 'timekeeper', pool: 'bench', role: timekeeper, options });
  const windows = [{ fromMs: 0, untilMs: endMs }];
  return { id: 'bench', cast: [keeper, ...hosts()], faults: [], links, windows, endMs };
}

function* keepTime(world: World, { atMs, onTime }: TimekeeperOptions): Process<void> {
  yield* world.timers.sleepUntil(atMs);
  onTime();
}
