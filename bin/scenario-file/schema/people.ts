/** What every population can say: its host, and how its people write to support. */
import { z } from 'zod';
import { count, duration, positiveDuration, positiveNumber, ratio, renamed, text } from './values.ts';

export const peopleFields = () => ({
  host: text()
    .describe('Name of the host that stands for them; the name of the population when left out.')
    .exactOptional(),
  pool: text().exactOptional(),
  zone: text().describe('Where they are, for latency; wan when left out.').exactOptional(),
});

export const reports = () =>
  renamed(
    {
      after: count(1).describe('Sign-outs or failures after which somebody may write to support.').exactOptional(),
      probability: ratio().describe('Share of such people who do.').exactOptional(),
      delay: positiveDuration().describe('From the last straw to the report, median.').exactOptional(),
      sigma: positiveNumber().describe('Spread of it (log-normal).').exactOptional(),
    },
    { after: 'afterTroubles', delay: 'delayMedianMs', sigma: 'delaySigma' },
  ).describe('How people write to support.');

/** Relative weights of the 24 hours of a day. */
export const weights = () =>
  z
    .array(z.number().min(0))
    .length(24, { error: 'must hold 24 numbers, one for each hour of the day.' })
    .describe('Relative eagerness in each of the 24 hours of a day; office hours when left out.');

export const patience = () => positiveDuration().describe('A request not answered in this time has failed.');
export const effort = () => duration().describe('What a forced sign-in takes of a person, median.');
