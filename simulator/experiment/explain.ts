/** Why did this user's request fail? Replays the same run once more, following one user, and tells what it saw. */
import { SimulatorError, type Mitigation } from '../contract/index.ts';
import { hasFailed, type FollowedCall } from '../virtual/index.ts';
import { digestOf } from './canonical.ts';
import { dayOf } from './explain-day.ts';
import { failureStory, type StoryInput } from './explain-failure.ts';
import type { Explanation } from './explanation.ts';
import type { AssumptionValues, Incident, IncidentClock } from './incident.ts';
import { SCHEMA_VERSION } from './result.ts';
import { runTrial, type Trial } from './trial.ts';
import { clockOf, momentsOf } from './wall-clock.ts';

export interface ExplainInput {
  readonly incident: Incident;
  readonly seed: number;
  readonly mitigations: readonly Mitigation[];
  readonly assumptions: AssumptionValues;
  /** Name of the user; whoever was hit first when left out. */
  readonly user?: string;
  /** A moment on the incident's clock (`16:02`); the user's first failure when left out. */
  readonly at?: string;
}

const OTHERS_SHOWN = 10;

/** @throws SimulatorError for an unknown user, or a moment that the play does not have */
export function explain(input: ExplainInput): Explanation {
  const user = input.user ?? firstHit(follow(input, ''));
  const trial = follow(input, user);
  const { record } = trial.view;
  const { actors, calls } = record.story!;
  if (!actors.has(user)) throw unknownUser(input, user, [...actors.keys()]);
  const own = calls.filter(({ parent }) => parent === null);
  const failed = own.filter(isFailure);
  const chosen = nearest(failed, askedMoments(input.incident.clock, input.at, record.endMs));
  const write = clockOf(input.incident.clock, record.endMs);
  const story: StoryInput = {
    record,
    faults: trial.scenario.faults,
    user,
    authLoad: authLoadOf(input.incident, trial),
    write: (atMs) => write(atMs, true),
  };
  const others = [...actors].filter(([name, atMs]) => name !== user && atMs !== null);
  others.sort(([, a], [, b]) => a! - b!);
  const document = {
    schemaVersion: SCHEMA_VERSION,
    kind: 'explain' as const,
    mode: input.mitigations.length === 0 ? ('historical' as const) : ('counterfactual' as const),
    scenario: input.incident.id,
    title: input.incident.title,
    seed: input.seed,
    mitigations: input.mitigations.map(({ id }) => id),
    assumptions: trial.values,
    user,
    asked: input.at ?? null,
    failure: chosen === undefined ? null : failureStory(story, chosen),
    failedCallCount: failed.length,
    callCount: own.length,
    day: dayOf(story),
    othersHit: others.slice(0, OTHERS_SHOWN).map(([name]) => name),
    othersHitCount: others.length,
    traceHash: record.traceHash,
  };
  return { ...document, digest: digestOf(document) };
}

function authLoadOf({ authLoad }: Incident, { view, values }: Trial): StoryInput['authLoad'] {
  return { byMinute: view.byMinute(authLoad.counter), capacityPerSecond: authLoad.capacityPerSecond(values) };
}

function follow(input: ExplainInput, user: string): Trial {
  return runTrial({ ...input, timetable: 'historical', follow: user });
}

/** Any answer that did not give what was asked for; `hasFailed` leaves out what a client must expect (an expired grant). */
function isFailure(call: FollowedCall): boolean {
  return call.endedAtMs !== null && (call.status >= 400 || isHard(call));
}

function isHard({ status, location }: FollowedCall): boolean {
  return hasFailed(status, location);
}

function firstHit({ view }: Trial): string {
  const actors = [...view.record.story!.actors];
  const hit = actors.filter(([, atMs]) => atMs !== null).sort(([, a], [, b]) => a! - b!);
  return (hit[0] ?? actors[0])?.[0] ?? '';
}

/**
 * The moments of a play that a text can mean; none when nobody asked for one.
 *
 * @throws SimulatorError when the play has no such moment
 */
export function askedMoments(clock: IncidentClock, at: string | undefined, endMs: number): readonly number[] {
  if (at === undefined) return [];
  const moments = momentsOf(clock, at, endMs);
  if (moments.length > 0) return moments;
  const write = clockOf(clock, endMs);
  const remedy = `Give a time from ${write(0)} to ${write(endMs)} ${clock.zone}, as HH:MM.`;
  throw new SimulatorError('bad-argument', `The play has no moment "${at}".`, remedy);
}

/** The failed call nearest to any of the moments; without a moment the first that nobody could expect, or the first. */
function nearest(failed: readonly FollowedCall[], moments: readonly number[]): FollowedCall | undefined {
  if (moments.length === 0) return failed.find(isHard) ?? failed[0];
  const distance = (call: FollowedCall): number => Math.min(...moments.map((atMs) => Math.abs(call.atMs - atMs)));
  return [...failed].sort((a, b) => distance(a) - distance(b))[0];
}

function unknownUser(input: ExplainInput, user: string, known: readonly string[]): SimulatorError {
  const message = `${input.incident.id} has no user "${user}" under seed ${input.seed}.`;
  if (known.length === 0) return new SimulatorError('bad-argument', message, 'Nobody made a request in this play.');
  return new SimulatorError('bad-argument', message, `It has: ${rangesOf(known)}.`);
}

/** `u0 to u399 (400 users)`: names that differ only in the number at their end stand together. */
function rangesOf(names: readonly string[]): string {
  const numbers = new Map<string, number[]>();
  for (const name of names) {
    const [, stem, number] = /^(.*?)(\d*)$/.exec(name)!;
    numbers.set(stem!, [...(numbers.get(stem!) ?? []), number === '' ? -1 : Number(number)]);
  }
  const ranges = [...numbers].map(([stem, list]) => {
    const nameOf = (number: number): string => (number < 0 ? stem : `${stem}${number}`);
    if (list.length === 1) return nameOf(list[0]!);
    return `${nameOf(Math.min(...list))} to ${nameOf(Math.max(...list))} (${list.length} users)`;
  });
  return ranges.join(', ');
}
