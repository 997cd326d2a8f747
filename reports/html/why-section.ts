/** Why one request failed: the numbered chain of calls, what had befallen the instance before, and the conclusion. */
import type { Explanation, FailureStory, StoryStep } from '../../simulator/experiment/index.ts';
import { duration, percent, whole } from '../render/figures.ts';
import { noteWords } from '../render/note-words.ts';
import { h, type Child, type Markup } from './element.ts';
import { code, paragraph, section } from './figure.ts';

/** From this share of its capacity on, an auth service makes callers wait. */
const BUSY_RATIO = 0.8;

export function whySection(id: string, explanation: Explanation, zone: string, command: string): Markup {
  const { failure, user } = explanation;
  const title = 'Why: one failed request';
  if (failure === null) return section(id, title, paragraph(`No request of ${user} failed.`), again(command));
  return section(id, title, [
    paragraph(
      h('b', {}, `${failure.method} ${failure.path}`),
      ` of ${user} at ${failure.at} ${zone} ended with ${failure.outcome}, and it was ${failure.culprit} that failed it.`,
    ),
    h('ol', { class: 'chain' }, failure.steps.map(stepItem)),
    h('h4', {}, `What had befallen ${failure.culprit}`),
    h('ul', { class: 'chain' }, backgroundItems(failure)),
    ...loadLine(failure),
    paragraph(
      `${user} had ${whole(explanation.failedCallCount)} failed requests of ${whole(explanation.callCount)}; ${whole(
        explanation.othersHitCount,
      )} others were hit.`,
    ),
    again(command),
  ]);
}

function again(command: string): Markup {
  return paragraph('The whole day of this user: ', code(command));
}

function stepItem({ at, host, text, depth, outcome, durationMs }: StoryStep): Markup {
  const took = durationMs === undefined || durationMs === null ? '' : ` after ${duration(durationMs)}`;
  return h('li', { class: `depth-${Math.min(depth, 6)}` }, [
    h('time', {}, at),
    ` ${`${host}: ${text}`.replace(': asks', ' asks')}`,
    outcome === undefined ? null : h('span', { class: 'outcome' }, ` ends with ${outcome}${took}`),
  ]);
}

function backgroundItems({ instance, culprit, faults }: FailureStory): readonly Markup[] {
  const { notes, startedAt, startedAtMs } = instance;
  const dated: { atMs: number; at: string; text: Child }[] = notes.map((note) => {
    return { atMs: note.atMs, at: note.at, text: `${note.host}: ${noteWords(note)}` };
  });
  const start = { atMs: startedAtMs, at: startedAt, text: `${culprit} is started` };
  const place = dated.findIndex(({ atMs }, index) => atMs > startedAtMs || notes[index]!.host === culprit);
  dated.splice(place < 0 ? dated.length : place, 0, start);
  const items = dated.map(({ at, text }) => h('li', {}, [h('time', {}, at), ' ', text]));
  const felt = faults.map(({ id, sentence, from, until, feltBy }) => {
    const met = feltBy === 'request' ? 'this request met it' : `it was on when this befell ${culprit}`;
    return h('li', {}, [h('b', {}, `Fault ${id}`), `, ${from} to ${until}: ${sentence} (${met}).`]);
  });
  const none = h('li', {}, 'No fault was on then, neither for this request nor for this instance.');
  return [...items, ...(felt.length === 0 ? [none] : felt)];
}

function loadLine({ authLoad }: FailureStory): readonly Markup[] {
  if (authLoad.capacityRatio < BUSY_RATIO) return [];
  const share = `${percent(authLoad.capacityRatio)} of its capacity`;
  return [paragraph(`In that minute the auth service was asked ${whole(authLoad.requestsInMinute)} times, ${share}.`)];
}
