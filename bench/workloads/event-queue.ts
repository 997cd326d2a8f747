/**
 * The hold model (D. W. Jones, "An Empirical Comparison of Priority-Queue and Event-Set Implementations", 1986): with a
 * constant number of events pending, take the earliest and schedule another an exponential time later.
 */
import { Draws, hashText } from '../../simulator/contract/index.ts';
import { EventQueue } from '../../simulator/virtual/queue/event-queue.ts';
import type { Sample } from '../sample.ts';
import { Stopwatch } from '../stopwatch.ts';

const INCREMENT_COUNT = 65_536;
const INCREMENT_MEAN_US = 1_000_000;
const TARGET = Object.freeze({});

export type QueueStructure = 'heap' | 'wheel';

export async function holdModel(
  seed: number,
  structure: QueueStructure,
  pendingCount: number,
  holdCount: number,
): Promise<Sample> {
  const queue = new EventQueue({ wheelThresholdCount: structure === 'heap' ? Infinity : 0 });
  const increments = incrementsOf(seed);
  for (let index = 0; index < pendingCount; index++) {
    queue.schedule(increments[index % INCREMENT_COUNT]! + index, 0, TARGET);
  }
  hold(queue, increments, Math.max(pendingCount, Math.floor(holdCount / 4)));
  const stopwatch = new Stopwatch();
  stopwatch.start();
  const order = hold(queue, increments, holdCount);
  stopwatch.stop();
  queue.assertConserved();
  return {
    ...(await stopwatch.read()),
    eventCount: holdCount,
    bytesPerClient: null,
    traceHash: (order >>> 0).toString(16),
    figures: { pendingCount },
  };
}

/** Returns a checksum of the order in which events came, so that two structures can be compared. */
function hold(queue: EventQueue, increments: Float64Array, count: number): number {
  let order = hashText('hold') | 0;
  for (let held = 0; held < count; held++) {
    queue.next(Infinity);
    order = Math.imul(order ^ queue.sequence, 0x01000193) + (queue.timeUs | 0);
    queue.schedule(queue.timeUs + increments[held & (INCREMENT_COUNT - 1)]!, 0, TARGET);
  }
  return order;
}

function incrementsOf(seed: number): Float64Array {
  const draws = new Draws(seed, 'bench', 'increment');
  return Float64Array.from({ length: INCREMENT_COUNT }, (_, index) => {
    return Math.round(draws.exponential(INCREMENT_MEAN_US, index));
  });
}
