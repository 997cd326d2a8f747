/**
 * The causal chain of one failed request: every call made for it and what was said on the way, then what had befallen the
 * instance that failed it since its last start, and the faults that were on at these moments.
 */
import type { FaultSpec } from '../contract/index.ts';
import { hasFailed, type FollowedCall, type Note, type RunRecord, type Step } from '../virtual/index.ts';
import type { DatedNote, FailureStory, FeltFault, InstanceStory, StoryStep } from './explanation.ts';

export interface StoryInput {
  /** Of a run in which `user` was followed. */
  readonly record: RunRecord;
  readonly faults: readonly FaultSpec[];
  readonly user: string;
  readonly authLoad: { readonly byMinute: readonly number[]; readonly capacityPerSecond: number };
  /** Writes a moment on the incident's clock. */
  readonly write: (atMs: number) => string;
}

const NO_ANSWERS: Readonly<Record<NonNullable<FollowedCall['failure']>, string>> = {
  timeout: 'no answer in time',
  abandoned: 'no answer, the caller stopped waiting',
  refused: 'connection refused',
  reset: 'connection reset',
  cut: 'an answer cut short',
};

/** Notes with which an orchestrator's work on an instance begins and ends; they bear a label. */
const WORK_BEGAN = 'orchestrator.began';
const WORK_ENDED = 'orchestrator.ended';

export function failureStory(input: StoryInput, failed: FollowedCall): FailureStory {
  const { record, user, write } = input;
  const calls = record.story!.calls;
  const tree = subtree(calls, failed);
  const last = lastFailed(tree, failed);
  const instance = instanceStory(input, last.to, failed.endedAtMs ?? record.endMs);
  return {
    atMs: failed.atMs,
    at: write(failed.atMs),
    method: failed.method,
    path: failed.path,
    outcome: outcomeOf(failed),
    culprit: last.to,
    steps: stepsOf(input, tree, afterwards(record.steps, calls, failed), user),
    instance,
    faults: feltFaults(input, tree, instance),
    authLoad: loadAt(input, failed.atMs),
  };
}

function loadAt({ authLoad }: StoryInput, atMs: number): FailureStory['authLoad'] {
  const requestsInMinute = authLoad.byMinute[Math.floor(atMs / 60_000)] ?? 0;
  return { requestsInMinute, capacityRatio: requestsInMinute / 60 / authLoad.capacityPerSecond };
}

/** The call and all calls made while it was handled, in order of their beginning. */
function subtree(calls: readonly FollowedCall[], root: FollowedCall): readonly FollowedCall[] {
  const ids = new Set([root.id]);
  return calls.filter((call) => {
    if (call.parent !== null && ids.has(call.parent)) ids.add(call.id);
    return ids.has(call.id);
  });
}

/** Follows the failure to where it came from: the last failed call within the failed call, and so on down. */
function lastFailed(tree: readonly FollowedCall[], call: FollowedCall): FollowedCall {
  const within = tree.filter(({ parent }) => parent === call.id);
  const failed = within.filter(({ endedAtMs, status, location }) => endedAtMs === null || hasFailed(status, location));
  const last = failed.at(-1);
  return last === undefined ? call : lastFailed(tree, last);
}

/** The user's own words from the failed call up to their next one. */
function afterwards(steps: readonly Step[], calls: readonly FollowedCall[], failed: FollowedCall): readonly Step[] {
  const endedAtMs = failed.endedAtMs ?? failed.atMs;
  const next = calls.find(({ id, parent }) => parent === null && id > failed.id);
  return steps.filter(({ call, atMs }) => {
    return call === null && atMs >= endedAtMs && (next === undefined || atMs <= next.atMs);
  });
}

