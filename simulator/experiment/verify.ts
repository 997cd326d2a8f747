/**
 * Runs a play twice and compares: a seed must give one history. Where two runs part, two more are recorded around the place,
 * to name the first event that differs.
 */
import type { Scenario } from '../contract/index.ts';
import { CHECKPOINT_EVENTS, runScenario, type RunRecord } from '../virtual/index.ts';
import { canonicalJson, digestOf } from './canonical.ts';
import { recordContents } from './trial.ts';

/** One event of the kernel, as far as its trace knows it. */
export interface TracedEvent {
  /** 1 for the first event of the run. */
  readonly number: number;
  readonly atMs: number;
  readonly kind: string;
  /** Where it happens; null for a packet on its way. */
  readonly host: string | null;
  /** Of the process or call that it is aimed at, in order of their making. */
  readonly targetId: number;
}

export type Verification =
  | { readonly identical: true; readonly eventCount: number; readonly traceHash: string; readonly recordDigest: string }
  | { readonly identical: false; readonly difference: Difference };

export type Difference =
  /** The first event that differs; null for a run that has no such event. */
  | { readonly in: 'events'; readonly first: TracedEvent | null; readonly second: TracedEvent | null }
  /** The events agree, the record does not: `part` of it, and the first entry that differs in each run. */
  | { readonly in: 'record'; readonly part: string; readonly first: string; readonly second: string }
  /** The first two runs part between these two events, and the next two agree there: no event can be named. */
  | { readonly in: 'stretch'; readonly afterEvent: number; readonly beforeEvent: number };

/** What kernel events are called, by kind (see `simulator/virtual`). */
const KIND_NAMES = [
  'a process wakes up',
  'a request arrives',
  'a reply arrives',
  'a caller loses patience',
  'TCP tries again',
];

/** @throws SimulatorError as `runScenario` does */
export function verifyScenario(scenario: Scenario, seed: number): Verification {
  const first = runScenario(scenario, { seed, keepCheckpoints: true });
  const second = runScenario(scenario, { seed, keepCheckpoints: true });
  if (first.traceHash !== second.traceHash || first.eventCount !== second.eventCount) {
    return { identical: false, difference: differenceOfEvents(scenario, seed, first, second) };
  }
  const difference = differenceOfRecords(first, second);
  if (difference !== undefined) return { identical: false, difference };
  const { eventCount, traceHash } = first;
  return { identical: true, eventCount, traceHash, recordDigest: digestOf(recordContents(first)) };
}

function differenceOfEvents(scenario: Scenario, seed: number, first: RunRecord, second: RunRecord): Difference {
  const agreed = agreedCount(first.checkpoints, second.checkpoints) * CHECKPOINT_EVENTS;
  const until = agreed + CHECKPOINT_EVENTS;
  const one = recordedStretch(scenario, seed, agreed, until);
  const other = recordedStretch(scenario, seed, agreed, until);
  for (let index = 0; index < Math.max(one.length, other.length); index++) {
    const [a, b] = [one[index] ?? null, other[index] ?? null];
    if (canonicalJson(a) !== canonicalJson(b)) return { in: 'events', first: a, second: b };
  }
  return { in: 'stretch', afterEvent: agreed, beforeEvent: until };
}

function agreedCount(first: readonly string[], second: readonly string[]): number {
  const parted = first.findIndex((hash, index) => hash !== second[index]);
  return parted < 0 ? Math.min(first.length, second.length) : parted;
}

/** The events after number `after`, up to number `until`, of one more run. */
function recordedStretch(scenario: Scenario, seed: number, after: number, until: number): readonly TracedEvent[] {
  const events: TracedEvent[] = [];
  const tap = (number: number, timeUs: number, kind: number, targetId: number, host: string | undefined): void => {
    if (number <= after || number > until) return;
    const name = KIND_NAMES[kind] ?? `kind ${kind}`;
    events.push({ number, atMs: timeUs / 1000, kind: name, host: host ?? null, targetId });
  };
  runScenario(scenario, { seed, tap });
  return events;
}

function differenceOfRecords(first: RunRecord, second: RunRecord): Difference | undefined {
  const [one, other] = [recordContents(first), recordContents(second)];
  for (const part of Object.keys(one)) {
    if (canonicalJson(one[part]) === canonicalJson(other[part])) continue;
    return { in: 'record', part, ...firstDifference(listOf(one[part]), listOf(other[part])) };
  }
  return undefined;
}

function firstDifference(one: readonly unknown[], other: readonly unknown[]): { first: string; second: string } {
  let index = 0;
  while (canonicalJson(one[index] ?? null) === canonicalJson(other[index] ?? null)) index++;
  return { first: canonicalJson(one[index] ?? null), second: canonicalJson(other[index] ?? null) };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
