/** Why a request failed and how its user's day went, as text for a terminal. */
import type { DatedNote, DayEntry, Explanation, FailureStory, StoryStep } from '../../simulator/experiment/index.ts';
import { duration, percent, plural, whole } from './figures.ts';
import { noteWords } from './note-words.ts';
import { unpainted, type Paint } from './paint.ts';
import { hanging, wrap } from './wrap.ts';

/** From this share of its capacity on, an auth service makes callers wait. */
const BUSY_RATIO = 0.8;

export function explainText(explanation: Explanation, zone: string, paint: Paint = unpainted): string {
  const { user, failure } = explanation;
  return [
    ...(failure === null ? noFailure(explanation) : failureLines(failure, user, zone, paint)),
    '',
    `${paint('strong', `The day of ${user}`)} (${zone})`,
    ...dayLines(explanation.day),
    ...others(explanation),
  ].join('\n');
}

function noFailure({ user, callCount, asked }: Explanation): readonly string[] {
  const sought = asked === null ? '' : ` near ${asked} or at any other time`;
  return wrap(`No request of ${user} failed${sought}: all ${plural(callCount, 'request')} were answered well.`, 100);
}

function failureLines(failure: FailureStory, user: string, zone: string, paint: Paint): readonly string[] {
  const { at, method, path, outcome, culprit, faults } = failure;
  return [
    `${paint('strong', 'The request')} of ${user} at ${at} ${zone}`,
    ...failure.steps.flatMap((step) => stepLines(step)),
    '',
    paint('strong', `Why ${culprit} failed it`),
    ...background(failure),
    ...faults.flatMap(({ id, sentence, from, until, feltBy }) => {
      const met = feltBy === 'request' ? 'this request met it' : `it was on when this befell ${culprit}`;
      return hanging('  ', `Fault ${id}, ${from} to ${until}: ${sentence} (${met}).`);
    }),
    ...(faults.length === 0 ? ['  No fault was on then, neither for this request nor for this instance.'] : []),
    ...loadLines(failure),
    ...hanging('So: ', `${method} ${path} ended with ${outcome}, and it was ${culprit} that failed it.`),
  ];
}

/** The notes in their order, with the start between what led to it and what came of it. */
function background({ instance, culprit }: FailureStory): readonly string[] {
  const { notes, startedAtMs, startedAt } = instance;
  const led = notes.filter(({ atMs, host }) => atMs <= startedAtMs && host !== culprit);
  const came = notes.filter((note) => !led.includes(note));
  const start = hanging(`  ${startedAt}  `, `${culprit} is started`);
  return [...led.flatMap(noteLines), ...start, ...came.flatMap(noteLines)];
}

function noteLines(note: DatedNote): readonly string[] {
  return hanging(`  ${note.at}  `, `${note.host}: ${noteWords(note)}`);
}

function stepLines({ at, host, text, depth, outcome, durationMs }: StoryStep): readonly string[] {
  const took = durationMs === undefined || durationMs === null ? '' : ` after ${duration(durationMs)}`;
  const end = outcome === undefined ? '' : ` → ${outcome}${took}`;
  return hanging(`  ${at}  ${'  '.repeat(depth)}`, `${host}: ${text}${end}`.replace(': asks', ' asks'));
}

/** Only where the load can be the reason. */
function loadLines({ authLoad }: FailureStory): readonly string[] {
  const { requestsInMinute, capacityRatio } = authLoad;
  if (capacityRatio < BUSY_RATIO) return [];
  const share = `${percent(capacityRatio)} of its capacity`;
  return hanging('  ', `In that minute the auth service was asked ${whole(requestsInMinute)} times, ${share}.`);
}

function dayLines(day: readonly DayEntry[]): readonly string[] {
  if (day.length === 0) return ['  Nothing: this user did nothing in this play.'];
  return day.flatMap(({ at, until, text, count, good }) => {
    const sameDay = at.slice(0, -8) === until.slice(0, -8);
    const last = sameDay ? until.slice(-8) : until;
    const alike = count === 1 || good ? text : `${text} (${count} times)`;
    return hanging(`  ${at}${count === 1 ? '' : ` to ${last}`}  `, alike);
  });
}

function others({ othersHit, othersHitCount, user }: Explanation): readonly string[] {
  if (othersHitCount === 0) return ['', `Nobody but ${user} had a failed request.`];
  const more = othersHitCount > othersHit.length ? ' …' : '';
  return ['', ...wrap(`Others with failed requests (${othersHitCount}): ${othersHit.join(', ')}${more}`, 100)];
}