function stepsOf(
  { record, write }: StoryInput,
  tree: readonly FollowedCall[],
  words: readonly Step[],
  user: string,
): readonly StoryStep[] {
  const depths = new Map<number, number>();
  for (const { id, parent } of tree) depths.set(id, (parent === null ? -1 : (depths.get(parent) ?? -1)) + 1);
  const called = tree.map((call): StoryStep & { order: number } => ({
    atMs: call.atMs,
    at: write(call.atMs),
    host: call.parent === null ? user : call.from,
    text: `asks ${call.to}: ${call.method} ${call.path}${droppedText(call.droppedCount)}`,
    depth: depths.get(call.id)!,
    outcome: outcomeOf(call),
    durationMs: call.endedAtMs === null ? null : call.endedAtMs - call.atMs,
    order: call.id,
  }));
  const said = record.steps.flatMap((step): (StoryStep & { order: number })[] => {
    const { atMs, host, text, call } = step;
    if (call !== null && depths.has(call)) {
      return [{ atMs, at: write(atMs), host, text, depth: depths.get(call)! + 1, order: call + 0.5 }];
    }
    return words.includes(step) ? [{ atMs, at: write(atMs), host: user, text, depth: 0, order: Infinity }] : [];
  });
  // At one moment: a call, the words of whoever received it, the calls made then; the user's own words last.
  return [...called, ...said]
    .sort((a, b) => a.atMs - b.atMs || (a.order < b.order ? -1 : a.order > b.order ? 1 : 0))
    .map(({ order: _order, ...step }) => step);
}

function droppedText(count: number): string {
  return count === 0 ? '' : ` (connection dropped at a full door ${count === 1 ? 'once' : `${count} times`})`;
}

/** `401`, `302 to /login`, `no answer in time`. */
export function outcomeOf({ status, failure, location, endedAtMs }: FollowedCall): string {
  if (endedAtMs === null) return 'no answer';
  if (status === 0) return NO_ANSWERS[failure ?? 'abandoned'];
  return location === null ? String(status) : `${status} to ${location}`;
}

function instanceStory({ record, write }: StoryInput, host: string, untilMs: number): InstanceStory {
  const starts = record.story!.starts.filter((start) => start.host === host && start.atMs <= untilMs);
  const startedAtMs = starts.at(-1)?.atMs ?? 0;
  const notes = record.notes.filter((note) => {
    if (note.atMs > untilMs) return false;
    if (note.host === host) return note.atMs >= startedAtMs;
    return isAbout(note, host) ? note.atMs >= startedAtMs : underWay(record.notes, note, startedAtMs);
  });
  const dated = notes.map(({ atMs, host: by, kind, detail }): DatedNote => {
    return { atMs, at: write(atMs), host: by, kind, detail };
  });
  return { host, startedAtMs, startedAt: write(startedAtMs), notes: dated };
}

function isAbout(note: Note, host: string): boolean {
  return note.detail['instance'] === host;
}

/** Whether this note begins a work of the platform in the middle of which the instance was started. */
function underWay(notes: readonly Note[], note: Note, startedAtMs: number): boolean {
  if (note.kind !== WORK_BEGAN || note.atMs > startedAtMs || startedAtMs === 0) return false;
  const { label } = note.detail;
  const end = notes.find((other) => {
    return other.kind === WORK_ENDED && other.detail['label'] === label && other.atMs >= note.atMs;
  });
  return end === undefined || end.atMs >= startedAtMs;
}

function feltFaults(input: StoryInput, tree: readonly FollowedCall[], instance: InstanceStory): readonly FeltFault[] {
  const { record, faults, write } = input;
  const ids = new Set(tree.map(({ id }) => id));
  const met = new Set(
    record.steps.flatMap(({ call, detail }) => (call !== null && ids.has(call) ? [detail['fault']] : [])),
  );
  return faults.flatMap(({ id, sentence, fromMs, untilMs }): FeltFault[] => {
    const on = instance.notes.some(({ atMs, host }) => host === instance.host && atMs >= fromMs && atMs <= untilMs);
    if (!met.has(id) && !on) return [];
    return [{ id, sentence, from: write(fromMs), until: write(untilMs), feltBy: met.has(id) ? 'request' : 'instance' }];
  });
}
