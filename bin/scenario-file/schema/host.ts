/** What every group of hosts can say: how many, where they stand, when they start. */
import { z } from 'zod';
import type { Moments } from '../moments.ts';
import { count, duration, moment, text } from './values.ts';

export const hostFields = (moments: Moments) => ({
  count: count(1).describe('How many of them; the name then holds {n} or {nn} for the number.').exactOptional(),
  spare: count(0).describe('Of these, the last ones, which stay down until an event starts them.').exactOptional(),
  pool: text().describe('The group that a router or an action addresses them by.').exactOptional(),
  zone: text().describe('Where it stands, for latency: lan or wan, or zones of your own.').exactOptional(),
  platform: z
    .record(z.string(), z.string({ error: 'must be a text; put numbers in quotes.' }))
    .describe('What the platform tells its processes, for instance of the hardware below.')
    .exactOptional(),
  start: moment(moments).describe('When it starts; with the scenario when left out.').exactOptional(),
  clockAhead: duration().describe('How far its clock is ahead.').exactOptional(),
});

export const capacity = () =>
  z
    .strictObject({
      concurrency: count(1).describe('Requests worked on at the same time.'),
      queueLimit: count(0).describe('Requests that wait for a worker.'),
      overflow: z.enum(['drop', 'refuse']).describe('Beyond that: the connection is silently lost, or refused.'),
    })
    .describe('How much it takes at once.');

/** Names of these fields in the model. */
export const hostNames = { start: 'startAtMs', clockAhead: 'clockErrorMs' } as const;
