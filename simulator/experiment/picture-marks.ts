/** The notes of a record as marks on swim lanes: each in its lane, alike ones that follow each other closely as one. */
import type { Note } from '../virtual/index.ts';
import type { Lane, LaneMark } from './picture.ts';

const MINUTE_MS = 60_000;
const MERGED_WITHIN_MINUTES = 10;
const HOSTS_SHOWN = 12;

/** The longest name that fits goes first. What is not here is told elsewhere (the attacker), or is everyday life. */
const LANES: readonly (readonly [prefix: string, lane: Lane])[] = [
  ['keys.', 'instances'],
  ['session.', 'instances'],
  ['host.', 'instances'],
  ['backend.', 'instances'],
  ['orchestrator.', 'platform'],
  ['router.', 'edge'],
  ['rate-limit.', 'edge'],
  ['operator.acted', 'operator'],
  ['operator.reacted', 'operator'],
  ['operator.', 'monitor'],
  ['mitigation.', 'mitigation'],
];

/** Each start of an instance says it; its keys or its absence tell the story. */
const EVERYDAY = new Set(['backend.listening', 'router.healthy']);

/** Notes that only say until when an earlier one lasts, and which. They are marks of their own only where they say more. */
const ENDINGS: Readonly<Record<string, { readonly begun: string; readonly isMark: boolean }>> = {
  'orchestrator.ended': { begun: 'orchestrator.began', isMark: false },
  'operator.all-clear': { begun: 'operator.paged', isMark: false },
  'keys.loaded': { begun: 'keys.missing', isMark: true },
};

interface Growing {
  readonly first: Note;
  readonly lane: Lane;
  lastMs: number;
  count: number;
  readonly hosts: Set<string>;
}

/** In order of their beginning. */
export function laneMarks(
  notes: readonly Note[],
  binMinutes: number,
  write: (atMs: number) => string,
): readonly LaneMark[] {
  const nearMs = Math.max(MERGED_WITHIN_MINUTES, 2 * binMinutes) * MINUTE_MS;
  const latest = new Map<string, Growing>();
  const marks: Growing[] = [];
  for (const note of notes) {
    const lane = laneOf(note);
    if (lane === undefined) continue;
    const ending = ENDINGS[note.kind];
    if (ending !== undefined && prolonged(marks, ending.begun, note) && !ending.isMark) continue;
    const key = keyOf(note);
    const mark = latest.get(key);
    if (mark !== undefined && note.atMs - mark.lastMs <= nearMs) {
      mark.lastMs = note.atMs;
      mark.count++;
      mark.hosts.add(subjectOf(note));
    } else {
      const next = { first: note, lane, lastMs: note.atMs, count: 1, hosts: new Set([subjectOf(note)]) };
      latest.set(key, next);
      marks.push(next);
    }
  }
  return marks.map((mark) => finished(mark, write));
}

/** The latest mark of this kind that the note speaks of lasts until now; false where there is none. */
function prolonged(marks: readonly Growing[], kind: string, note: Note): boolean {
  const begun = marks.findLast(({ first, hosts }) => {
    return first.kind === kind && saidIn(first) === saidIn(note) && hosts.has(subjectOf(note));
  });
  if (begun === undefined) return false;
  begun.lastMs = note.atMs;
  return true;
}

function finished({ first, lane, lastMs, count, hosts }: Growing, write: (atMs: number) => string): LaneMark {
  return {
    lane,
    kind: first.kind,
    fromMs: first.atMs,
    untilMs: lastMs,
    from: write(first.atMs),
    until: write(lastMs),
    count,
    hosts: [...hosts].slice(0, HOSTS_SHOWN),
    hostCount: hosts.size,
    detail: first.detail,
  };
}

function laneOf({ kind }: Note): Lane | undefined {
  if (EVERYDAY.has(kind)) return undefined;
  return LANES.find(([prefix]) => kind.startsWith(prefix))?.[1];
}

/** What a person does is told one by one where it differs; of machines only the kind counts. */
function keyOf(note: Note): string {
  return `${note.kind} ${saidIn(note)}`;
}

function saidIn({ detail }: Note): string {
  return String(detail['label'] ?? detail['alert'] ?? detail['mitigation'] ?? '');
}

/** Whom a note speaks of: the platform and the router speak of instances. */
function subjectOf({ host, detail }: Note): string {
  return typeof detail['instance'] === 'string' ? detail['instance'] : host;
}
