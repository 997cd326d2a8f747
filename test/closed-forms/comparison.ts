/** Replications of a case, and whether theory lies in their interval. */
import { tInterval, type MeanInterval } from '../../simulator/index.ts';
import { withDoor, withPool, type Build } from './builds.ts';
import type { Case } from './cases.ts';
import type { Observation } from './queue.ts';

export const SEED_COUNT = 30;

export interface BuildEntry {
  readonly name: string;
  readonly build: Build;
  /** Others for each, so that the second is evidence of its own. */
  readonly firstSeed: number;
}

export const BUILDS: readonly BuildEntry[] = [
  { name: 'pool', build: withPool, firstSeed: 1 },
  { name: 'door', build: withDoor(), firstSeed: 1 + SEED_COUNT },
];

export interface Row {
  readonly quantity: keyof Observation;
  readonly expected: number;
  readonly interval: MeanInterval;
  readonly contains: boolean;
}

/** One row for each quantity that theory speaks of: the mean over the seeds with its 99 % interval. */
export function compare(queue: Case, { build, firstSeed }: BuildEntry): readonly Row[] {
  const runs = Array.from({ length: SEED_COUNT }, (_, i) => build(queue.model, queue.length, firstSeed + i));
  return Object.entries(queue.expected).map(([name, expected]) => rowOf(runs, name as keyof Observation, expected));
}

export function rowOf(runs: readonly Observation[], quantity: keyof Observation, expected: number): Row {
  const values = runs.map((run) => run[quantity]);
  const interval = tInterval(values, 0.99);
  return { quantity, expected, interval, contains: interval.low <= expected && expected <= interval.high };
}
