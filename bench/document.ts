/** What the bench hands out: one document for machines; the table for people is made from it. */
import { availableParallelism } from 'node:os';

export const SCHEMA_VERSION = 1;

export type SuiteName = 'kernel' | 'replay' | 'growth' | 'score';

export interface Check {
  readonly sentence: string;
  readonly holds: boolean;
}

export interface Target {
  readonly sentence: string;
  readonly met: boolean;
}

/** All times are CPU times unless they say otherwise; each figure is the median of the runs. Null: does not apply. */
export interface BenchResult {
  readonly id: string;
  readonly suite: SuiteName;
  readonly sentence: string;
  /** `not-installed`: what it needs is missing, as the note says; nothing was measured. */
  readonly status: 'measured' | 'not-installed';
  readonly note: string | null;
  readonly runCount: number;
  readonly eventCount: number | null;
  readonly eventsPerSecond: number | null;
  readonly nsPerEvent: number | null;
  /** Least and greatest of the runs. */
  readonly nsPerEventSpread: readonly [number, number] | null;
  readonly wallNsPerEvent: number | null;
  readonly nsPerCustomer: number | null;
  /** Of the wall time of the run: what the garbage collector kept the main thread waiting, 0 to 1. */
  readonly gcShare: number | null;
  readonly bytesPerClient: number | null;
  readonly cpuSeconds: number | null;
  readonly wallSeconds: number | null;
  /** The process at its largest (resident set). */
  readonly peakMemoryBytes: number | null;
  /** How many times as much as what it is compared with: what with, the sentence says. */
  readonly ratio: number | null;
  /** What the workload counted itself, in its first run. */
  readonly figures: Readonly<Record<string, number>>;
  readonly checks: readonly Check[];
  readonly targets: readonly Target[];
}

export interface BenchDocument {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly kind: 'bench';
  readonly suites: readonly SuiteName[];
  /** A short run, to see that everything works: its figures say nothing. */
  readonly quick: boolean;
  readonly node: string;
  readonly platform: string;
  readonly cpus: number;
  readonly results: readonly BenchResult[];
}

export function makeDocument(
  suites: readonly SuiteName[],
  quick: boolean,
  results: readonly BenchResult[],
): BenchDocument {
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: 'bench',
    suites,
    quick,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpus: availableParallelism(),
    results,
  };
}

const NOTHING: Omit<BenchResult, 'id' | 'suite' | 'sentence'> = {
  status: 'measured',
  note: null,
  runCount: 0,
  eventCount: null,
  eventsPerSecond: null,
  nsPerEvent: null,
  nsPerEventSpread: null,
  wallNsPerEvent: null,
  nsPerCustomer: null,
  gcShare: null,
  bytesPerClient: null,
  cpuSeconds: null,
  wallSeconds: null,
  peakMemoryBytes: null,
  ratio: null,
  figures: {},
  checks: [],
  targets: [],
};

/** A result in which whatever is not said does not apply. */
export function makeResult(said: Pick<BenchResult, 'id' | 'suite' | 'sentence'> & Partial<BenchResult>): BenchResult {
  return { ...NOTHING, ...said };
}
