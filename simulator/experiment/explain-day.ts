/** One user's day in their own words, in order; runs of alike entries stand as one. */
import { hasFailed } from '../virtual/index.ts';
import type { DayEntry } from './explanation.ts';
import { outcomeOf, type StoryInput } from './explain-failure.ts';

interface Saying {
  readonly atMs: number;
  readonly text: string;
  readonly good: boolean;
}

export function dayOf(input: StoryInput): readonly DayEntry[] {
  const sayings = sayingsOf(input);
  const runs: Saying[][] = [];
  for (const saying of sayings) {
    const run = runs.at(-1);
    if (run !== undefined && alike(run[0]!) === alike(saying)) run.push(saying);
    else runs.push([saying]);
  }
  return runs.map((run) => entryOf(run, input.write));
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
function alike({ text, good }: Saying): string {
  return good ? 'good' : text.replace(/\d+/g, '#');
}

function entryOf(run: readonly Saying[], write: (atMs: number) => string): DayEntry {
  const [first, last] = [run[0]!, run.at(-1)!];
  const { good } = first;
  const dates = { atMs: first.atMs, at: write(first.atMs), until: write(last.atMs) };
  if (run.length === 1) return { ...dates, text: first.text, count: 1, good };
  return { ...dates, text: good ? `${run.length} actions fine` : first.text, count: run.length, good };
}
