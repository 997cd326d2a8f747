/** One user's day in their own words, in order; runs of alike entries, and loops of a few, stand as one. */
import { hasFailed } from '../virtual/index.ts';
import type { DayEntry } from './explanation.ts';
import { outcomeOf, type StoryInput } from './explain-failure.ts';

interface Saying {
  readonly atMs: number;
  readonly text: string;
  readonly good: boolean;
}

/** A loop is at most so many entries long, and worth folding from so many rounds on. */
const LOOP_ENTRIES = 4;
const LOOP_ROUNDS = 3;

export function dayOf(input: StoryInput): readonly DayEntry[] {
  const runs: Saying[][] = [];
  for (const saying of sayingsOf(input)) {
    const run = runs.at(-1);
    if (run !== undefined && keyOf(run) === keyOf([saying])) run.push(saying);
    else runs.push([saying]);
  }
  const day: DayEntry[] = [];
  for (let at = 0; at < runs.length;) {
    const length = loopLength(runs, at);
    const rounds = length === 0 ? 1 : roundsOf(runs, at, length);
    const end = at + rounds * Math.max(1, length);
    day.push(length === 0 ? runEntry(runs[at]!, input.write) : loopEntry(runs.slice(at, end), length, input.write));
    at = end;
  }
  return day;
}

/** What the user's own steps say; where a population keeps silent, its calls. */
function sayingsOf({ record }: StoryInput): readonly Saying[] {
  const own = record.steps.filter(({ call }) => call === null);
  if (own.length > 0) {
    return own.map(({ atMs, text, detail }) => ({ atMs, text, good: isGood(text, detail['status']) }));
  }
  const calls = record.story!.calls.filter(({ parent }) => parent === null);
  return calls.map((call) => ({
    atMs: call.atMs,
    text: `${call.method} ${call.path}: ${outcomeOf(call)}`,
    good: !hasFailed(call.status, call.location),
  }));
}

/** Clients end the step of an action that worked with `ok`, or give its status. */
function isGood(text: string, status: unknown): boolean {
  return /\bok$/.test(text) || (typeof status === 'number' && status >= 200 && status < 300);
}

/** Good actions are alike; other entries are when they differ in nothing but numbers. */
function keyOf([first]: readonly Saying[]): string {
  return first!.good ? 'good' : first!.text.replace(/\d+/g, '#');
}

/** How many runs from `at` on make one round of a loop; 0 where there is none. Good actions are no part of a loop. */
function loopLength(runs: readonly (readonly Saying[])[], at: number): number {
  let [best, covered] = [0, 0];
  for (let length = 2; length <= LOOP_ENTRIES; length++) {
    if (runs.slice(at, at + length).some(([first]) => first!.good)) break;
    const rounds = roundsOf(runs, at, length);
    if (rounds >= LOOP_ROUNDS && rounds * length > covered) [best, covered] = [length, rounds * length];
  }
  return best;
}

function roundsOf(runs: readonly (readonly Saying[])[], at: number, length: number): number {
  let end = at + length;
  while (end < runs.length && keyOf(runs[end]!) === keyOf(runs[end - length]!)) end++;
  return Math.floor((end - at) / length);
}

function runEntry(run: readonly Saying[], write: (atMs: number) => string): DayEntry {
  const { good, text } = run[0]!;
  return {
    ...datesOf(run, write),
    text: good && run.length > 1 ? `${run.length} actions fine` : text,
    count: run.length,
    good,
  };
}

function loopEntry(runs: readonly (readonly Saying[])[], length: number, write: (atMs: number) => string): DayEntry {
  const text = runs
    .slice(0, length)
    .map(([first]) => first!.text)
    .join('; ');
  return { ...datesOf(runs.flat(), write), text, count: runs.length / length, good: false };
}

function datesOf(sayings: readonly Saying[], write: (atMs: number) => string): Pick<DayEntry, 'atMs' | 'at' | 'until'> {
  const [first, last] = [sayings[0]!, sayings.at(-1)!];
  return { atMs: first.atMs, at: write(first.atMs), until: write(last.atMs) };
}
