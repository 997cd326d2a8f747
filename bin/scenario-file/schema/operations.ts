/** What people and the platform do: dated actions, the response to the trouble, how people hear of it. */
import { z } from 'zod';
import type { Moments } from '../moments.ts';
import { rateLimit } from './rate-limit.ts';
import {
  count,
  duration,
  fields,
  moment,
  path,
  positiveDuration,
  positiveNumber,
  ratio,
  renamed,
  text,
} from './values.ts';

/** A pool, a host, `eu-*-role-*`, or a list of hosts. */
const hosts = () =>
  z.union([text(), z.array(text()).min(1)]).describe('A pool, a host, several with a star, or a list.');

const action = () =>
  z.discriminatedUnion('do', [
    renamed(
      {
        do: z.literal('restart'),
        hosts: hosts(),
        every: positiveDuration().describe('From one instance to the next, the oldest process first.').exactOptional(),
        grace: duration().describe('For work in progress.').exactOptional(),
      },
      { every: 'everyMs', grace: 'graceMs' },
    ),
    fields({ do: z.literal('start'), hosts: hosts() }),
    renamed(
      {
        do: z.literal('move'),
        hosts: hosts(),
        down: duration().describe('How long each is away before it boots on the new hardware.').exactOptional(),
        grace: duration().exactOptional(),
      },
      { down: 'downMs', grace: 'graceMs' },
    ),
    fields({
      do: z.literal('set-platform'),
      hosts: hosts(),
      values: z.record(z.string(), z.string({ error: 'must be a text; put numbers in quotes.' })),
    }),
    fields({ do: z.literal('rate-limit'), host: text(), limit: rateLimit() }),
    fields({ do: z.literal('request'), host: text(), path: path(), body: z.unknown().exactOptional() }),
  ]);

export const step = (moments: Moments) =>
  renamed(
    {
      at: moment(moments),
      label: text().describe('The words for the timeline.').exactOptional(),
      actions: z.array(action()).exactOptional(),
    },
    { at: 'atMs' },
  );

export const operator = (moments: Moments) =>
  fields({
    response: z
      .array(step(moments))
      .describe('What your people do, when. A page from an alert can bring it forward, from its first action on.')
      .exactOptional(),
    reports: renamed(
      {
        needed: count(1).describe('Reports of users that make support call an engineer.').exactOptional(),
        triage: duration().describe('From there until the team knows what it is.').exactOptional(),
      },
      { needed: 'thresholdCount', triage: 'triageMs' },
    ).exactOptional(),
    onPage: renamed(
      {
        reaction: positiveDuration().describe('From a page to the first action, median.').exactOptional(),
        sigma: positiveNumber().describe('Spread of it (log-normal).').exactOptional(),
        rightAction: ratio().describe('Share of pages after which the right action is taken.').exactOptional(),
      },
      { reaction: 'reactionMedianMs', sigma: 'reactionSigma', rightAction: 'rightActionProbability' },
    ).exactOptional(),
    recurrences: z
      .array(renamed({ from: moment(moments), response: z.array(step(moments)) }, { from: 'fromMs' }))
      .describe('Times that the same trouble comes back, each answered anew.')
      .exactOptional(),
  });
