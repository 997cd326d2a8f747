/** What one run of one workload in a process of its own has to tell. */
import type { Reading } from './stopwatch.ts';

export interface Sample extends Reading {
  /** Of the measured part. */
  readonly eventCount: number;
  readonly bytesPerClient: number | null;
  /** Of the whole run; the same in each run of a workload, or they did not do the same work. */
  readonly traceHash: string;
  /** What the workload counted itself, by name. */
  readonly figures: Readonly<Record<string, number>>;
}
